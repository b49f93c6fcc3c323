// POST, PUT, PATCH, DELETE, scale and eviction, and the Status of what is refused.
#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using KubeWrite = KubeTest;

constexpr const char* maps = "/api/v1/namespaces/shop/configmaps";
constexpr const char* web = "/apis/apps/v1/namespaces/shop/deployments/web";
constexpr const char* merge = "application/merge-patch+json";
constexpr const char* strategic = "application/strategic-merge-patch+json";
constexpr const char* operations = "application/json-patch+json";

TEST_F(KubeWrite, Create) {
  const Answer answer =
      ask("POST", std::string(maps) + "?fieldManager=kubectl-create",
          R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"A":"1"}})");
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(json(answer)["metadata"]["namespace"], "shop");
  EXPECT_EQ(json(answer)["metadata"]["uid"], "uid-2");
  EXPECT_EQ(cluster.writers, std::vector<std::string>{"alice"});
  expect_status(ask("POST", maps, R"({"metadata":{"name":"c"}})"), 409, "AlreadyExists",
                "configmaps \"c\" already exists");
}

TEST_F(KubeWrite, GeneratedNamesAreTheSameInAReplay) {
  const Answer answer = ask("POST", maps, R"({"metadata":{"generateName":"c-"}})");
  const std::string name = json(answer)["metadata"]["name"];
  EXPECT_EQ(name.size(), 7u);
  FakeCluster other;
  other.put(R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}})");
  KubeApi again(other);
  EXPECT_EQ(json(again.handle(
                {"bob", "POST", maps, "", R"({"metadata":{"generateName":"c-"}})"}))["metadata"]["name"],
            name);
}

struct Refused {
  const char *verb, *path, *body;
  int code;
  const char *reason, *message;
};

constexpr Refused refused[] = {
    {"POST", "/api/v1/namespaces/none/configmaps", R"({"metadata":{"name":"c"}})", 404, "NotFound",
     "namespaces \"none\" not found"},
    {"POST", maps, R"({"metadata":{}})", 422, "Invalid",
     "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required"},
    {"POST", maps, R"({"metadata":{"name":"c","namespace":"zoo"}})", 400, "BadRequest",
     "the namespace of the provided object (zoo) does not match the namespace of the request (shop) for "
     "configmaps"},
    {"POST", maps, R"({"kind":"Pod","metadata":{"name":"c"}})", 400, "BadRequest",
     "the kind of the provided object (Pod) does not match the kind of the request (ConfigMap) for "
     "configmaps"},
    {"POST", maps, R"({"metadata":{"name":"c"},"data":{"PORT":8080}})", 400, "BadRequest",
     "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go "
     "struct field "
     "ConfigMap.data.PORT of type string"},
    {"POST", "/api/v1/namespaces/shop/secrets", R"({"metadata":{"name":"s"},"data":{"url":"postgres://x"}})",
     400, "BadRequest",
     "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 8"},
    {"POST", "/apis/apps/v1/namespaces/shop/deployments",
     R"({"metadata":{"name":"d"},"spec":{"strategy":{"type":"Rolling"}}})", 422, "Invalid",
     "Deployment.apps \"d\" is invalid: spec.strategy.type: Unsupported value: \"Rolling\": supported "
     "values: "
     "\"Recreate\", \"RollingUpdate\""},
    {"POST", "/api/v1/namespaces/shop/pods",
     R"({"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","resources":{"limits":{"memory":"16Gx"}}}]}})",
     400, "BadRequest",
     "Pod in version \"v1\" cannot be handled as a Pod: quantities must match the regular expression "
     "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"},
    {"POST", maps, "[]", 400, "BadRequest", "the body is no object"},
    {"POST", "/api/v1/configmaps", "{}", 405, "MethodNotAllowed",
     "create is not supported on resources of kind \"configmaps\""},
    {"DELETE", "/api/v1/namespaces", "", 405, "MethodNotAllowed",
     "deletecollection is not supported on resources of kind \"namespaces\""},
    {"POST", "/api/v1/namespaces/shop/configmaps/c", "{}", 405, "MethodNotAllowed",
     "the server does not allow this method on the requested resource"},
    {"POST", "/api/v1/namespaces/shop/events", "{}", 405, "MethodNotAllowed",
     "create is not supported on resources of kind \"events\""},
    {"PUT", "/api/v1/namespaces/shop/configmaps/x", "{}", 404, "NotFound", "configmaps \"x\" not found"},
    {"DELETE", "/api/v1/namespaces/shop/pods/x", "", 404, "NotFound", "pods \"x\" not found"},
    {"POST", "/api/v1/namespaces/shop/configmaps?dryRun=All", "{}", 501, "NotImplemented",
     "dryRun is not simulated"},
};

