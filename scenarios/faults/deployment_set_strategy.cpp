// deployment/set-strategy: somebody changes how the deployment replaces its pods.
#include <fmt/format.h>

#include <charconv>
#include <tuple>

#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

struct Strategy {
  bool recreate = false;
  IntOrPercent max_surge, max_unavailable;
  friend bool operator==(const Strategy&, const Strategy&) = default;
};

Strategy strategy_of(const Deployment& deployment) {
  return {deployment.recreate, deployment.max_surge, deployment.max_unavailable};
}

// Replaces `only_from` (or anything, if null) by `to`.
std::optional<Strategy> swap(World& world, const ObjectKey& key, const std::string& by, const Strategy& to,
                             const Strategy* only_from) {
  std::optional<Strategy> before;
  change_object(world, key, by, [&](Object& object) {
    Deployment& deployment = object.as<Deployment>();
    if (only_from && strategy_of(deployment) != *only_from) return false;
    before = strategy_of(deployment);
    std::tie(deployment.recreate, deployment.max_surge, deployment.max_unavailable) =
        std::tie(to.recreate, to.max_surge, to.max_unavailable);
    return true;
  });
  return before;
}

IntOrPercent read_int_or_percent(MapReader& map, const std::string& key) {
  std::string text = map.text(key, "25%");  // Kubernetes' default for both (pkg/apis/apps/v1/defaults.go)
  IntOrPercent value;
  value.percent = text.ends_with('%');
  if (value.percent) text.pop_back();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value.value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || value.value < 0 || value.value > 10'000)
    map.fail(key, fmt::format("\"{}\": expected a number of pods or a percentage such as 25%", key));
  return value;
}

Strategy read_strategy(MapReader& map) {
  Strategy strategy;
  const std::string type = map.text("type", "RollingUpdate");
  strategy.recreate = type == "Recreate";
  if (type != "Recreate" && type != "RollingUpdate")
    map.fail("type", fmt::format("no such strategy \"{}\"{}", type,
                                 expected_one_of(type, {"Recreate", "RollingUpdate"})));
  strategy.max_surge = read_int_or_percent(map, "maxSurge");
  strategy.max_unavailable = read_int_or_percent(map, "maxUnavailable");
  if (strategy.recreate && (map.node("maxSurge") || map.node("maxUnavailable")))
    map.fail("type", "\"Recreate\" has no maxSurge and no maxUnavailable");
  else if (!strategy.recreate && strategy.max_surge.value == 0 && strategy.max_unavailable.value == 0)
    map.fail("maxSurge", "maxSurge and maxUnavailable cannot both be 0: nothing could ever move");
  return strategy;
}

std::string describe(const Strategy& strategy) {
  if (strategy.recreate) return "strategy Recreate";
  const auto text = [](IntOrPercent value) {
    return fmt::format("{}{}", value.value, value.percent ? "%" : "");
  };
  return fmt::format("strategy RollingUpdate, maxUnavailable {}, maxSurge {}", text(strategy.max_unavailable),
                     text(strategy.max_surge));
}

FaultAction build_deployment_set_strategy(MapReader& map, const std::vector<Object>& objects,
                                          const std::string& by) {
  const ObjectKey key = read_object_key(map, "deployment", Kind::Deployment, objects);
  const Strategy strategy = read_strategy(map);
  auto before = std::make_shared<std::optional<Strategy>>();
  return {target_of(key), describe(strategy),
          [=](World& world) { *before = swap(world, key, by, strategy, nullptr); },
          [=](World& world) {
            if (*before) swap(world, key, by, **before, &strategy);
          }};
}

}  // namespace

FaultKind deployment_set_strategy_kind() {
  return {"deployment/set-strategy",
          "Changes how the deployment replaces its pods.",
          {{"deployment", "namespace/name of a Deployment", true, "What is changed."},
           {"type", "RollingUpdate or Recreate", false, "RollingUpdate if absent."},
           {"maxUnavailable", "count or percentage", false,
            "Pods that may be missing during a rollout; 25% if absent."},
           {"maxSurge", "count or percentage", false,
            "Pods above the wanted number during a rollout; 25% if absent."}},
          true,
          build_deployment_set_strategy};
}

}  // namespace muster
