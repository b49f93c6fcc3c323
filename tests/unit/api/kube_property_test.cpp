// Drawn objects and drawn patches: PATCH and then GET show what an independent model of the patch says.
#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using Json = nlohmann::json;

constexpr const char* any_web = "/apis/apps/v1/namespaces/shop/deployments/any_web";

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed * 2654435769U + 1) {}
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33) % limit;
  }
  bool coin() { return below(2) == 0; }
  std::string name() { return std::string(1, static_cast<char>('a' + below(5))); }
  std::string value() { return "v" + std::to_string(below(4)); }
  Json texts(std::uint32_t most) {
    Json json = Json::object();
    for (std::uint32_t i = below(most + 1); i > 0; --i) json[name()] = value();
    return json;
  }
  /// Elements told apart by their names, in drawn order.
  Json named(const char* what, std::uint32_t most) {
    Json list = Json::array();
    std::set<std::string> seen;
    for (std::uint32_t i = 1 + below(most); i > 0; --i) {
      const std::string key = name();
      if (seen.insert(key).second) list.push_back({{"name", key}, {what, value()}});
    }
    return list;
  }

 private:
  std::uint64_t state_;
};

Json without_empty(Json json) {
  for (auto at = json.begin(); at != json.end();) at = at->empty() ? json.erase(at) : std::next(at);
  return json;
}

/// What the patches are about: labels, annotations, and the first container's environment.
Json facts_of(const Json& object) {
  return without_empty(
      {{"labels", object["metadata"].value("labels", Json::object())},
       {"annotations", object["metadata"].value("annotations", Json::object())},
       {"env", object["spec"]["template"]["spec"]["containers"][0].value("env", Json::array())}});
}

class KubeProperty : public KubeTest {
 protected:
  void begin(Draw& draw) {
    Json container{{"name", "main"}, {"image", "any_web:1"}, {"env", draw.named("value", 4)}};
    Json object{
        {"apiVersion", "apps/v1"},
        {"kind", "Deployment"},
        {"metadata",
         {{"namespace", "shop"},
          {"name", "any_web"},
          {"labels", draw.texts(4)},
          {"annotations", draw.texts(4)}}},
        {"spec",
         {{"replicas", 2},
          {"selector", {{"matchLabels", {{"app", "any_web"}}}}},
          {"template",
           {{"metadata", {{"labels", {{"app", "any_web"}}}}}, {"spec", {{"containers", {container}}}}}}}}};
    cluster.put(object.dump());
  }
  Json now() { return facts_of(json(get(any_web))); }
  void patch(const Json& body, const char* type, const std::string& query = "") {
    const Answer answer = ask("PATCH", any_web + query, body.dump(), type);
    ASSERT_TRUE(answer.ok()) << body.dump() << "\n" << answer.body;
  }
};

TEST_F(KubeProperty, MergePatch) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Draw draw(seed);
    begin(draw);
    Json wanted = now(), body = Json::object();
    for (const char* field : {"labels", "annotations"}) {
      if (!wanted.contains(field)) wanted[field] = Json::object();
      for (std::uint32_t i = draw.below(4); i > 0; --i) {
        const std::string key = draw.name();
        const Json value = draw.coin() ? Json(draw.value()) : Json();
        body["metadata"][field][key] = value;
        value.is_null() ? static_cast<void>(wanted[field].erase(key))
                        : static_cast<void>(wanted[field][key] = value);
      }
    }
    patch(body, "application/merge-patch+json");
    EXPECT_EQ(now(), without_empty(wanted)) << "seed " << seed << " " << body.dump();
  }
}

TEST_F(KubeProperty, JsonPatch) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Draw draw(seed);
    begin(draw);
    Json wanted = now(), body = Json::array();
    wanted["labels"] = draw.texts(4);
    body.push_back({{"op", "add"}, {"path", "/metadata/labels"}, {"value", wanted["labels"]}});
    const std::string key = "x/" + draw.name();
    if (!wanted.contains("annotations")) wanted["annotations"] = Json::object();
    wanted["annotations"][key] = draw.value();
    body.push_back({{"op", "add"}, {"path", "/metadata/annotations"}, {"value", wanted["annotations"]}});
    body.push_back({{"op", "test"},
                    {"path", "/metadata/annotations/x~1" + key.substr(2)},
                    {"value", wanted["annotations"][key]}});
    const std::size_t at = draw.below(static_cast<std::uint32_t>(wanted["env"].size()));
    body.push_back(
        {{"op", "remove"}, {"path", "/spec/template/spec/containers/0/env/" + std::to_string(at)}});
    wanted["env"].erase(at);
    patch(body, "application/json-patch+json");
    EXPECT_EQ(now(), without_empty(wanted)) << "seed " << seed << " " << body.dump();
  }
}

