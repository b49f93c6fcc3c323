// registry/down: an image registry does not answer.
#include "cluster_model/kubelet/registry.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

FaultAction build_registry_down(MapReader& map, const std::vector<Object>&, const std::string&) {
  const std::string host = map.text("host", "");
  return {host.empty() ? "every registry" : host, "503 Service Unavailable",
          [host](World& world) { world.registry().set_down(host, true); },
          [host](World& world) { world.registry().set_down(host, false); }};
}

}  // namespace

FaultKind registry_down_kind() {
  return {"registry/down",
          "An image registry answers 503; only containers that need an image suffer.",
          {{"host", "host name", false, "Which registry, as image references name it; every one if absent."}},
          true,
          build_registry_down};
}

}  // namespace muster
