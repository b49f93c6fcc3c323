// The other workloads through the codec: nothing is lost, defaults are filled in, and v1 autoscalers are
// converted.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/kube/codec.hpp"
#include "cluster_model/apiserver/object_defaults.hpp"

namespace muster {
namespace {

using Json = nlohmann::json;

/// The first path at which `whole` lacks or changes what `part` has; empty if nowhere.
std::string lost(const Json& part, const Json& whole, const std::string& path = "") {
  if (part.is_object()) {
    for (const auto& [key, value] : part.items()) {
      if (!whole.is_object() || !whole.contains(key)) return path + "/" + key;
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

class Codec : public testing::TestWithParam<const char*> {};

TEST_P(Codec, LosesNothing) {
  const Json given = Json::parse(GetParam());
  const auto object = kube::object_from_json(given.dump(), Epoch{1'762'006'800});
  ASSERT_TRUE(object.has_value()) << object.error().text();
  const std::string once = kube::object_to_json(*object, Epoch{1'762'006'800});
  EXPECT_EQ(lost(given, Json::parse(once)), "") << once;
  const auto again = kube::object_from_json(once, Epoch{1'762'006'800});
  ASSERT_TRUE(again.has_value()) << again.error().text();
  EXPECT_EQ(kube::object_to_json(*again, Epoch{1'762'006'800}), once);
}

// Shortened from the examples of the Kubernetes documentation, with some fields that nobody models.
INSTANTIATE_TEST_SUITE_P(
    Kinds, Codec,
    testing::Values(
        R"({"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"web"},"spec":{"serviceName":"nginx","replicas":2,
  "minReadySeconds":10,"selector":{"matchLabels":{"app":"nginx"}},"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Retain"},
  "template":{"metadata":{"labels":{"app":"nginx"}},"spec":{"containers":[{"name":"nginx","image":"nginx:1",
  "volumeMounts":[{"name":"www","mountPath":"/usr"}]}]}},"volumeClaimTemplates":[{"metadata":{"name":"www"},
  "spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"my-class","resources":{"requests":{"storage":"1Gi"}}}}]},
  "status":{"replicas":2,"currentRevision":"web-1","updateRevision":"web-2","currentReplicas":1}})",
        R"({"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"fluentd"},"spec":{"selector":{"matchExpressions":
  [{"key":"name","operator":"In","values":["fluentd"]},{"key":"x","operator":"DoesNotExist"}]},
  "updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"10%"}},
  "template":{"metadata":{"labels":{"name":"fluentd"}},"spec":{"tolerations":[{"operator":"Exists"}],
  "containers":[{"name":"f","image":"f:1"}]}}},"status":{"desiredNumberScheduled":3,"numberReady":2}})",
        R"({"apiVersion":"apps/v1","kind":"ControllerRevision","metadata":{"name":"web-1"},"revision":3,
  "data":{"spec":{"template":{"$patch":"replace","metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}})",
        R"({"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"pi"},"spec":{"completions":5,"parallelism":2,"backoffLimit":4,
  "activeDeadlineSeconds":100,"ttlSecondsAfterFinished":60,"completionMode":"NonIndexed","podReplacementPolicy":"Failed",
  "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"pi","image":"perl:5"}]}}},
  "status":{"active":1,"succeeded":2,"startTime":"2025-11-01T14:00:00Z","uncountedTerminatedPods":{"x":1},
  "conditions":[{"type":"Complete","status":"True","lastProbeTime":"2025-11-01T14:00:00Z"}]}})",
        R"({"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"hello"},"spec":{"schedule":"* * * * *","timeZone":"Etc/UTC",
  "concurrencyPolicy":"Replace","startingDeadlineSeconds":20,"suspend":true,"jobTemplate":{"metadata":{"labels":{"a":"b"},"x":1},
  "spec":{"template":{"spec":{"restartPolicy":"OnFailure","containers":[{"name":"h","image":"b:1"}]}}}}},
  "status":{"lastScheduleTime":"2025-11-01T14:00:00Z"}})",
        R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"web"},"spec":{"ingressClassName":"nginx",
  "tls":[{"hosts":["a.example"],"secretName":"t"}],"rules":[{"host":"a.example","http":{"paths":[{"path":"/","pathType":"Prefix",
  "backend":{"service":{"name":"web","port":{"number":80}}}},{"path":"/x","pathType":"Exact","backend":{"service":{"name":"web","port":{"name":"http"}}}}]}}]}})",
        R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"c"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"",
  "volumeMode":"Filesystem","resources":{"requests":{"storage":"8Gi"},"limits":{"storage":"9Gi"}},"selector":{"matchLabels":{"a":"b"}}},
  "status":{"phase":"Bound","capacity":{"storage":"8Gi"},"accessModes":["ReadWriteOnce"]}})",
        R"({"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"v"},"spec":{"capacity":{"storage":"5Gi"},"accessModes":["ReadWriteMany"],
  "persistentVolumeReclaimPolicy":"Recycle","storageClassName":"slow","nfs":{"path":"/tmp","server":"172.17.0.2"},
  "claimRef":{"kind":"PersistentVolumeClaim","apiVersion":"v1","namespace":"a","name":"b","uid":"u"}},"status":{"phase":"Bound"}})",
        R"({"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"s"},"provisioner":"p","parameters":{"type":"gp3"},
  "volumeBindingMode":"WaitForFirstConsumer","reclaimPolicy":"Retain","allowVolumeExpansion":true})",
        R"({"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1",
  "kind":"Deployment","name":"web"},"minReplicas":2,"maxReplicas":10,"metrics":[{"type":"Resource","resource":{"name":"cpu",
  "target":{"type":"Utilization","averageUtilization":50}}},{"type":"Resource","resource":{"name":"memory","target":{"type":"AverageValue","averageValue":"200Mi"}}}],
  "behavior":{"scaleDown":{"stabilizationWindowSeconds":60,"policies":[{"type":"Pods","value":1,"periodSeconds":30}]}}},
  "status":{"currentReplicas":3,"desiredReplicas":3,"currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":40,"averageValue":"200m"}}}]}})",
        R"({"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q"},"spec":{"hard":{"pods":"10","requests.cpu":"1500m","limits.memory":"2Gi",
  "count/jobs.batch":"4"}},"status":{"hard":{"pods":"10"},"used":{"pods":"3"}}})"));

