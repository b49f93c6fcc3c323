// The watch checker: a list, brought up to date by the events of a watch, is the later list. Over drills in
// which somebody writes at random, for every resource that can be watched.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "drill/live_drill.hpp"

namespace muster {
namespace {

using Json = nlohmann::json;
using Objects = std::map<std::string, Json>;

constexpr Epoch watch_epoch{1'700'000'000};
constexpr const char* space = "/api/v1/namespaces/autonomous-dev-prod/";
constexpr const char* apps = "/apis/apps/v1/namespaces/autonomous-dev-prod/";

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed * 2654435769U + 1) {}
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_;
};

std::string key_of(const Json& object) {
  return object["metadata"].value("namespace", "") + "/" + object["metadata"]["name"].get<std::string>();
}

/// Heartbeats move all the time and make no version.
Json without_heartbeats(Json object) {
  if (object["kind"] == "Lease") object["spec"].erase("renewTime");
  if (object["kind"] != "Node" || !object["status"].contains("conditions")) return object;
  for (Json& condition : object["status"]["conditions"]) condition.erase("lastHeartbeatTime");
  return object;
}

class Checker {
 public:
  Checker(LiveDrill& drill, std::string path) : drill_(drill), path_(std::move(path)) {
    const Json listed = list();
    for (const Json& item : listed["items"]) objects_[key_of(item)] = without_heartbeats(item);
    const std::string version = listed["metadata"]["resourceVersion"];
    stream_ =
        drill_
            .submit({"r", "GET", with("watch=1&allowWatchBookmarks=true&resourceVersion=" + version), "", ""})
            .stream;
  }

  /// How many events there were.
  int follow() {
    int count = 0;
    for (const std::string& line : stream_->take()) {
      const Json event = Json::parse(line);
      const std::string type = event["type"];
      if (type == "BOOKMARK") continue;
      EXPECT_NE(type, "ERROR") << line;
      ++count;
      const std::string key = key_of(event["object"]);
      EXPECT_EQ(objects_.contains(key), type != "ADDED") << path_ << " " << type << " " << key;
      if (type == "DELETED") {
        objects_.erase(key);
      } else {
        objects_[key] = without_heartbeats(event["object"]);
      }
    }
    return count;
  }

  void compare() {
    Objects now;
    const Json listed = list();
    for (const Json& item : listed["items"]) now[key_of(item)] = without_heartbeats(item);
    EXPECT_EQ(Json(objects_), Json(now)) << path_;
  }

 private:
  std::string with(const std::string& query) const {
    return path_ + (path_.find('?') == std::string::npos ? "?" : "&") + query;
  }
  Json list() { return Json::parse(drill_.submit({"r", "GET", path_, "", ""}).body); }

