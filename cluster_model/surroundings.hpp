// What happens around the control plane and the request path: processes and what people run in them,
// background agents, the intruder and his traces.
#pragma once

#include <functional>

#include "cluster_model/agents/agents.hpp"
#include "cluster_model/exec/pod_shell.hpp"
#include "cluster_model/exec/processes.hpp"
#include "cluster_model/intruder/audit_log.hpp"
#include "cluster_model/intruder/evidence.hpp"
#include "cluster_model/intruder/intruder.hpp"
#include "cluster_model/profile.hpp"

namespace muster {

/// What they need of the world; outlives them.
struct SurroundingsParts {
  Engine& engine;
  FactSink& facts;
  ObjectStore& store;
  ControlPlane& control;
  Network& network;
  NodeDisks& disks;
  ContainerLogs& logs;
  const SystemProfile& profile;
  std::uint64_t seed;
  DataVault* vault;  ///< null: no database
};

struct Surroundings {
  explicit Surroundings(const SurroundingsParts& parts);

  /// Everything begins that begins by itself.
  void start();
  void check_invariants() const;

  Processes processes;
  Agents agents;
  AuditLog audit;
  EvidenceTable evidence;
  /// How the intruder writes objects: as the API server lets him. Set by the world.
  std::function<Result<ObjectPtr>(Object)> writer;
  Intruder intruder;
  PodShell shell;
};

}  // namespace muster
