// network/latency, network/loss, network/partition, network/dns-failure: conditions of the network between
// two sets of ends. What follows (slow queries, timeouts, retries) is the models' business.
#include <fmt/format.h>

#include "cluster_model/network/network.hpp"
#include "scenarios/faults/kinds.hpp"
#include "scenarios/faults/peer_parts.hpp"

namespace muster {

namespace {

const FaultParameter from_parameter{
    "from", "map of pods, labels, node, host", true,
    "One end: `pods` is namespace/name with `*` and `?`, `labels` of pods, `node`, or "
    "`host` outside the cluster."};
const FaultParameter to_parameter{"to", "map of pods, labels, node, host", false,
                                  "The other end; everybody if absent."};

std::string between(const PeerSelector& from, const PeerSelector& to) {
  return fmt::format("{} - {}", describe(from), describe(to));
}

FaultAction edge(const PeerSelector& from, const PeerSelector& to, SimDuration delay, double loss,
                 std::string detail) {
  return {between(from, to), std::move(detail),
          [=](World& world) { world.network().set_edge(from, to, delay, loss); },
          [=](World& world) { world.network().set_edge(from, to, SimDuration(0), 0); }};
}

FaultAction build_latency(MapReader& map, const std::vector<Object>&, const std::string&) {
  const PeerSelector from = read_peers(map, "from", true), to = read_peers(map, "to", false);
  const SimDuration delay = map.duration("delay");
  if (map.node("delay") && (delay <= 0s || delay > 60s))
    map.fail("delay", "\"delay\": expected more than 0s and at most 60s");
  return edge(from, to, delay < 0s ? SimDuration(0) : delay, 0,
              "adds " + format_duration(delay) + " per round trip");
}

FaultAction build_loss(MapReader& map, const std::vector<Object>&, const std::string&) {
  const PeerSelector from = read_peers(map, "from", true), to = read_peers(map, "to", false);
  const double loss = map.share("loss");
  return edge(from, to, SimDuration(0), loss, fmt::format("loses {:.1f} % of the packets", loss * 100));
}

FaultAction build_partition(MapReader& map, const std::vector<Object>&, const std::string&) {
  const PeerSelector from = read_peers(map, "from", true), to = read_peers(map, "to", false);
  return {between(from, to), "nothing passes",
          [=](World& world) { world.network().partition(from, to, true); },
          [=](World& world) { world.network().partition(from, to, false); }};
}

FaultAction build_dns(MapReader& map, const std::vector<Object>&, const std::string&) {
  const PeerSelector from = read_peers(map, "from", false);
  return {describe(from), "name lookups fail", [=](World& world) { world.network().fail_dns(from, true); },
          [=](World& world) { world.network().fail_dns(from, false); }};
}

}  // namespace

FaultKind network_latency_kind() {
  return {
      "network/latency",
      "Adds delay to every round trip between two sets of ends.",
      {from_parameter, to_parameter, {"delay", "duration", true, "Added to each round trip, at most 60s."}},
      true,
      build_latency};
}

FaultKind network_loss_kind() {
  return {"network/loss",
          "Loses packets between two sets of ends.",
          {from_parameter, to_parameter, {"loss", "share", true, "Of the packets, in both directions."}},
          true,
          build_loss};
}

FaultKind network_partition_kind() {
  return {"network/partition",
          "Cuts all connections between two sets of ends, established ones too.",
          {from_parameter, to_parameter},
          true,
          build_partition};
}

FaultKind network_dns_failure_kind() {
  return {"network/dns-failure",
          "Name lookups of some pods or nodes get no answer.",
          {{"from", "map of pods, labels, node", false, "Whose lookups; everybody's if absent."}},
          true,
          build_dns};
}

}  // namespace muster
