// A round trip loses nothing: every field of x is in to_json(from_json(x)), and a second trip changes
// nothing.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/kube/codec.hpp"
#include "tests/unit/api/generated_json.hpp"

namespace muster::kube {
namespace {

constexpr Epoch epoch{1'762'006'800};

/// The first path at which `whole` lacks or changes what `part` has; empty if nowhere.
std::string lost(const Json& part, const Json& whole, const std::string& path = "") {
  if (part.is_object()) {
    if (!whole.is_object()) return path;
    for (const auto& [key, value] : part.items()) {
      if (!whole.contains(key)) return path + "/" + key;
      if (auto at = lost(value, whole[key], path + "/" + key); !at.empty()) return at;
    }
    return {};
  }
  if (part.is_array()) {
    if (!whole.is_array() || whole.size() != part.size()) return path;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (auto at = lost(part[i], whole[i], path + "/" + std::to_string(i)); !at.empty()) return at;
    }
    return {};
  }
  return part == whole ? std::string() : path;
}

void expect_nothing_lost(const Json& json) {
  const Result<Object> object = object_from_json(json.dump(), epoch);
  ASSERT_TRUE(object.has_value()) << object.error().text() << "\n" << json.dump();
  const std::string once = object_to_json(*object, epoch);
  EXPECT_EQ(lost(json, Json::parse(once)), "") << json.dump() << "\n" << once;
  const Result<Object> again = object_from_json(once, epoch);
  ASSERT_TRUE(again.has_value()) << again.error().text();
  EXPECT_EQ(object_to_json(*again, epoch), once);
}

class RoundTrip : public testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, GeneratedObjects) {
  Generator generator(7);
  for (int i = 0; i < 60; ++i) expect_nothing_lost(generator.object(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Kinds, RoundTrip,
                         testing::Values("Namespace", "Node", "ConfigMap", "Secret", "Service",
                                         "EndpointSlice", "Deployment", "ReplicaSet", "Pod", "Event",
                                         "NetworkPolicy"));

// What `kubectl get pod -o yaml` shows on a real cluster (Kubernetes documentation, shortened), as JSON.
TEST(RoundTripReal, APodWithStatus) {
  expect_nothing_lost(Json::parse(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-7d4b-x2x8p",
    "generateName":"web-7d4b-","namespace":"shop","uid":"6f2","resourceVersion":"812","creationTimestamp":"2025-11-01T14:00:00Z",
    "labels":{"app":"web","pod-template-hash":"7d4b"},"ownerReferences":[{"apiVersion":"apps/v1",
      "blockOwnerDeletion":true,"controller":true,"kind":"ReplicaSet","name":"web-7d4b","uid":"aa"}]},
    "spec":{"containers":[{"name":"web","image":"nginx:1.25","imagePullPolicy":"IfNotPresent",
      "env":[{"name":"URL","valueFrom":{"secretKeyRef":{"name":"s","key":"url","optional":false}}}],
      "ports":[{"containerPort":80,"name":"http","protocol":"TCP"}],
      "resources":{"limits":{"cpu":"500m","memory":"512Mi","ephemeral-storage":"1Gi"},"requests":{"cpu":"250m","memory":"2G"}},
      "livenessProbe":{"failureThreshold":3,"httpGet":{"path":"/live","port":8080,"scheme":"HTTP",
        "httpHeaders":[{"name":"X","value":"y"}]},"periodSeconds":10,"successThreshold":1,"timeoutSeconds":1},
      "startupProbe":{"exec":{"command":["cat","/tmp/ok"]},"failureThreshold":30,"periodSeconds":2},
      "terminationMessagePath":"/dev/termination-log","volumeMounts":[{"mountPath":"/x","name":"v","readOnly":true}]}],
      "initContainers":[{"name":"init","image":"busybox"}],"dnsPolicy":"ClusterFirst","enableServiceLinks":true,
      "nodeName":"node-1","restartPolicy":"Always","securityContext":{},"serviceAccountName":"default",
      "terminationGracePeriodSeconds":30,"tolerations":[{"effect":"NoExecute","key":"node.kubernetes.io/not-ready",
        "operator":"Exists","tolerationSeconds":300}],"volumes":[{"name":"v","emptyDir":{}}]},
    "status":{"phase":"Running","qosClass":"Burstable","podIP":"10.244.1.5","podIPs":[{"ip":"10.244.1.5"}],
      "hostIP":"10.0.0.1","startTime":"2025-11-01T14:00:01Z","conditions":[{"type":"Ready","status":"False",
        "reason":"ContainersNotReady","message":"containers with unready status: [web]",
        "lastTransitionTime":"2025-11-01T14:10:00Z"}],
      "containerStatuses":[{"name":"web","image":"nginx:1.25","imageID":"docker.io/nginx@sha256:1","ready":false,
        "started":false,"restartCount":4,"containerID":"containerd://22",
        "state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 1m20s"}},
        "lastState":{"terminated":{"exitCode":1,"reason":"Error","startedAt":"2025-11-01T14:09:00Z",
          "finishedAt":"2025-11-01T14:09:02Z","containerID":"containerd://22"}}}]}})"));
}