  LiveDrill& drill_;
  std::string path_;
  Objects objects_;
  std::shared_ptr<Stream> stream_;
};

std::string some_pod(LiveDrill& drill, Draw& draw) {
  const Json pods =
      Json::parse(drill.submit({"r", "GET", std::string(space) + "pods", "", ""}).body)["items"];
  return pods.empty() ? "none" : pods[draw.below(pods.size())]["metadata"]["name"].get<std::string>();
}

void write_something(LiveDrill& drill, Draw& draw, int round) {
  const auto ask = [&](const char* verb, const std::string& path, const char* type, const std::string& body) {
    (void)drill.submit({"r", verb, path, type, body});
  };
  constexpr const char* merge = "application/merge-patch+json";
  const std::string number = std::to_string(round), name = "m" + std::to_string(draw.below(4));
  const std::string deployment = std::string(apps) + "deployments/autonomous-dev";
  switch (draw.below(9)) {
    case 0:
      return ask("DELETE", space + ("pods/" + some_pod(drill, draw)), "",
                 draw.below(2) == 0 ? R"({"gracePeriodSeconds":0})" : "");
    case 1:
      return ask("PATCH", space + ("pods/" + some_pod(drill, draw)), merge,
                 R"({"metadata":{"labels":{"app":null}}})");
    case 2:
      return ask("PATCH", space + ("pods/" + some_pod(drill, draw)), merge,
                 R"({"metadata":{"labels":{"app":"autonomous-dev"}}})");
    case 3:
      return ask("PATCH", deployment + "/scale", merge,
                 R"({"spec":{"replicas":)" + std::to_string(draw.below(6)) + "}}");
    case 4:
      return ask("PATCH", deployment, merge,
                 R"({"spec":{"template":{"metadata":{"annotations":{"at":")" + number + R"("}}}}})");
    case 5:
      return ask("POST", std::string(space) + "configmaps", "",
                 R"({"metadata":{"name":")" + name + R"("},"data":{"A":")" + number + "\"}}");
    case 6:
      return ask("DELETE", space + ("configmaps/" + name), "", "");
    case 7:
      return ask("PATCH", space + ("configmaps/" + name + "?fieldManager=x&force=true"),
                 "application/apply-patch+yaml",
                 R"({"apiVersion":"v1","kind":"ConfigMap","data":{"B":")" + number + "\"}}");
    default:
      return ask(
          "PATCH", "/api/v1/nodes/node-" + std::to_string(1 + draw.below(3)), merge,
          draw.below(2) == 0 ? R"({"spec":{"unschedulable":true}})" : R"({"spec":{"unschedulable":null}})");
  }
}

/// Every resource that can be watched, and some selections.
std::vector<std::string> watched(LiveDrill& drill) {
  std::vector<std::string> paths{"/api/v1/pods?labelSelector=app%3Dautonomous-dev",
                                 "/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1",
                                 "/api/v1/pods?fieldSelector=status.phase%21%3DRunning"};
  std::vector<std::string> roots{"/api/v1"};
  const Json groups = Json::parse(drill.submit({"r", "GET", "/apis", "", ""}).body)["groups"];
  for (const Json& group : groups) {
    for (const Json& version : group["versions"])
      roots.push_back("/apis/" + version["groupVersion"].get<std::string>());
  }
  for (const std::string& root : roots) {
    const Json resources = Json::parse(drill.submit({"r", "GET", root, "", ""}).body)["resources"];
    for (const Json& resource : resources) {
      const Json& verbs = resource["verbs"];
      if (std::find(verbs.begin(), verbs.end(), "watch") != verbs.end())
        paths.push_back(root + "/" + resource["name"].get<std::string>());
    }
  }
  return paths;
}

void check(const std::string& scenario, std::uint64_t seed) {
  const auto library = std::filesystem::path(MUSTER_SOURCE_DIR) / "scenarios" / "library";
  auto drill = LiveDrill::load({(library / scenario).string(), seed, {}}, watch_epoch);
  ASSERT_TRUE(drill) << drill.error().text();
  LiveDrill& live = **drill;
  live.advance_to(sim_start + 30s);
  Draw draw(seed);
  std::vector<std::unique_ptr<Checker>> checkers;
  for (const std::string& path : watched(live)) checkers.push_back(std::make_unique<Checker>(live, path));
  ASSERT_GT(checkers.size(), 25u);
  int events = 0;
  for (int round = 0; round < 150; ++round) {
    write_something(live, draw, round);
    live.advance_to(live.now() + std::chrono::milliseconds{200 + 50 * draw.below(60)});
    if (draw.below(3) == 0) {
      for (auto& checker : checkers) events += checker->follow();
    }
  }
  for (auto& checker : checkers) {
    events += checker->follow();
    checker->compare();
  }
  EXPECT_GT(events, 500);
}

TEST(WatchChecker, ListAndEventsAreTheLaterList) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(seed);
    check("bad-deploy.yaml", seed);
  }
  check("node-loss.yaml", 4);
}

}  // namespace
}  // namespace muster
