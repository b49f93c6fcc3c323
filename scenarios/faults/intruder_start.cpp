// intruder/start: somebody begins to break in. docs/intruder.md says what he needs and what stops him.
#include <fmt/format.h>

#include "cluster_model/intruder/intruder.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

bool names_something(const std::vector<Object>& objects, const std::string& namespace_,
                     const std::string& name) {
  for (const Object& object : objects) {
    if (object.meta.namespace_ == namespace_ && object.meta.name == name) return true;
  }
  return false;
}

FaultAction build_intruder_start(MapReader& map, const std::vector<Object>& objects, const std::string&) {
  const std::string target = map.text("target");
  const double speed = map.number("speed", 0.01, 100, 1.0);
  const std::size_t slash = target.find('/');
  const std::string namespace_ = target.substr(0, std::min(slash, target.size()));
  const std::string name = slash == std::string::npos ? "" : target.substr(slash + 1);
  if (!target.empty() && !names_something(objects, namespace_, name)) {
    map.fail("target",
             fmt::format("\"target\": expected namespace/name of a workload or pod of the system, found "
                         "\"{}\"",
                         target));
  }
  return {target,
          fmt::format("speed {:g}", speed),
          [=](World& world) { world.intruder().start(namespace_, name, speed); },
          {}};
}

}  // namespace

FaultKind intruder_start_kind() {
  return {"intruder/start",
          "Somebody breaks into a vulnerable container and goes on from there.",
          {{"target", "namespace/name of a workload or pod", true, "Whose containers are tried."},
           {"speed", "number", false, "Divides all the intruder's pauses; 1 if absent."}},
          false,
          build_intruder_start};
}

}  // namespace muster
