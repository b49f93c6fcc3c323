// GET: objects, lists, watches, logs, discovery, and the clues they show.
#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

using KubeRead = KubeTest;

constexpr const char* pods = "/api/v1/namespaces/shop/pods";

std::vector<std::string> names(const nlohmann::json& list) {
  std::vector<std::string> found;
  for (const auto& item : list["items"]) found.push_back(item["metadata"]["name"]);
  return found;
}

TEST_F(KubeRead, AnObject) {
  put_deployment();
  const Answer answer = get("/apis/apps/v1/namespaces/shop/deployments/web");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json(answer)["kind"], "Deployment");
  EXPECT_EQ(json(answer)["spec"]["template"]["spec"]["containers"][0]["image"], "web:2");
  EXPECT_THAT(answer.clues, Contains("deployment/image:web:2"));
  EXPECT_THAT(answer.clues, Not(Contains("deployment/unavailable")));
}

TEST_F(KubeRead, NamespacesAreObjectsToo) {
  EXPECT_EQ(json(get("/api/v1/namespaces/shop"))["kind"], "Namespace");
  EXPECT_EQ(json(get("/api/v1/namespaces"))["kind"], "NamespaceList");
}

TEST_F(KubeRead, ListsAreSelected) {
  put_pod("a", running_pod);
  put_pod("b", pulling_pod, R"({"app":"other"})");
  cluster.put(
      R"({"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"zoo","name":"z"},"spec":{"containers":[]}})");
  const auto list = json(get(pods));
  EXPECT_EQ(list["kind"], "PodList");
  EXPECT_EQ(list["apiVersion"], "v1");
  EXPECT_EQ(list["metadata"]["resourceVersion"], "4");
  EXPECT_THAT(names(list), ElementsAre("a", "b"));
  EXPECT_THAT(names(json(get("/api/v1/pods?limit=500"))), ElementsAre("a", "b", "z"));
  EXPECT_THAT(names(json(get(std::string(pods) + "?labelSelector=app%3Dweb"))), ElementsAre("a"));
  EXPECT_THAT(names(json(get(std::string(pods) + "?fieldSelector=status.phase%3DPending"))),
              ElementsAre("b"));
  EXPECT_THAT(names(json(get("/api/v1/namespaces/empty/pods"))), IsEmpty());
  expect_status(get(std::string(pods) + "?labelSelector=app+in+web"), 400, "BadRequest",
                "unable to parse requirement: found 'web', expected: '('");
  expect_status(get(std::string(pods) + "?fieldSelector=spec.x%3Da"), 400, "BadRequest",
                "field label not supported: spec.x");
}

TEST_F(KubeRead, CluesOfPodsAndEvents) {
  put_pod("a", crashing_pod);
  put_pod("b", pulling_pod);
  EXPECT_THAT(get(pods).clues, ElementsAre("pod/CrashLoopBackOff", "pod/Error", "pod/ImagePullBackOff",
                                           "pod/image:web:2", "pod/image:web:9"));
  cluster.put(
      R"({"apiVersion":"v1","kind":"Event","metadata":{"namespace":"shop","name":"e"},"type":"Warning",
    "reason":"BackOff","involvedObject":{"kind":"Pod","name":"a","namespace":"shop"}})");
  EXPECT_THAT(get("/api/v1/namespaces/shop/events").clues, ElementsAre("event/BackOff"));
}

TEST_F(KubeRead, ConfigurationIsAClueOnlyWhenReadByName) {
  put_config("settings");
  EXPECT_THAT(get("/api/v1/namespaces/shop/configmaps").clues, IsEmpty());
  EXPECT_THAT(get("/api/v1/namespaces/shop/configmaps/settings").clues, ElementsAre("configmap/settings"));
}

TEST_F(KubeRead, RevisionsAreAClueWhenThereAreSeveral) {
  const auto put_set = [&](const std::string& name) {
    cluster.put(R"({"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"namespace":"shop","name":")" +
                name +
                R"(","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"web","uid":"d",
                "controller":true}]},"spec":{"selector":{"matchLabels":{"a":"b"}}}})");
  };
  put_set("web-1");
  EXPECT_THAT(get("/apis/apps/v1/namespaces/shop/replicasets").clues, IsEmpty());
  put_set("web-2");
  EXPECT_THAT(get("/apis/apps/v1/namespaces/shop/replicasets").clues, ElementsAre("rollout/revisions"));
}

