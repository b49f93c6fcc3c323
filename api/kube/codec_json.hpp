// The codec's parts, one file per family of kinds. Each read_ takes its fields out of the JSON; what it
// leaves behind becomes the unmodelled rest. Internal to api/kube.
#pragma once

#include <string>
#include <variant>

#include "api/kube/fields_json.hpp"
#include "cluster_model/objects.hpp"

namespace muster::kube {

/// The whole object; `json` is used up. The error holds the real API server's words too.
std::variant<Object, DecodeError> decode_object(Json json, Epoch epoch);
Json encode_object(const Object& object, Epoch epoch);

// codec_meta.cpp
void read_meta(Fields& fields, Meta& meta);
Json write_meta(const Meta& meta, Epoch epoch);
void read_conditions(Fields& status, std::vector<Condition>& conditions);
/// `updates`: with lastUpdateTime, as Deployments have it.
Json write_conditions(const std::vector<Condition>& conditions, bool updates, Epoch epoch);

// codec_container.cpp
void read_container(Fields& fields, Container& container);
Json write_container(const Container& container);

// codec_probe.cpp
void read_probe(Fields& container, const char* key, std::optional<Probe>& probe);
void write_probe(Json& container, const char* key, const std::optional<Probe>& probe);

// codec_pod.cpp
void read_pod_spec(Fields& fields, PodSpec& spec);
Json write_pod_spec(const PodSpec& spec);
void read_template(Fields& fields, PodTemplate& pod_template);
Json write_template(const PodTemplate& pod_template);
void read_body(Fields& fields, Pod& pod);
void write_body(Json& json, const Pod& pod, Epoch epoch);

// codec_pod_status.cpp
void read_pod_status(Fields& fields, PodStatus& status);
Json write_pod_status(const PodStatus& status, Epoch epoch);

// codec_workload.cpp
void read_body(Fields& fields, Deployment& deployment);
void write_body(Json& json, const Deployment& deployment, Epoch epoch);
void read_body(Fields& fields, ReplicaSet& replica_set);
void write_body(Json& json, const ReplicaSet& replica_set, Epoch epoch);

std::shared_ptr<const PodTemplate> read_pod_template(Fields& spec);

// codec_selector.cpp
void read_label_selector(Fields& fields, LabelSelector& selector);
Json write_label_selector(const LabelSelector& selector);

// codec_stateful_set.cpp
void read_body(Fields& fields, StatefulSet& set);
void write_body(Json& json, const StatefulSet& set, Epoch epoch);
void read_body(Fields& fields, DaemonSet& set);
void write_body(Json& json, const DaemonSet& set, Epoch epoch);
void read_body(Fields& fields, ControllerRevision& revision);
void write_body(Json& json, const ControllerRevision& revision, Epoch epoch);

// codec_job.cpp
void read_body(Fields& fields, Job& job);
void write_body(Json& json, const Job& job, Epoch epoch);
void read_body(Fields& fields, CronJob& cron_job);
void write_body(Json& json, const CronJob& cron_job, Epoch epoch);

// codec_storage.cpp
void read_claim_spec(Fields& spec, ClaimSpec& claim);
Json write_claim_spec(const ClaimSpec& claim);
void read_body(Fields& fields, PersistentVolumeClaim& claim);
void write_body(Json& json, const PersistentVolumeClaim& claim, Epoch epoch);
void read_body(Fields& fields, PersistentVolume& volume);
void write_body(Json& json, const PersistentVolume& volume, Epoch epoch);
void read_body(Fields& fields, StorageClass& storage_class);
void write_body(Json& json, const StorageClass& storage_class, Epoch epoch);

// codec_ingress.cpp
void read_body(Fields& fields, Ingress& ingress);
void write_body(Json& json, const Ingress& ingress, Epoch epoch);

// codec_autoscaler.cpp
void read_body(Fields& fields, HorizontalPodAutoscaler& autoscaler);
void write_body(Json& json, const HorizontalPodAutoscaler& autoscaler, Epoch epoch);
void read_autoscaler_v1(Fields& fields, HorizontalPodAutoscaler& autoscaler);
/// Spec and status as autoscaling/v1 has them.
Json write_autoscaler_v1(const HorizontalPodAutoscaler& autoscaler, Epoch epoch);

// codec_quota.cpp
void read_body(Fields& fields, ResourceQuota& quota);
void write_body(Json& json, const ResourceQuota& quota, Epoch epoch);

// codec_service.cpp
void read_body(Fields& fields, Service& service);
void write_body(Json& json, const Service& service, Epoch epoch);
void read_body(Fields& fields, EndpointSlice& slice);
void write_body(Json& json, const EndpointSlice& slice, Epoch epoch);

// codec_config.cpp
void read_config_map(Fields& fields, ConfigData& config);
void read_secret(Fields& fields, ConfigData& secret);
void write_config(Json& json, const ConfigData& config, bool secret);

// codec_node.cpp
void read_body(Fields& fields, Node& node);
void write_body(Json& json, const Node& node, Epoch epoch);
void read_body(Fields& fields, Namespace_& namespace_);
void write_body(Json& json, const Namespace_& namespace_, Epoch epoch);

// codec_network_policy.cpp
void read_body(Fields& fields, NetworkPolicy& policy);
void write_body(Json& json, const NetworkPolicy& policy, Epoch epoch);

// codec_int_or_percent.cpp
void read_int_or_percent(Fields& fields, const char* key, IntOrPercent& out);
Json write_int_or_percent(const IntOrPercent& value);

// codec_taint.cpp
void read_taint(Fields& fields, Taint& taint);
Json write_taint(const Taint& taint, Epoch epoch);
void read_toleration(Fields& fields, Toleration& toleration);
Json write_toleration(const Toleration& toleration);

// codec_volume.cpp
void read_volume(Fields& fields, Volume& volume);
Json write_volume(const Volume& volume);
void read_mount(Fields& fields, VolumeMount& mount);
Json write_mount(const VolumeMount& mount);

// codec_policy.cpp
void read_body(Fields& fields, PodDisruptionBudget& budget);
void write_body(Json& json, const PodDisruptionBudget& budget, Epoch epoch);
void read_body(Fields& fields, Lease& lease);
void write_body(Json& json, const Lease& lease, Epoch epoch);

// codec_event.cpp
void read_body(Fields& fields, KubeEvent& event);
void write_body(Json& json, const KubeEvent& event, Epoch epoch);

}  // namespace muster::kube
