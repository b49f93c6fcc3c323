#include "tests/campaign/random_faults.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

#include "scenarios/faults/fault_kinds.hpp"
#include "tests/campaign/dice.hpp"

namespace muster::campaign {
namespace {

using Draw = std::function<std::string(Dice&, const DrawnSystem&)>;

bool has_settings(const DrawnSystem& system) {
  return std::any_of(system.workloads.begin(), system.workloads.end(),
                     [](const auto& w) { return w.has_config; });
}

const DrawnWorkload& one_with_settings(Dice& dice, const DrawnSystem& system) {
  std::vector<DrawnWorkload> some;
  for (const DrawnWorkload& workload : system.workloads)
    if (workload.has_config) some.push_back(workload);
  static DrawnWorkload chosen;
  return chosen = dice.pick(some);
}

/// By the words of FaultParameter::type.
const std::map<std::string, Draw>& by_type() {
  static const std::map<std::string, Draw> draws{
      {"namespace/name of a Deployment",
       [](Dice& dice, const DrawnSystem& system) { return dice.pick(system.workloads).key(); }},
      {"namespace/name of a ConfigMap",
       [](Dice& dice, const DrawnSystem& system) { return one_with_settings(dice, system).key(); }},
      {"namespace/name of a Secret",
       [](Dice& dice, const DrawnSystem& system) { return one_with_settings(dice, system).key(); }},
      {"name of a Node", [](Dice& dice, const DrawnSystem& system) { return dice.pick(system.nodes); }},
      {"namespace/name of a Service",
       [](Dice& dice, const DrawnSystem& system) {
         std::vector<std::string> keys;
         for (const DrawnWorkload& workload : system.workloads)
           if (workload.has_service) keys.push_back(workload.key());
         return dice.pick(keys);
       }},
      {"map of pods, labels, node, host",
       [](Dice& dice, const DrawnSystem& system) {
         const std::string app = fmt::format("{{labels: {{app: {}}}}}", dice.pick(system.workloads).name);
         return dice.percent(50) ? app : fmt::format("{{node: {}}}", dice.pick(system.nodes));
       }},
      {"whole number", [](Dice& dice, const DrawnSystem&) { return fmt::format("{}", dice.whole(1, 4)); }},
      {"duration", [](Dice& dice, const DrawnSystem&) { return fmt::format("{}s", dice.whole(0, 40)); }},
  };
  return draws;
}

/// By "kind parameter", where the type does not say enough; an empty text leaves the parameter out.
const std::map<std::string, Draw>& by_name() {
  static const std::map<std::string, Draw> draws{
      {"configmap/set data",
       [](Dice& dice, const DrawnSystem&) {
         return dice.word(
             {"{MODE: \"maybe\"}", "{MODE: \"off\"}", "{MODE: null}", "{LEVEL: \"9\", X: \"\"}"});
       }},
      {"secret/set data",
       [](Dice& dice, const DrawnSystem&) {
         return dice.word({"{token: short}", "{token: null}", "{other: x}"});
       }},
      {"deployment/set-image image",
       [](Dice& dice, const DrawnSystem& system) {
         const std::string tag = dice.percent(20) ? "missing" : dice.pick(image_tags);
         return fmt::format("registry.test/{}:{}", dice.pick(system.workloads).name, tag);
       }},
      {"deployment/set-strategy type",
       [](Dice& dice, const DrawnSystem&) {
         return dice.word({"Recreate", "RollingUpdate"});
       }},
      {"deployment/set-strategy maxUnavailable", [](Dice&, const DrawnSystem&) { return std::string(); }},
      {"deployment/set-strategy maxSurge", [](Dice&, const DrawnSystem&) { return std::string(); }},
      {"traffic/spike factor",
       [](Dice& dice, const DrawnSystem&) {
         return dice.word({"0.01", "0.5", "2", "4", "10"});
       }},
      {"deployment/set-image container", [](Dice&, const DrawnSystem&) { return std::string(); }},
      {"database/slow-queries queries",
       [](Dice& dice, const DrawnSystem&) {
         return dice.word({"[read]", "[write]", "[read, write]"});
       }},
      {"database/replication-lag instance", [](Dice&, const DrawnSystem&) { return std::string("db-b"); }},
      {"provider/rate-limit requestsPerSecond",
       [](Dice& dice, const DrawnSystem&) { return fmt::format("{}", dice.whole(1, 10)); }},
      {"network/latency delay",
       [](Dice& dice, const DrawnSystem&) {
         return dice.word({"20ms", "300ms", "5s"});
       }},
      {"network/loss loss",
       [](Dice& dice, const DrawnSystem&) {
         return dice.word({"1%", "20%", "90%"});
       }},
      {"disk/fill node", [](Dice& dice, const DrawnSystem& system) { return dice.pick(system.nodes); }},
      {"disk/fill claim", [](Dice&, const DrawnSystem&) { return std::string(); }},
      {"intruder/start target",
       [](Dice& dice, const DrawnSystem& system) { return dice.pick(system.workloads).key(); }},
  };
  return draws;
}

[[noreturn]] void unknown_type(const FaultKind& kind, const FaultParameter& parameter) {
  std::fprintf(stderr,
               "campaign: fault kind %s: nothing here can draw the required parameter \"%s\" of type \"%s\"; "
               "add it to tests/campaign/random_faults.cpp\n",
               kind.name, parameter.name, parameter.type);
  std::exit(2);
}

std::string draw_parameter(const FaultKind& kind, const FaultParameter& parameter, Dice& dice,
                           const DrawnSystem& system) {
  const auto named = by_name().find(std::string(kind.name) + " " + parameter.name);
  if (named != by_name().end()) return named->second(dice, system);
  const auto typed = by_type().find(parameter.type);
  if (typed == by_type().end()) {
    if (parameter.required) unknown_type(kind, parameter);
    return {};
  }
  return parameter.required || dice.percent(40) ? typed->second(dice, system) : std::string();
}

/// A kind that needs something this system does not have.
bool possible(const FaultKind& kind, const DrawnSystem& system) {
  const std::string name = kind.name;
  if (name.starts_with("database/") && !system.has_database) return false;
  if (name.starts_with("provider/") && !system.has_provider) return false;
  for (const FaultParameter& parameter : kind.parameters) {
    const std::string type = parameter.type;
    const bool settings = type.ends_with("of a ConfigMap") || type.ends_with("of a Secret");
    if (settings && !has_settings(system)) return false;
  }
  return true;
}

std::string draw_fault(const FaultKind& kind, Dice& dice, const DrawnSystem& system) {
  const int at = dice.whole(faults_begin_s, faults_end_s - 20);
  std::string text = fmt::format("  - at: {}s\n    kind: {}\n", at, kind.name);
  if (kind.ends) text += fmt::format("    for: {}s\n", dice.whole(10, faults_end_s - at));
  for (const FaultParameter& parameter : kind.parameters) {
    const std::string value = draw_parameter(kind, parameter, dice, system);
    if (!value.empty()) text += fmt::format("    {}: {}\n", parameter.name, value);
  }
  return text;
}

}  // namespace

std::string draw_faults(std::uint64_t seed, const DrawnSystem& system) {
  Dice dice(seed, "faults");
  std::string text;
  const int count = dice.whole(0, 4);
  for (int i = 0; i < count; ++i) {
    const FaultKind& kind = dice.pick(fault_kinds());
    if (possible(kind, system)) text += draw_fault(kind, dice, system);
  }
  return text.empty() ? "faults: []\n" : "faults:\n" + text;
}

}  // namespace muster::campaign