TEST_F(KubeRead, EndpointsFollowFromTheSlice) {
  cluster.put(R"({"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"namespace":"shop",
    "name":"web-x1","labels":{"kubernetes.io/service-name":"web"}},"ports":[{"port":8080,"name":"http"}],
    "endpoints":[{"addresses":["10.0.0.1"],"conditions":{"ready":true},"targetRef":{"kind":"Pod","name":"a"}},
                 {"addresses":["10.0.0.2"],"conditions":{"ready":false}},
                 {"addresses":["10.0.0.3"],"conditions":{"ready":false,"terminating":true}}]})");
  const auto endpoints = json(get("/api/v1/namespaces/shop/endpoints/web"));
  EXPECT_EQ(endpoints["kind"], "Endpoints");
  EXPECT_EQ(endpoints["metadata"]["name"], "web");
  ASSERT_EQ(endpoints["subsets"].size(), 1u);
  EXPECT_EQ(endpoints["subsets"][0]["addresses"].size(), 1u);
  EXPECT_EQ(endpoints["subsets"][0]["notReadyAddresses"][0]["ip"], "10.0.0.2");
  EXPECT_EQ(endpoints["subsets"][0]["ports"][0]["port"], 8080);
  EXPECT_THAT(names(json(get("/api/v1/endpoints?fieldSelector=metadata.name%3Dweb"))), ElementsAre("web"));
  EXPECT_EQ(json(get("/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices"))["items"].size(), 1u);
}

TEST_F(KubeRead, StoredKindsAreKeptApart) {
  cluster.put(
      R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"namespace":"shop","name":"a"}})");
  cluster.put(
      R"({"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"namespace":"shop","name":"b"}})");
  EXPECT_THAT(names(json(get("/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies"))),
              ElementsAre("a"));
  EXPECT_THAT(names(json(get("/apis/policy/v1/poddisruptionbudgets"))), ElementsAre("b"));
  EXPECT_EQ(get("/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/a").status, 200);
  expect_status(ask("POST", "/api/v1/namespaces/shop/limitranges", "{}"), 405, "MethodNotAllowed",
                "create is not supported on resources of kind \"limitranges\"");
}

TEST_F(KubeRead, WhatIsNotThere) {
  expect_status(get("/api/v1/namespaces/shop/pods/x"), 404, "NotFound", "pods \"x\" not found");
  expect_status(get("/apis/apps/v1/namespaces/shop/deployments/x"), 404, "NotFound",
                "deployments.apps \"x\" not found");
  const auto details = json(get("/apis/apps/v1/namespaces/shop/deployments/x"))["details"];
  EXPECT_EQ(details, (nlohmann::json{{"name", "x"}, {"group", "apps"}, {"kind", "deployments"}}));
  for (const char* path :
       {"/api/v1/widgets", "/apis/x/v1/namespaces/shop/y", "/apis/apps/v2/deployments", "/api/v1/pods/x",
        "/api/v1/namespaces/shop/nodes", "/api/v1/namespaces/shop/pods/x/y/z",
        "/api/v1/namespaces/shop/pods/x/colour", "/openapi/v1", "/apis/apps/v1/x"}) {
    expect_status(get(path), 404, "NotFound", "the server could not find the requested resource");
  }
  expect_status(get("/api/v1/namespaces/shop/pods/x/exec"), 400, "BadRequest", "Upgrade request required");
  expect_status(get("/api/v1/namespaces/shop/pods/x/attach"), 400, "BadRequest", "Upgrade request required");
  expect_status(get("/api/v1/namespaces/shop/pods/x/portforward"), 400, "BadRequest",
                "Upgrade request required");
  expect_status(get("/api/v1/namespaces/shop/pods/x/proxy"), 501, "NotImplemented",
                "pods/proxy is not simulated");
}

// ---- watch

std::vector<std::string> events(Stream& stream) {
  std::vector<std::string> found;
  for (const std::string& line : stream.take()) {
    const auto event = nlohmann::json::parse(line);
    found.push_back(event["type"].get<std::string>() + " " + event["object"]["metadata"].value("name", "?"));
  }
  return found;
}

