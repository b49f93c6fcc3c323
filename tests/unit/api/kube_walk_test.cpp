// Every verb on every resource and subresource of the discovery documents: implemented, or refused with the
// Status that the real server gives.
#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using Json = nlohmann::json;

struct Try {
  const char* action;  ///< as discovery names it
  const char* verb;    ///< of HTTP
  bool named;
  const char* query;
};

constexpr Try tries[] = {
    {"get", "GET", true, ""},
    {"list", "GET", false, ""},
    {"watch", "GET", false, "?watch=true"},
    {"create", "POST", false, ""},
    {"update", "PUT", true, ""},
    {"patch", "PATCH", true, ""},
    {"delete", "DELETE", true, ""},
    {"deletecollection", "DELETE", false, ""},
};

class KubeWalk : public KubeTest {
 protected:
  /// [group version, the APIResourceList's entry] of everything.
  std::vector<std::pair<std::string, Json>> everything() {
    std::vector<std::pair<std::string, Json>> found;
    std::vector<std::string> roots{"/api/v1"};
    const Json groups = json(get("/apis"))["groups"];
    for (const Json& group : groups) {
      for (const Json& version : group["versions"])
        roots.push_back("/apis/" + version["groupVersion"].get<std::string>());
    }
    for (const std::string& root : roots) {
      const Json resources = json(get(root))["resources"];
      for (const Json& resource : resources) found.emplace_back(root, resource);
    }
    return found;
  }

  static std::string path_of(const std::string& root, const Json& resource, bool named) {
    const std::string name = resource["name"];
    const std::size_t slash = name.find('/');
    std::string path =
        root + (resource["namespaced"] == true ? "/namespaces/shop/" : "/") + name.substr(0, slash);
    if (named || slash != std::string::npos) path += "/thing";
    return slash == std::string::npos ? path : path + name.substr(slash);
  }

  Answer attempt(const Try& one, const std::string& path) {
    const char* type =
        std::string_view(one.verb) == "PATCH" ? "application/merge-patch+json" : "application/json";
    return ask(one.verb, path + one.query, std::string_view(one.verb) == "GET" ? "" : "{}", type);
  }
};

bool has(const Json& verbs, const char* verb) {
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

TEST_F(KubeWalk, EveryVerbOfEveryResource) {
  int implemented = 0, refused = 0;
  for (const auto& [root, resource] : everything()) {
    const std::string name = resource["name"];
    const bool subresource = name.find('/') != std::string::npos;
    for (const Try& one : tries) {
      const std::string_view action = one.action;
      if (subresource && (action == "list" || action == "watch" || action == "deletecollection")) continue;
      SCOPED_TRACE(root + " " + name + " " + one.action);
      const Answer answer = attempt(one, path_of(root, resource, one.named));
      if (has(resource["verbs"], one.action)) {
        ++implemented;
        EXPECT_NE(answer.status, 405) << answer.body;
        EXPECT_NE(answer.status, 501) << answer.body;
        EXPECT_LT(answer.status, 500) << answer.body;
        if (answer.status == 404) {
          EXPECT_THAT(answer.body, testing::HasSubstr("thing\\\" not found"));
        }
      } else {
        ++refused;
        EXPECT_EQ(answer.status, 405) << answer.body;
        EXPECT_EQ(json(answer)["reason"], "MethodNotAllowed") << answer.body;
      }
    }
  }
  EXPECT_GT(implemented, 200);
  EXPECT_GT(refused, 50);
}

TEST_F(KubeWalk, AggregatedAndLegacyDocumentsAgree) {
  constexpr const char* wanted =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
  std::multiset<std::string> aggregated, legacy;
  for (const char* root : {"/api", "/apis"}) {
    const Answer answer = api.handle({"alice", "GET", root, "", "", wanted});
    EXPECT_EQ(answer.content_type, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    const Json items = json(answer)["items"];
    for (const Json& group : items) {
      for (const Json& version : group["versions"]) {
        for (const Json& resource : version["resources"]) {
          const std::string place = group["metadata"].value("name", "") + "/" +
                                    version["version"].get<std::string>() + "/" +
                                    resource["resource"].get<std::string>();
          aggregated.insert(place + resource["verbs"].dump());
          const Json below = resource.value("subresources", Json::array());
          for (const Json& sub : below)
            aggregated.insert(place + "/" + sub["subresource"].get<std::string>() + sub["verbs"].dump());
        }
      }
    }
  }
  for (const auto& [root, resource] : everything()) {
    const std::string place = root == "/api/v1" ? "/v1" : root.substr(6);
    legacy.insert(place + "/" + resource["name"].get<std::string>() + resource["verbs"].dump());
  }
  EXPECT_EQ(aggregated, legacy);
}

TEST_F(KubeWalk, EveryKindThatIsPatchedHasItsOpenApiOperationAndSchema) {
  const Json index = json(get("/openapi/v3"));
  for (const auto& [root, resource] : everything()) {
    if (resource["name"].get<std::string>().find('/') != std::string::npos) continue;
    ASSERT_TRUE(index["paths"].contains(root.substr(1))) << root;
    const std::string url = index["paths"][root.substr(1)]["serverRelativeURL"];
    const Json document = json(get(url));
    int operations = 0;
    for (const Json& path : document["paths"]) {
      for (const Json& operation : path)
        operations += operation["x-kubernetes-group-version-kind"]["kind"] == resource["kind"];
    }
    if (has(resource["verbs"], "patch")) {
      EXPECT_GE(operations, 2) << resource["name"];
    }
    for (const auto& [name, schema] : document["components"]["schemas"].items()) {
      for (const auto& [field, property] : schema["properties"].items()) {
        const Json& element = property.contains("items") ? property["items"] : property;
        if (!element.contains("$ref")) continue;
        const std::string target = element["$ref"].get<std::string>().substr(21);
        EXPECT_TRUE(document["components"]["schemas"].contains(target)) << name << "." << field;
      }
    }
  }
  EXPECT_EQ(get("/openapi/v2").status, 406);
  EXPECT_EQ(get("/openapi/v3/apis/nothing/v1").status, 404);
}

}  // namespace
}  // namespace muster::kube