/// New elements come before the old ones, changed ones stay where the server has them (no order was asked
/// for).
std::map<std::string, std::string> by_name(const Json& list) {
  std::map<std::string, std::string> found;
  for (const Json& element : list) found[element["name"]] = element["value"];
  return found;
}

TEST_F(KubeProperty, StrategicMergePatch) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Draw draw(seed);
    begin(draw);
    std::map<std::string, std::string> wanted = by_name(now()["env"]);
    Json env = draw.named("value", 3);
    for (Json& element : env) {
      const std::string key = element["name"];
      if (draw.below(3) == 0) {
        element = {{"name", key}, {"$patch", "delete"}};
        wanted.erase(key);
      } else {
        wanted[key] = element["value"];
      }
    }
    const Json body{
        {"spec",
         {{"template", {{"spec", {{"containers", Json::array({Json{{"name", "main"}, {"env", env}}})}}}}}}}};
    patch(body, "application/strategic-merge-patch+json");
    EXPECT_EQ(by_name(now().value("env", Json::array())), wanted) << "seed " << seed << " " << body.dump();
    EXPECT_EQ(json(get(any_web))["spec"]["template"]["spec"]["containers"][0]["image"], "any_web:1");
  }
}

// Two managers apply one after the other, forcing: what each applied last is there, what one gave up and the
// other does not want is gone, and what was there before stays.
TEST_F(KubeProperty, Apply) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Draw draw(seed);
    begin(draw);
    const Json before = now();
    std::map<std::string, Json> applied;
    Json wanted = before.value("labels", Json::object());
    const Json base = wanted;
    for (int round = 0; round < 4; ++round) {
      const std::string manager = draw.coin() ? "one" : "two";
      const Json labels = draw.texts(3);
      const Json gave_up = applied.contains(manager) ? applied[manager] : Json::object();
      const Json& other = applied[manager == "one" ? "two" : "one"];
      for (const auto& [key, value] : gave_up.items()) {
        if (!labels.contains(key) && !other.contains(key) && !base.contains(key)) wanted.erase(key);
      }
      for (const auto& [key, value] : labels.items()) wanted[key] = value;
      applied[manager] = labels;
      // A forced change takes the field from the other manager.
      Json& loser = applied[manager == "one" ? "two" : "one"];
      if (loser.is_null()) loser = Json::object();
      for (const auto& [key, value] : labels.items()) {
        if (loser.contains(key) && loser[key] != value) loser.erase(key);
      }
      const Json body{{"apiVersion", "apps/v1"},
                      {"kind", "Deployment"},
                      {"metadata", {{"name", "any_web"}, {"labels", labels}}}};
      patch(body, "application/apply-patch+yaml", "?force=true&fieldManager=" + manager);
      const Json shown = now().value("labels", Json::object());
      for (const auto& [key, value] : labels.items()) EXPECT_EQ(shown[key], value) << "seed " << seed;
      for (const auto& [key, value] : shown.items())
        EXPECT_TRUE(wanted.contains(key)) << "seed " << seed << " " << key;
    }
    EXPECT_EQ(now()["env"], before["env"]);
  }
}

// Without other writers, a configuration that is applied again leaves nothing to do; a changed one leaves
// exactly itself.
TEST_F(KubeProperty, OneApplierGetsWhatItSays) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Draw draw(seed);
    const std::string path =
        "/api/v1/namespaces/shop/configmaps/m" + std::to_string(seed) + "?fieldManager=a";
    for (int round = 0; round < 3; ++round) {
      const Json data = draw.texts(4);
      const Json body{{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"data", data}};
      const Answer answer = ask("PATCH", path, body.dump(), "application/apply-patch+yaml");
      ASSERT_TRUE(answer.ok()) << answer.body;
      EXPECT_EQ(json(answer).value("data", Json::object()), data) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace muster::kube
