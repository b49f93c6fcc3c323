// What the codec puts into the typed fields.
#include <gtest/gtest.h>

#include "api/kube/codec.hpp"

namespace muster::kube {
namespace {

constexpr Epoch typed_epoch{1'762'006'800};  // 2025-11-01T14:20:00Z

Object decoded(const char* json) {
  Result<Object> object = object_from_json(json, typed_epoch);
  EXPECT_TRUE(object.has_value()) << (object ? "" : object.error().text());
  return object ? *object : Object{};
}

TEST(Codec, Deployment) {
  const Object object = decoded(R"({"apiVersion":"apps/v1","kind":"Deployment",
    "metadata":{"name":"web","namespace":"shop","labels":{"app":"web"},"resourceVersion":"17",
      "creationTimestamp":"2025-11-01T14:19:00Z"},
    "spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"minReadySeconds":5,"paused":true,
      "strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":"50%"}},
      "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"web:1"}]}}}})");
  EXPECT_EQ(object.key(), (ObjectKey{Kind::Deployment, "shop", "web"}));
  EXPECT_EQ(object.meta.resource_version, 17u);
  EXPECT_EQ(object.meta.created, SimTime{-60s});
  const Deployment& deployment = object.as<Deployment>();
  EXPECT_EQ(deployment.replicas, 3);
  EXPECT_EQ(deployment.selector, (StringMap{{"app", "web"}}));
  EXPECT_EQ(deployment.min_ready, 5s);
  EXPECT_TRUE(deployment.paused);
  EXPECT_FALSE(deployment.recreate);
  EXPECT_EQ(deployment.max_surge, (IntOrPercent{1, false}));
  EXPECT_EQ(deployment.max_unavailable, (IntOrPercent{50, true}));
  EXPECT_EQ(deployment.pod_template->spec.containers.at(0).image, "web:1");
  EXPECT_EQ(deployment.spec_rest, nullptr);
  EXPECT_EQ(object.rest, nullptr);
}

TEST(Codec, AContainersFields) {
  const Object object = decoded(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},
    "spec":{"containers":[{"name":"c","image":"i","command":["run"],
      "env":[{"name":"A","value":"1"},
             {"name":"B","valueFrom":{"configMapKeyRef":{"name":"cm","key":"b","optional":true}}},
             {"name":"C","valueFrom":{"secretKeyRef":{"name":"s","key":"c"}}},
             {"name":"D","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}],
      "envFrom":[{"prefix":"P_","secretRef":{"name":"s"}},{"configMapRef":{"name":"cm"}}],
      "ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],
      "resources":{"limits":{"cpu":"1.5","memory":"512Mi","nvidia.com/gpu":1},"requests":{"cpu":0.25}},
      "readinessProbe":{"httpGet":{"path":"/ready","port":"http","scheme":"HTTP"},"periodSeconds":5}}]}})");
  const Container& container = object.as<Pod>().spec.containers.at(0);
  ASSERT_EQ(container.env.size(), 4u);
  EXPECT_EQ(container.env[0].value, "1");
  EXPECT_EQ(container.env[1].from, EnvVar::From::config_map);
  EXPECT_TRUE(container.env[1].optional);
  EXPECT_EQ(container.env[2].object, "s");
  EXPECT_EQ(container.env[2].key, "c");
  EXPECT_EQ(container.env[3].from, EnvVar::From::other);
  EXPECT_EQ(*container.env[3].rest, R"({"valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}})");
  ASSERT_EQ(container.env_from.size(), 2u);
  EXPECT_TRUE(container.env_from[0].secret);
  EXPECT_EQ(container.env_from[0].prefix, "P_");
  EXPECT_EQ(container.env_from[1].object, "cm");
  EXPECT_EQ(container.ports.at(0).port, 8080);
  EXPECT_EQ(container.resources.cpu_limit, 1500);
  EXPECT_EQ(container.resources.memory_limit, 536'870'912);
  EXPECT_EQ(container.resources.cpu_request, 250);
  EXPECT_FALSE(container.resources.memory_request.has_value());
  ASSERT_TRUE(container.readiness.has_value());
  EXPECT_EQ(container.readiness->path, "/ready");
  EXPECT_EQ(container.readiness->port, "http");
  EXPECT_EQ(container.readiness->period, 5s);
  EXPECT_EQ(container.readiness->timeout, 1s);
}

TEST(Codec, SecretsAreHeldInTheClear) {
  const Object object = decoded(R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"type":"Opaque",
    "data":{"url":"cG9zdGdyZXM6Ly96","old":"eA=="},"stringData":{"old":"new"}})");
  EXPECT_EQ(object.as<ConfigData>().data, (StringMap{{"url", "postgres://z"}, {"old", "new"}}));
  const std::string json = object_to_json(object, typed_epoch);
  EXPECT_NE(json.find(R"("data":{"old":"bmV3","url":"cG9zdGdyZXM6Ly96"})"), std::string::npos) << json;
  EXPECT_EQ(json.find("stringData"), std::string::npos);
}

