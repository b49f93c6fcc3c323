// traffic/spike: the users of a service ask more often, or less.
#include <fmt/format.h>

#include "cluster_model/traffic/request_path.hpp"
#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

// A Service that the profile puts no users in front of has nobody who could ask more.
void set_factor(World& world, const ObjectKey& service, double factor) {
  const int index = world.requests().service_index(service.namespace_, service.name);
  if (index >= 0) world.requests().set_spike(index, factor);
}

FaultAction build_traffic_spike(MapReader& map, const std::vector<Object>& objects, const std::string&) {
  const ObjectKey service = read_object_key(map, "service", Kind::Service, objects);
  const double factor = map.number("factor", 0.001, 1000);
  return {target_of(service), fmt::format("{} times the usual rate", factor),
          [=](World& world) { set_factor(world, service, factor); },
          [=](World& world) { set_factor(world, service, 1); }};
}

}  // namespace

FaultKind traffic_spike_kind() {
  return {"traffic/spike",
          "The users of a service ask more often, or less.",
          {{"service", "namespace/name of a Service", true, "Whose users."},
           {"factor", "number", true, "Times the profile's rate, more than 0."}},
          true,
          build_traffic_spike};
}

}  // namespace muster
