// Pods and their templates: what is wanted, and what the kubelet reports.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"
#include "cluster_model/objects/taint.hpp"
#include "cluster_model/objects/volume.hpp"

namespace muster {

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
  std::vector<VolumeMount> mounts;
  std::optional<Probe> startup, readiness, liveness;
  Unmodelled rest;
};

struct PodSpec {
  std::vector<Container> containers;
  std::vector<Container> init_containers;  ///< run one after the other before the containers start
  std::string restart_policy = "Always";
  SimDuration termination_grace{30s};
  StringMap node_selector;
  std::string node_name;  ///< set by the scheduler
  /// The only node it may go to: required nodeAffinity with matchFields metadata.name, as DaemonSets write
  /// it.
  std::string required_node;
  std::vector<Toleration> tolerations;
  std::optional<std::int64_t> priority;  ///< of its PriorityClass; absent = 0
  std::vector<Volume> volumes;
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

struct PodStatus {
  std::string phase = "Pending";  ///< Pending, Running, Succeeded, Failed, Unknown
  std::string reason, message, pod_ip, host_ip;
  std::optional<SimTime> start_time;
  std::vector<Condition> conditions;
  std::vector<ContainerStatus> containers;  ///< same order as spec.containers
  std::vector<ContainerStatus> init_containers;
  friend bool operator==(const PodStatus&, const PodStatus&) = default;
};

struct Pod {
  PodSpec spec;
  PodStatus status;
};

}  // namespace muster