TEST(AutoscalerVersions, V1IsConverted) {
  auto object = kube::object_from_json(
      R"({"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{
      "scaleTargetRef":{"kind":"Deployment","name":"web"},"maxReplicas":5,"targetCPUUtilizationPercentage":70}})",
      Epoch{});
  ASSERT_TRUE(object.has_value());
  apply_defaults(*object);
  const Json v2 = Json::parse(kube::object_to_json(*object, Epoch{}));
  EXPECT_EQ(v2["apiVersion"], "autoscaling/v2");
  EXPECT_EQ(v2["spec"]["metrics"][0]["resource"]["target"]["averageUtilization"], 70);
  object->api_version = "autoscaling/v1";
  const Json v1 = Json::parse(kube::object_to_json(*object, Epoch{}));
  EXPECT_EQ(v1["spec"]["targetCPUUtilizationPercentage"], 70);
  EXPECT_FALSE(v1["spec"].contains("metrics"));
}

TEST(JobDefaults, OneOfOne) {
  auto object = kube::object_from_json(
      R"({"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"j","uid":"u"},"spec":{"template":{"spec":{
      "restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}})",
      Epoch{});
  ASSERT_TRUE(object.has_value());
  apply_defaults(*object);
  complete_new(*object);
  const JobSpec& job = object->as<Job>().spec;
  EXPECT_EQ(job.completions, 1);
  EXPECT_EQ(job.parallelism, 1);
  EXPECT_TRUE(selects(job.selector, job.pod_template->labels));
  EXPECT_EQ(job.pod_template->labels.at("job-name"), "j");
}

}  // namespace
}  // namespace muster
