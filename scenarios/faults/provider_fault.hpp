// What the provider/ kinds share: one field of a side's condition is set, and set back to its default.
#pragma once

#include <string>
#include <utility>

#include "cluster_model/provider/provider.hpp"
#include "scenarios/faults/backend_parts.hpp"

namespace muster {

/// `profile` may be null after an error in the scenario; the action is then never played.
template <class Value>
FaultAction set_provider_field(const ProviderProfile* profile, int side, Value ProviderCondition::*field,
                               Value value, std::string detail) {
  const std::string name = profile ? profile->name : "";
  const auto set = [=](World& world, Value to) {
    ProviderCondition condition = world.provider(name)->condition(side);
    condition.*field = to;
    world.provider(name)->set_condition(side, condition);
  };
  return {name, std::move(detail), [=](World& world) { set(world, value); },
          [=](World& world) { set(world, ProviderCondition{}.*field); }};
}

}  // namespace muster
