// What a scenario can break. Each kind changes the world by the verbs that everybody has (World::update,
// create, remove, with the fault's id as the author); what follows from the change is the model's business.
// One file per kind; the table is fault_kinds.cpp; parameters for people: docs/scenario.md and `muster
// explain`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"
#include "scenarios/scenario.hpp"
#include "telemetry/map_reader.hpp"

namespace muster {

struct FaultParameter {
  const char* name;
  const char* type;  ///< "namespace/name of a Deployment"
  bool required;
  const char* meaning;  ///< one sentence
};

/// What a kind makes of its parameters.
struct FaultAction {
  std::string target;  ///< "autonomous-dev-prod/autonomous-dev"
  std::string detail;  ///< "image registry.example.com/autonomous-dev:v1.2.3"
  std::function<void(World&)> begin;
  std::function<void(World&)> end;  ///< restores; empty if the kind does not end
};

struct FaultKind {
  const char* name;     ///< "deployment/set-image"
  const char* summary;  ///< one sentence
  std::vector<FaultParameter> parameters;
  bool ends;  ///< `for` is allowed: at its end the fault takes back what it did
  /// Reads the parameters from `map` (errors go to its context) for a system that has `objects`. `by` is the
  /// id under which the fault writes.
  FaultAction (*build)(MapReader& map, const std::vector<Object>& objects, const std::string& by);
  /// The same for a kind that must know the profile too; then `build` is null.
  FaultAction (*build_for)(MapReader& map, const SystemSpec& system, const std::string& by) = nullptr;
};

/// All kinds, sorted by name.
const std::vector<FaultKind>& fault_kinds();
/// Null if there is none of that name.
const FaultKind* find_fault_kind(const std::string& name);

/// Reads one item of `faults:`; `number` counts from 1 in file order. Errors go to the context.
ScheduledFault read_fault(const YamlNode& node, int number, const SystemSpec& system, ReadContext& context);

}  // namespace muster
