// Kubernetes objects as the models see them: typed values for the fields that have behaviour here, and the
// rest of each object kept as the JSON text it came in, so that a round trip loses nothing. JSON is made in
// api/kube. Objects in the store are immutable; a change makes a new version that shares what did not change.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/time.hpp"

namespace muster {

using StringMap = std::map<std::string, std::string>;

/// The JSON of the fields that are not typed here, "{}" if none; shared between versions. The codec in
/// api/kube writes it and merges it back.
using Unmodelled = std::shared_ptr<const std::string>;

enum class Kind : std::uint8_t {
  Namespace,
  Node,
  ConfigMap,
  Secret,
  Service,
  EndpointSlice,
  Deployment,
  ReplicaSet,
  Pod,
  Event,
  Other  ///< stored and returned, without behaviour; named by lint
};
const char* to_string(Kind kind);
/// By API group and kind as written ("apps/v1", "Deployment"); the version is not looked at.
Kind kind_of(std::string_view api_version, std::string_view kind);
/// False for Namespace and Node. Of Kind::Other the caller must know it (true here).
bool is_namespaced(Kind kind);

struct ObjectKey {
  Kind kind = Kind::Other;
  std::string namespace_;  ///< empty for cluster-scoped kinds
  std::string name;        ///< for Kind::Other: "Kind.group/name", so that kinds do not clash
  friend auto operator<=>(const ObjectKey&, const ObjectKey&) = default;
};

struct OwnerReference {
  std::string api_version, kind, name, uid;
  bool controller = true;
  friend bool operator==(const OwnerReference&, const OwnerReference&) = default;
};

struct Meta {
  std::string namespace_, name, uid;
  StringMap labels, annotations;
  std::vector<OwnerReference> owners;
  std::vector<std::string> finalizers;
  std::uint64_t resource_version = 0;  ///< set by the store
  std::int64_t generation = 0;         ///< set by the store: rises with each change of spec
  SimTime created{};
  std::optional<SimTime> deletion_at;  ///< deletionTimestamp: when the grace period ends
  std::optional<SimDuration> grace;    ///< deletionGracePeriodSeconds
  Unmodelled rest;
};

// ---- pods
// -----------------------------------------------------------------------------------------------------

/// Where an environment variable's value comes from; resolved each time a container is created.
struct EnvVar {
  enum class From : std::uint8_t { value, config_map, secret, other };
  std::string name;
  From from = From::value;
  std::string value;   ///< From::value
  std::string object;  ///< name of the ConfigMap or Secret
  std::string key;
  bool optional = false;
  Unmodelled rest;  ///< From::other: the valueFrom as given (fieldRef, resourceFieldRef)
};

struct EnvFrom {
  bool secret = false;  ///< else a ConfigMap
  std::string object, prefix;
  bool optional = false;
  friend bool operator==(const EnvFrom&, const EnvFrom&) = default;
};

struct Probe {
  enum class Handler : std::uint8_t { http_get, tcp_socket, exec };
  Handler handler = Handler::http_get;
  std::string path;  ///< httpGet
  std::string port;  ///< number or name
  SimDuration initial_delay{}, period{10s},
      timeout{1s};  ///< Kubernetes' defaults, pkg/apis/core/v1/defaults.go
  int success_threshold = 1, failure_threshold = 3;
  Unmodelled rest;
};

struct ContainerPort {
  std::string name;
  int port = 0;
  friend bool operator==(const ContainerPort&, const ContainerPort&) = default;
};

/// Quantities in base units: CPU in millicores, memory in bytes. Absent = not set.
struct Resources {
  std::optional<std::int64_t> cpu_request, cpu_limit, memory_request, memory_limit;
  friend bool operator==(const Resources&, const Resources&) = default;
};

struct Container {
  std::string name, image;
  std::string image_pull_policy;  ///< empty = Kubernetes' default for the tag
  std::vector<EnvVar> env;
  std::vector<EnvFrom> env_from;
  std::vector<ContainerPort> ports;
  Resources resources;
  std::optional<Probe> startup, readiness, liveness;
  Unmodelled rest;
};

struct PodSpec {
  std::vector<Container> containers;
  std::string restart_policy = "Always";
  SimDuration termination_grace{30s};
  StringMap node_selector;
  std::string node_name;  ///< set by the scheduler
  Unmodelled rest;
};

struct PodTemplate {
  StringMap labels, annotations;
  PodSpec spec;
  Unmodelled metadata_rest;
};

struct ContainerState {
  enum class Phase : std::uint8_t { none, waiting, running, terminated };
  Phase phase = Phase::none;
  std::string reason, message;  ///< waiting and terminated
  SimTime started_at{}, finished_at{};
  int exit_code = 0;
  std::string container_id;
  friend bool operator==(const ContainerState&, const ContainerState&) = default;
};

struct ContainerStatus {
  std::string name, image;
  bool ready = false;
  bool started = false;  ///< startup probe passed (or there is none)
  int restarts = 0;
  ContainerState state, last_state;
  friend bool operator==(const ContainerStatus&, const ContainerStatus&) = default;
};

struct Condition {
  std::string type, status;  ///< status: "True", "False", "Unknown"
  std::string reason, message;
  SimTime last_transition{}, last_update{};
  friend bool operator==(const Condition&, const Condition&) = default;
};

struct PodStatus {
  std::string phase = "Pending";  ///< Pending, Running, Succeeded, Failed, Unknown
  std::string reason, message, pod_ip, host_ip;
  std::optional<SimTime> start_time;
  std::vector<Condition> conditions;
  std::vector<ContainerStatus> containers;  ///< same order as spec.containers
  friend bool operator==(const PodStatus&, const PodStatus&) = default;
};

struct Pod {
  PodSpec spec;
  PodStatus status;
};

// ---- workloads
// --------------------------------------------------------------------------------------------------

/// A count or a percentage, as maxSurge and maxUnavailable are written.
struct IntOrPercent {
  int value = 25;
  bool percent = true;
  friend bool operator==(const IntOrPercent&, const IntOrPercent&) = default;
};

struct DeploymentStatus {
  std::int64_t observed_generation = 0;
  int replicas = 0, updated = 0, ready = 0, available = 0, unavailable = 0;
  std::vector<Condition> conditions;  ///< Available, Progressing
  friend bool operator==(const DeploymentStatus&, const DeploymentStatus&) = default;
};

struct Deployment {
  int replicas = 1;
  StringMap selector;  ///< matchLabels
  std::shared_ptr<const PodTemplate> pod_template;
  bool recreate = false;  ///< strategy.type
  IntOrPercent max_surge, max_unavailable;
  SimDuration min_ready{}, progress_deadline{600s};
  int revision_history_limit = 10;
  bool paused = false;
  DeploymentStatus status;
  Unmodelled spec_rest;
};

struct ReplicaSet {
  int replicas = 1;
  StringMap selector;
  std::shared_ptr<const PodTemplate> pod_template;
  SimDuration min_ready{};
  struct Status {
    std::int64_t observed_generation = 0;
    int replicas = 0, fully_labeled = 0, ready = 0, available = 0;
    friend bool operator==(const Status&, const Status&) = default;
  } status;
  Unmodelled spec_rest;
};

// ---- the rest
// ---------------------------------------------------------------------------------------------------

struct ServicePort {
  std::string name, protocol = "TCP", target_port;
  int port = 0;
  friend bool operator==(const ServicePort&, const ServicePort&) = default;
};

struct Service {
  StringMap selector;
  std::vector<ServicePort> ports;
  std::string type = "ClusterIP", cluster_ip;
  Unmodelled spec_rest;
};

struct Endpoint {
  std::string pod, ip, node;
  bool ready = false, serving = false, terminating = false;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

struct EndpointSlice {
  std::string service;
  std::vector<ServicePort> ports;
  std::vector<Endpoint> endpoints;  ///< sorted by pod name
};

/// ConfigMap and Secret. A Secret's values are held decoded; base64 is made and checked at the API.
struct ConfigData {
  StringMap data;
  std::string type;  ///< Secret: "Opaque"
  bool immutable = false;
  Unmodelled rest;
};

struct Node {
  std::int64_t cpu_millis = 0, memory_bytes = 0, pods = 110;  ///< allocatable
  bool unschedulable = false;
  std::vector<Condition> conditions;
  std::vector<std::string> images;  ///< present on the node, sorted
  Unmodelled spec_rest, status_rest;
};

/// Kubernetes' own Event object (never what this project calls an event).
struct KubeEvent {
  ObjectKey involved;
  std::string involved_uid, field_path;
  std::string type, reason, message, component, host;
  SimTime first{}, last{};
  int count = 1;
  bool series = false;  ///< written through events.k8s.io: eventTime set, timestamps null
};

struct Namespace_ {
  std::string phase = "Active";
};

/// Kinds without behaviour: the whole object but its metadata is in `rest`.
struct OtherObject {
  Unmodelled rest;
};

struct Object {
  std::string api_version, kind;  ///< as written: "apps/v1", "Deployment"
  Meta meta;
  std::variant<OtherObject, Namespace_, Node, ConfigData, Service, EndpointSlice, Deployment, ReplicaSet, Pod,
               KubeEvent>
      body;
  Unmodelled rest{};  ///< what has no place in `meta` and `body`; written and merged back by the codec

  ObjectKey key() const;  ///< from kind and meta
  template <class T>
  const T& as() const {
    return std::get<T>(body);
  }
  template <class T>
  T& as() {
    return std::get<T>(body);
  }
};

using ObjectPtr = std::shared_ptr<const Object>;

/// Every pair of `selector` is in `labels`. An empty selector matches nothing here.
bool selects(const StringMap& selector, const StringMap& labels);
/// The owner with controller = true, or null.
const OwnerReference* controller_of(const Meta& meta);
/// Equal text; null and "{}" are equal.
bool same_text(const Unmodelled& a, const Unmodelled& b);
/// Null if there is none of this type.
const Condition* find_condition(const std::vector<Condition>& conditions, std::string_view type);

}  // namespace muster