TEST_F(KubeWrite, RefusalsInTheServersWords) {
  for (const Refused& c : refused) {
    SCOPED_TRACE(std::string(c.verb) + " " + c.path + " " + c.body);
    expect_status(ask(c.verb, c.path, c.body), c.code, c.reason, c.message);
  }
  EXPECT_EQ(cluster.store_.list(Kind::ConfigMap).size(), 0u);
}

TEST_F(KubeWrite, OtherBodiesThanJsonAreRefused) {
  EXPECT_EQ(ask("POST", maps, "k8s", "application/vnd.kubernetes.protobuf").status, 400);
  EXPECT_EQ(ask("POST", maps, "a: b", "application/yaml").status, 415);
  EXPECT_EQ(ask("POST", maps, "{", "application/json").status, 400);
  EXPECT_EQ(ask("POST", maps, std::string(80, '[')).status, 400);
  EXPECT_EQ(ask("POST", maps, "\"" + std::string(3'000'001, 'x') + "\"").status, 413);
}

TEST_F(KubeWrite, PutReplacesUnlessItIsStale) {
  put_config("c");
  const auto read = json(get(std::string(maps) + "/c"));
  auto changed = read;
  changed["data"] = {{"B", "2"}};
  const Answer answer = ask("PUT", std::string(maps) + "/c", changed.dump());
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json(answer)["data"], (nlohmann::json{{"B", "2"}}));
  EXPECT_EQ(json(answer)["metadata"]["uid"], read["metadata"]["uid"]);
  expect_status(
      ask("PUT", std::string(maps) + "/c", changed.dump()), 409, "Conflict",
      "Operation cannot be fulfilled on configmaps \"c\": the object has been modified; please apply your "
      "changes to the latest version and try again");
  changed["metadata"].erase("resourceVersion");
  EXPECT_EQ(ask("PUT", std::string(maps) + "/c", changed.dump()).status, 200);
  changed["metadata"]["uid"] = "other";
  EXPECT_EQ(ask("PUT", std::string(maps) + "/c", changed.dump()).status, 409);
  changed["metadata"] = {{"name", "d"}};
  expect_status(
      ask("PUT", std::string(maps) + "/c", changed.dump()), 400, "BadRequest",
      "the name of the provided object (d) does not match the name of the request (c) for configmaps");
}

TEST_F(KubeWrite, UsersDoNotWriteStatus) {
  put_deployment();
  auto changed = json(get(web));
  changed["status"] = {{"availableReplicas", 99}, {"madeUp", 1}};
  EXPECT_EQ(ask("PUT", web, changed.dump()).status, 200);
  EXPECT_EQ(json(get(web))["status"], (nlohmann::json{{"availableReplicas", 3}, {"replicas", 3}}));
}

TEST_F(KubeWrite, TheCommandsOfKubectlArePatches) {
  put_deployment();
  put_config("c");
  // set image
  EXPECT_EQ(
      ask("PATCH", std::string(web) + "?fieldManager=kubectl-set",
          R"({"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"web"},{"name":"side"}],
                    "containers":[{"image":"web:3","name":"web"}]}}}})",
          strategic)
          .status,
      200);
  // rollout restart
  EXPECT_EQ(ask("PATCH", web,
                R"({"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":
              "2025-11-01T14:30:00Z"}}}}})",
                strategic)
                .status,
            200);
  const auto deployment = json(get(web));
  EXPECT_EQ(deployment["spec"]["template"]["spec"]["containers"][0]["image"], "web:3");
  EXPECT_EQ(deployment["spec"]["template"]["spec"]["containers"][1]["image"], "side:1");
  EXPECT_EQ(deployment["spec"]["template"]["metadata"]["annotations"].size(), 1u);
  // label x-
  EXPECT_EQ(ask("PATCH", std::string(maps) + "/c", R"({"metadata":{"labels":{"app":null,"new":"1"}}})", merge)
                .status,
            200);
  EXPECT_EQ(json(get(std::string(maps) + "/c"))["metadata"]["labels"], (nlohmann::json{{"new", "1"}}));
}