TEST(Codec, NodesAndServices) {
  const Object node = decoded(R"({"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},
    "spec":{"unschedulable":true,"podCIDR":"10.0.0.0/24"},
    "status":{"allocatable":{"cpu":"4","memory":"16Gi","pods":"50"},
      "images":[{"names":["web:1"],"sizeBytes":5}]}})");
  EXPECT_EQ(node.as<Node>().cpu_millis, 4000);
  EXPECT_EQ(node.as<Node>().memory_bytes, 17'179'869'184);
  EXPECT_EQ(node.as<Node>().pods, 50);
  EXPECT_TRUE(node.as<Node>().unschedulable);
  EXPECT_EQ(node.as<Node>().images, std::vector<std::string>{"web:1"});
  const Object service = decoded(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},
    "spec":{"selector":{"app":"web"},"ports":[{"port":80,"targetPort":"http"}],"sessionAffinity":"None"}})");
  EXPECT_EQ(service.as<Service>().ports.at(0).port, 80);
  EXPECT_EQ(service.as<Service>().ports.at(0).target_port, "http");
  EXPECT_EQ(service.as<Service>().selector, (StringMap{{"app", "web"}}));
}

TEST(Codec, ImagesThatCameToTheNodeAreShown) {
  Object node = decoded(R"({"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},
    "status":{"images":[{"names":["web:1"],"sizeBytes":5}]}})");
  node.as<Node>().images = {"web:1", "web:2"};
  const std::string json = object_to_json(node, typed_epoch);
  EXPECT_NE(json.find(R"("images":[{"names":["web:1"],"sizeBytes":5},{"names":["web:2"]}])"),
            std::string::npos)
      << json;
}

TEST(Codec, OtherKindsAreKeptWhole) {
  const Object object = decoded(R"({"apiVersion":"example.com/v1","kind":"Turnstile",
    "metadata":{"name":"lock","namespace":"shop"},"spec":{"podSelector":{},"ingress":[],"egress":null}})");
  EXPECT_EQ(object.key(), (ObjectKey{Kind::Other, "shop", "Turnstile.example.com/lock"}));
  EXPECT_EQ(*object.as<OtherObject>().rest, R"({"spec":{"egress":null,"ingress":[],"podSelector":{}}})");
}

// A changed typed field wins over what the object once said.
TEST(Codec, ChangesOfTypedFieldsShow) {
  Object object = decoded(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},
    "spec":{"containers":[{"name":"c","image":"i:1","ports":[{"containerPort":80,"protocol":"UDP"}]}]}})");
  Pod& pod = object.as<Pod>();
  pod.spec.containers[0].image = "i:2";
  pod.spec.containers[0].ports[0].port = 81;
  pod.spec.node_name = "n1";
  const std::string json = object_to_json(object, typed_epoch);
  EXPECT_NE(json.find(R"("image":"i:2")"), std::string::npos);
  EXPECT_NE(json.find(R"({"containerPort":81,"protocol":"UDP"})"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("nodeName":"n1")"), std::string::npos);
}

struct QosCase {
  const char *resources, *expected;
};

constexpr QosCase qos_cases[] = {
    {"{}", "BestEffort"},
    {R"({"requests":{"cpu":"1"}})", "Burstable"},
    {R"({"limits":{"cpu":"1"}})", "Burstable"},
    {R"({"limits":{"cpu":"1","memory":"1Gi"}})", "Guaranteed"},
    {R"({"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1000m","memory":"1024Mi"}})", "Guaranteed"},
    {R"({"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"500m"}})", "Burstable"},
};

TEST(Codec, QualityOfService) {
  for (const QosCase& c : qos_cases) {
    const Object pod = decoded((std::string(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},
      "spec":{"containers":[{"name":"c","resources":)") +
                                c.resources + "}]}}")
                                   .c_str());
    EXPECT_NE(object_to_json(pod, typed_epoch).find(std::string(R"("qosClass":")") + c.expected),
              std::string::npos)
        << c.resources;
  }
}

// kubectl rollout undo sends the template back through its own Go types: nulls, empty structs and lists come
// or go.
TEST(Codec, ATemplateThatWentThroughKubectlIsTheSame) {
  const Object before = decoded(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},
    "spec":{"template":{"metadata":{"labels":{"a":"b"}},
      "spec":{"securityContext":{},"containers":[{"name":"c","args":["x"],"volumeMounts":[]}]}}}})");
  const Object after = decoded(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},
    "spec":{"strategy":{},"template":{"metadata":{"creationTimestamp":null,"labels":{"a":"b"}},
      "spec":{"securityContext":{},"containers":[{"name":"c","args":["x"],"resources":{}}]}}},"status":{}})");
  const PodTemplate& a = *before.as<Deployment>().pod_template;
  const PodTemplate& b = *after.as<Deployment>().pod_template;
  EXPECT_TRUE(same_text(a.metadata_rest, b.metadata_rest));
  EXPECT_TRUE(same_text(a.spec.rest, b.spec.rest));
  EXPECT_TRUE(same_text(a.spec.containers[0].rest, b.spec.containers[0].rest));
}

}  // namespace
}  // namespace muster::kube