TEST(RoundTripReal, AServiceAndAPolicy) {
  expect_nothing_lost(Json::parse(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},
    "spec":{"clusterIP":"10.96.0.10","clusterIPs":["10.96.0.10"],"internalTrafficPolicy":"Cluster","type":"NodePort",
      "ports":[{"name":"http","nodePort":30080,"port":80,"protocol":"TCP","targetPort":8080},
               {"name":"metrics","port":9090,"protocol":"TCP","targetPort":"metrics"}],
      "selector":{"app":"web"},"sessionAffinity":"None"},"status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}})"));
  expect_nothing_lost(Json::parse(R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy",
    "metadata":{"name":"deny","namespace":"shop"},"spec":{"podSelector":{},"policyTypes":["Ingress"]}})"));
}

TEST(RoundTripReal, APolicyWithEveryField) {
  expect_nothing_lost(Json::parse(R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy",
    "metadata":{"name":"api","namespace":"shop"},"spec":{
      "podSelector":{"matchLabels":{"app":"api"},"matchExpressions":[{"key":"tier","operator":"In","values":["a","b"]},
                     {"key":"canary","operator":"DoesNotExist"}]},
      "policyTypes":["Ingress","Egress"],
      "ingress":[{"from":[{"podSelector":{}},{"namespaceSelector":{"matchLabels":{"team":"x"}}},
                          {"ipBlock":{"cidr":"10.0.0.0/8","except":["10.1.0.0/16"]}}],
                  "ports":[{"protocol":"TCP","port":8080},{"port":"metrics","protocol":"TCP"}]},{}],
      "egress":[{"to":[{"namespaceSelector":{},"podSelector":{"matchLabels":{"k8s-app":"kube-dns"}}}],
                 "ports":[{"protocol":"UDP","port":53,"endPort":54}]}]}})"));
}

TEST(RoundTripReal, AnEventOfTheSchedulerAndOneOfTheKubelet) {
  expect_nothing_lost(
      Json::parse(R"({"apiVersion":"v1","kind":"Event","metadata":{"name":"p.17","namespace":"shop"},
    "involvedObject":{"apiVersion":"v1","kind":"Pod","name":"p","namespace":"shop","uid":"u","resourceVersion":"55",
      "fieldPath":"spec.containers{web}"},"type":"Warning","reason":"BackOff",
    "message":"Back-off restarting failed container web in pod p","source":{"component":"kubelet","host":"node-1"},
    "firstTimestamp":"2025-11-01T14:00:00Z","lastTimestamp":"2025-11-01T14:05:00Z","count":12})"));
  expect_nothing_lost(
      Json::parse(R"({"apiVersion":"v1","kind":"Event","metadata":{"name":"p.18","namespace":"shop"},
    "involvedObject":{"apiVersion":"v1","kind":"Pod","name":"p","namespace":"shop"},"action":"Binding",
    "type":"Normal","reason":"Scheduled","message":"ok","eventTime":"2025-11-01T14:00:00.250000Z",
    "reportingComponent":"default-scheduler","reportingInstance":"default-scheduler-master"})"));
}

}  // namespace
}  // namespace muster::kube