TEST_F(KubeWrite, RolloutUndoReplacesTheTemplate) {
  put_deployment();
  const std::string undo =
      R"([{"op":"replace","path":"/spec/template","value":{"metadata":{"creationTimestamp":null,"labels":{"app":"web"}},
         "spec":{"containers":[{"name":"web","image":"web:1","resources":{}}]}}},
         {"op":"replace","path":"/metadata/annotations","value":{"deployment.kubernetes.io/revision":"2"}}])";
  const Answer answer = ask("PATCH", web, undo, operations);
  EXPECT_EQ(answer.status, 200) << answer.body;
  const auto pod = json(get(web))["spec"]["template"];
  EXPECT_EQ(pod["spec"]["containers"].size(), 1u);
  EXPECT_EQ(pod["spec"]["containers"][0]["image"], "web:1");
  EXPECT_FALSE(pod["metadata"].contains("creationTimestamp"));
}

TEST_F(KubeWrite, PatchPreconditions) {
  put_config("c");
  const std::string path = std::string(maps) + "/c";
  const std::string version = json(get(path))["metadata"]["resourceVersion"];
  const auto test = [](const std::string& v) {
    return R"([{"op":"test","path":"/metadata/resourceVersion","value":")" + v +
           R"("},{"op":"replace","path":"/data/A","value":"2"}])";
  };
  const Answer wrong = ask("PATCH", path, test("1"), operations);
  expect_status(wrong, 422, "Invalid", "the server rejected our request due to an error in our request");
  EXPECT_FALSE(json(wrong).contains("details")) << "the real server does not say which operation failed";
  EXPECT_EQ(ask("PATCH", path, test(version), operations).status, 200);
  EXPECT_EQ(ask("PATCH", path, R"({"metadata":{"resourceVersion":")" + version + R"("}})", merge).status,
            409);
  EXPECT_EQ(ask("PATCH", path, R"({"data":{"A":"3"}})", "application/json").status, 415);
  EXPECT_EQ(ask("PATCH", path, R"({"metadata":{"name":"d"}})", merge).status, 400);
  EXPECT_EQ(ask("PATCH", path, "[]", merge).status, 400);
  EXPECT_EQ(ask("PATCH", path, R"({"data":{"A":5}})", merge).status, 400);
}

TEST_F(KubeWrite, AStrategyMayBeChangedWithRetainKeys) {
  put_deployment();
  expect_status(
      ask("PATCH", web, R"({"spec":{"strategy":{"type":"Recreate"}}})", strategic), 422, "Invalid",
      "Deployment.apps \"web\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when "
      "strategy `type` is 'Recreate'");
  EXPECT_EQ(
      ask("PATCH", web, R"({"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}})", strategic)
          .status,
      200);
  EXPECT_EQ(json(get(web))["spec"]["strategy"], (nlohmann::json{{"type", "Recreate"}}));
}

TEST_F(KubeWrite, Scale) {
  put_deployment();
  const std::string path = std::string(web) + "/scale";
  auto scale = json(get(path));
  EXPECT_EQ(scale["kind"], "Scale");
  EXPECT_EQ(scale["spec"]["replicas"], 3);
  EXPECT_EQ(scale["status"], (nlohmann::json{{"replicas", 3}, {"selector", "app=web"}}));
  EXPECT_EQ(json(ask("PATCH", path, R"({"spec":{"replicas":5}})", merge))["spec"]["replicas"], 5);
  EXPECT_EQ(json(get(web))["spec"]["replicas"], 5);
  scale["spec"]["replicas"] = 1;
  EXPECT_EQ(ask("PUT", path, scale.dump(), "").status, 409);
  scale["metadata"].erase("resourceVersion");
  EXPECT_EQ(ask("PUT", path, scale.dump(), "").status, 200);
  EXPECT_EQ(json(get(web))["spec"]["replicas"], 1);
  expect_status(
      ask("PATCH", path, R"({"spec":{"replicas":-1}})", merge), 422, "Invalid",
      "Scale.autoscaling \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal "
      "to 0");
  expect_status(
      ask("PATCH", web, R"({"spec":{"replicas":-1}})", merge), 422, "Invalid",
      "Deployment.apps \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal "
      "to 0");
  expect_status(get("/apis/apps/v1/namespaces/shop/deployments/x/scale"), 404, "NotFound",
                "deployments.apps \"x\" not found");
}