TEST_F(KubeRead, AWatchIsAListAndWhatHappensSince) {
  put_config("a");
  put_config("b");
  const Answer answer = get("/api/v1/namespaces/shop/configmaps?watch=1");
  ASSERT_NE(answer.stream, nullptr);
  EXPECT_TRUE(answer.stream->ready());
  EXPECT_THAT(events(*answer.stream), ElementsAre("ADDED a", "ADDED b"));
  EXPECT_FALSE(answer.stream->ready());
  put_config("c");
  put_config("a");
  put_pod("other", running_pod);
  ASSERT_TRUE(cluster.store_.remove({Kind::ConfigMap, "shop", "b"}).has_value());
  EXPECT_TRUE(answer.stream->ready());
  EXPECT_THAT(events(*answer.stream), ElementsAre("ADDED c", "MODIFIED a", "DELETED b"));
  EXPECT_THAT(events(*answer.stream), IsEmpty());
  EXPECT_FALSE(answer.stream->ended());
}

TEST_F(KubeRead, AWatchBeginsAfterTheListsVersion) {
  put_config("a");
  const std::string version = json(get("/api/v1/namespaces/shop/configmaps"))["metadata"]["resourceVersion"];
  put_config("b");
  const Answer answer = get("/api/v1/namespaces/shop/configmaps?watch=true&resourceVersion=" + version);
  EXPECT_THAT(events(*answer.stream), ElementsAre("ADDED b"));
}

TEST_F(KubeRead, AWatchHonoursItsSelector) {
  put_config("a", R"({"app":"web"})");
  const Answer answer = get("/api/v1/namespaces/shop/configmaps?watch=1&labelSelector=app%3Dweb");
  EXPECT_THAT(events(*answer.stream), ElementsAre("ADDED a"));
  put_config("a", R"({})");
  put_config("b", R"({"app":"web"})");
  put_config("a", R"({"app":"web"})");
  EXPECT_THAT(events(*answer.stream), ElementsAre("DELETED a", "ADDED b", "ADDED a"));
}

TEST_F(KubeRead, AWatchFromTooLongAgoEndsWith410) {
  put_config("a");
  for (std::size_t i = 0; i <= ObjectStore::history_max; ++i) {
    Object object = *cluster.store_.find(Kind::ConfigMap, "shop", "a");
    ASSERT_TRUE(cluster.store_.update(std::move(object), false).has_value());
  }
  const Answer answer = get("/api/v1/namespaces/shop/configmaps?watch=1&resourceVersion=1");
  const auto lines = answer.stream->take();
  ASSERT_EQ(lines.size(), 1u);
  const auto event = nlohmann::json::parse(lines[0]);
  EXPECT_EQ(event["type"], "ERROR");
  EXPECT_EQ(event["object"]["code"], 410);
  EXPECT_EQ(event["object"]["reason"], "Expired");
  EXPECT_TRUE(answer.stream->ended());
  EXPECT_FALSE(answer.stream->ready());
}

TEST_F(KubeRead, AWatchNeedsAVersionThatIsANumber) {
  expect_status(get("/api/v1/pods?watch=1&resourceVersion=abc"), 400, "BadRequest",
                "invalid resource version \"abc\"");
}

// ---- discovery

TEST_F(KubeRead, Discovery) {
  EXPECT_EQ(json(get("/version"))["minor"], "32");
  EXPECT_EQ(json(get("/api?timeout=32s"))["versions"][0], "v1");
  EXPECT_EQ(json(get("/apis"))["groups"][0]["name"], "apps");
  EXPECT_EQ(json(get("/apis/apps"))["kind"], "APIGroup");
  const auto core = json(get("/api/v1"));
  EXPECT_EQ(core["groupVersion"], "v1");
  const auto apps = json(get("/apis/apps/v1"))["resources"];
  EXPECT_EQ(apps[3]["name"], "deployments");
  EXPECT_EQ(apps[3]["shortNames"][0], "deploy");
  EXPECT_EQ(apps[4]["name"], "deployments/scale");
  EXPECT_EQ(apps[4]["kind"], "Scale");
  EXPECT_EQ(get("/readyz").body, "ok");
  EXPECT_EQ(get("/apis/nothing").status, 404);
  EXPECT_EQ(ask("POST", "/version").status, 405);
}

}  // namespace
}  // namespace muster::kube
