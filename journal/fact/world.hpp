// Facts about the simulated system: workloads, pods, objects, faults, data and the intruder.
#pragma once

#include <cstdint>
#include <string>

namespace muster {

/// A fault of the scenario began or ended. The cause of the drill: never shown to a responder.
struct FaultFact {
  std::string id;      ///< unique in the drill: "fault-1"
  std::string kind;    ///< "deployment/set-image"
  std::string target;  ///< "autonomous-dev-prod/autonomous-dev"
  bool active = true;  ///< false: it ended or was healed
  std::string detail;
};

enum class PodChange : std::uint8_t {
  created,
  scheduled,
  unschedulable,
  started,
  ready,
  unready,
  exited,
  backoff,
  config_error,
  image_error,
  terminating,
  deleted
};
const char* to_string(PodChange change);

struct PodFact {
  std::string namespace_;
  std::string pod;
  PodChange change = PodChange::created;
  std::string image;
  std::string node;
  std::string reason;  ///< "Error", "OOMKilled", "CrashLoopBackOff"
  int exit_code = 0;   ///< of `exited`
  int restarts = 0;
};

/// A workload's status, whenever one of these numbers changed.
struct WorkloadFact {
  std::string kind;  ///< "Deployment"
  std::string namespace_;
  std::string name;
  int wanted = 0, pods = 0, updated = 0, ready = 0, available = 0;
  std::int64_t revision = 0;
  std::string image;  ///< of the first container of the current template
};

enum class RolloutChange : std::uint8_t { began, completed, deadline_exceeded, paused };
const char* to_string(RolloutChange change);

struct RolloutFact {
  std::string namespace_;
  std::string deployment;
  RolloutChange change = RolloutChange::began;
  std::int64_t revision = 0;
};

/// An object whose meaning people argue about afterwards (configuration, workloads) was written.
struct ObjectFact {
  std::string kind, namespace_, name;
  std::string change;  ///< "created", "updated", "deleted"
  std::string by;      ///< actor id, fault id, or controller
  std::uint64_t resource_version = 0;
};

/// A Warning event of Kubernetes, first seen or repeated.
struct WarningFact {
  std::string object, reason, message;
  int count = 1;
};

/// Committed data is missing or may be lost.
struct DataFact {
  bool at_risk = false;
  std::uint64_t lost_writes = 0;
};

/// Somebody who should not be there can act, or no longer can.
struct IntruderFact {
  bool active = false;
  std::string step;
};

/// A type of background agent fails, or works again.
struct AgentFact {
  std::string agent_type;
  bool failing = false;
};

enum class EvidenceChange : std::uint8_t { exists, captured, destroyed };
const char* to_string(EvidenceChange change);

/// A trace that the intruder left came to be, was read out by somebody, or is gone for good. A captured item
/// that is destroyed later stays captured.
struct EvidenceFact {
  std::string item;   ///< "process memory", "container log", ...: unique together with `where`
  std::string where;  ///< "pod/NAMESPACE/NAME/CONTAINER", "database/NAME", "cluster"
  EvidenceChange change = EvidenceChange::exists;
  std::uint32_t weight = 1;  ///< of the item in the score
};

}  // namespace muster