TEST_F(KubeWrite, Delete) {
  put_config("c");
  const Answer answer = ask("DELETE", std::string(maps) + "/c", R"({"propagationPolicy":"Background"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json(answer)["status"], "Success");
  EXPECT_EQ(json(answer)["details"]["kind"], "configmaps");
  EXPECT_FALSE(cluster.last_grace.has_value());
  put_pod("a", running_pod);
  EXPECT_EQ(json(ask("DELETE", "/api/v1/namespaces/shop/pods/a", R"({"gracePeriodSeconds":0})"))["kind"],
            "Pod");
  EXPECT_EQ(cluster.last_grace, SimDuration{0s});
  put_pod("a", running_pod);
  EXPECT_EQ(ask("DELETE", "/api/v1/namespaces/shop/pods/a?gracePeriodSeconds=7").status, 200);
  EXPECT_EQ(cluster.last_grace, SimDuration{7s});
}

TEST_F(KubeWrite, DeleteWhatSelectorsPick) {
  for (const char* name : {"a", "b", "c"})
    cluster.put(std::string(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":")") + name +
                R"(","namespace":"shop","labels":{"keep":")" + (*name == 'b' ? "yes" : "no") +
                R"("}},"spec":{"containers":[{"name":"x","image":"y"}]}})");
  const std::string pods = "/api/v1/namespaces/shop/pods";
  EXPECT_EQ(ask("DELETE", pods + "?labelSelector=keep%20in%20(").status, 400);
  const Answer answer = ask("DELETE", pods + "?labelSelector=keep%3Dno&gracePeriodSeconds=0");
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json(answer)["items"].size(), 2u);
  EXPECT_EQ(json(ask("GET", pods))["items"].size(), 1u);
}

TEST_F(KubeWrite, DeletePreconditions) {
  put_pod("a", running_pod);
  const char* pod = "/api/v1/namespaces/shop/pods/a";
  expect_status(
      ask("DELETE", pod, R"({"preconditions":{"uid":"other"}})"), 409, "Conflict",
      "Operation cannot be fulfilled on pods \"a\": Precondition failed: UID in precondition: other, UID in "
      "object meta: u-a");
  EXPECT_EQ(ask("DELETE", pod, R"({"preconditions":{"resourceVersion":"1"}})").status, 409);
  EXPECT_EQ(ask("DELETE", pod, R"({"gracePeriodSeconds":"soon"})").status, 400);
  EXPECT_EQ(ask("DELETE", pod, R"({"gracePeriodSeconds":-5})").status, 400);
  EXPECT_EQ(ask("DELETE", pod, R"({"propagationPolicy":"Never"})").status, 400);
  EXPECT_EQ(ask("DELETE", pod, R"({"dryRun":["All"]})").status, 501);
  EXPECT_NE(cluster.store_.find(Kind::Pod, "shop", "a"), nullptr);
}

TEST_F(KubeWrite, Eviction) {
  put_pod("a", running_pod);
  const char* path = "/api/v1/namespaces/shop/pods/a/eviction";
  EXPECT_EQ(ask("POST", path, R"({"metadata":{"name":"b"}})").status, 400);
  const Answer answer =
      ask("POST", path, R"({"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"a"},
      "deleteOptions":{"gracePeriodSeconds":3}})");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(json(answer)["status"], "Success");
  EXPECT_EQ(cluster.last_grace, SimDuration{3s});
  EXPECT_EQ(ask("POST", path, "{}").status, 404);

  put_pod("a", running_pod);
  cluster.refusal =
      Eviction{nullptr, 429, "Cannot evict pod as it would violate the pod's disruption budget.",
               "The disruption budget web needs 2 healthy pods and has 2 currently", 0};
  const Answer denied = ask("POST", path, "{}");
  EXPECT_EQ(denied.status, 429);
  EXPECT_EQ(json(denied)["reason"], "TooManyRequests");
  EXPECT_EQ(json(denied)["details"]["causes"][0]["message"], cluster.refusal->cause);
}

// Reads of every kind, and writes that are refused, leave no trace.
TEST_F(KubeWrite, ReadsAndRefusalsChangeNothing) {
  put_deployment();
  put_pod("a", crashing_pod);
  const std::uint64_t version = cluster.store_.resource_version();
  for (const char* path : {"/api/v1/pods", "/api/v1/pods?watch=1", "/api/v1/namespaces/shop/pods/a",
                           "/api/v1/namespaces/shop/pods/a/log", "/apis/apps/v1/deployments", "/version"}) {
    EXPECT_EQ(get(path).status, 200) << path;
  }
  for (const Refused& c : refused) ask(c.verb, c.path, c.body);
  EXPECT_EQ(cluster.store_.resource_version(), version);
}

}  // namespace
}  // namespace muster::kube
