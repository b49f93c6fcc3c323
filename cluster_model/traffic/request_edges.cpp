// The network between a caller and a process: who may connect, and how long packets take.
#include <algorithm>
#include <cmath>

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {
namespace {

// Linux: the first retransmission of a SYN after 1 s, of data after 200 ms at least; each further pause is
// twice as long (RFC 6298; net/ipv4/tcp.h TCP_TIMEOUT_INIT, TCP_RTO_MIN).
constexpr SimDuration syn_pause{1'000'000'000}, data_pause{200'000'000};
constexpr int most_losses = 6;  // tcp_syn_retries

/// What lost packets add to one round trip: either direction may lose it.
SimDuration retransmissions(double loss, SimDuration pause, std::uint64_t word) {
  if (loss <= 0) return SimDuration{0};
  const double lost = 1 - (1 - loss) * (1 - loss);
  SimDuration added{0};
  for (int i = 0; i < most_losses; ++i) {
    if (unit_interval(mix(word, static_cast<std::uint64_t>(i))) >= lost) break;
    added += pause;
    pause *= 2;
  }
  return added;
}

}  // namespace

NetworkPeer RequestPath::State::peer_of(const RequestServer& server) const {
  NetworkPeer peer = pod_peer({Kind::Pod, server.spec.namespace_, server.spec.pod});
  peer.node = server.spec.node;
  return peer;
}

/// Remembered by the caller's process; of users, who are a host outside, by the process they go to.
const RequestServer::Edge& RequestPath::State::edge_to(const Call& call, std::uint32_t target) {
  const bool from_process = call.from == Call::From::visit;
  const std::uint32_t keeper = from_process ? visits[call.parent].server : target;
  const ServerId to = from_process ? ServerId{target, servers[target].generation} : ServerId{};
  auto& edges = servers[keeper].server->edges;
  auto edge = std::find_if(edges.begin(), edges.end(), [&](const auto& known) { return known.to == to; });
  if (edge == edges.end()) edge = edges.insert(edge, {to, UINT64_MAX, {}, false});
  if (edge->epoch == network->epoch()) return *edge;
  NetworkPeer peer = peer_of(*servers[target].server);
  const NetworkPeer from = from_process ? peer_of(*servers[keeper].server) : host_peer("users");
  edge->epoch = network->epoch();
  edge->cut = network->flows_cut(from, peer);
  const ServiceState& service = services[call.service];
  if (from_process) peer.host = service.kubernetes_service + "." + service.namespace_ + ".svc";
  edge->reach = network->reach(from, peer);
  return *edge;
}

/// An open connection to the target that nobody uses, if the caller keeps one.
bool RequestPath::State::take_connection(std::uint32_t slot, ServerId target) {
  Call& call = calls[slot];
  if (call.from != Call::From::visit) return false;
  PolicyState& policy = policy_of(call);
  call.keeps_connection = policy.keep_alive > 0;
  call.connected_to = target;
  const auto open = std::find(policy.idle.rbegin(), policy.idle.rend(), target);
  if (open == policy.idle.rend()) return false;
  policy.idle.erase(std::next(open).base());
  return true;
}

void RequestPath::State::give_back_connection(const Call& call) {
  if (!call.keeps_connection || !find(call.connected_to)) return;
  PolicyState& policy = policy_of(call);
  std::erase_if(policy.idle, [&](ServerId open) { return !find(open); });
  const auto kept = std::count(policy.idle.begin(), policy.idle.end(), call.connected_to);
  if (kept < policy.keep_alive) policy.idle.push_back(call.connected_to);
}

/// The answer of a process does not get through. Probes come from its own node, messages from no flow.
bool RequestPath::State::is_cut(std::uint32_t call_slot, std::uint32_t server_index) {
  const Call& call = calls[call_slot];
  if (call.from == Call::From::probe || call.from == Call::From::queue) return false;
  return edge_to(call, server_index).cut;
}

void RequestPath::State::cross(std::uint32_t slot, ServerId target, const Luck& luck) {
  Call& call = calls[slot];
  const bool open = take_connection(slot, target);
  SimDuration way{0};
  if (network) {
    const RequestServer::Edge& known = edge_to(call, target.index);
    const Reach& edge = known.reach;
    if (open && known.cut) return lose(slot, retransmission_timeout);
    if (!open && edge.verdict == Reach::Verdict::dropped) return lose(slot, connect_timeout(call));
    if (!open && edge.verdict == Reach::Verdict::no_such_host)
      return attempt_ended(slot, Outcome::unavailable);
    way = edge.delay + retransmissions(edge.loss, data_pause, luck[gap_word]);
    if (!open)
      way += edge.delay + edge.lookup + retransmissions(edge.loss, syn_pause, mix(luck[gap_word], 7));
  }
  wait_until_deadline(slot);
  if (way == SimDuration{0}) return accept(target.index, slot, luck);
  call.state = Call::State::crossing;
  engine.schedule_in(way, Lane::model, [this, ref = SlotRef{slot, call.generation}, target] {
    const Turn turn(*this);
    Call* sent = calls.find(ref.slot, ref.generation);
    if (!sent || sent->state != Call::State::crossing) return;
    const RequestServer* server = find(target);
    if (!server && vanished(target)) return lose(ref.slot, retransmission_timeout);
    if (!server || !server->has_room()) return attempt_ended(ref.slot, Outcome::unavailable);
    accept(target.index, ref.slot, luck_of(*sent));
  });
}

}  // namespace muster
