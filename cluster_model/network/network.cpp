#include "cluster_model/network/network.hpp"

#include <algorithm>

#include "cluster_model/kubelet/application.hpp"
#include "cluster_model/network/address.hpp"
#include "cluster_model/network/network_state.hpp"
#include "sim/assert.hpp"

namespace muster {

namespace {

/// A lookup that nobody answers: two attempts of 5 s (resolv.conf(5), timeout and attempts).
constexpr SimDuration lookup_timeout = 10s;

/// Either direction of a pair of sets.
bool between(const std::pair<PeerSelector, PeerSelector>& pair, const KnownPeer& a, const KnownPeer& b) {
  return (selected(pair.first, a) && selected(pair.second, b)) ||
         (selected(pair.first, b) && selected(pair.second, a));
}

}  // namespace

NetworkPeer pod_peer(const ObjectKey& pod) {
  NetworkPeer peer;
  peer.pod = pod;
  return peer;
}

NetworkPeer node_peer(std::string node) {
  NetworkPeer peer;
  peer.node = std::move(node);
  return peer;
}

NetworkPeer host_peer(std::string host, int port) {
  NetworkPeer peer;
  peer.host = std::move(host);
  peer.port = port;
  return peer;
}

bool selected(const PeerSelector& selector, const KnownPeer& peer) {
  const NetworkPeer& known = peer.peer;
  const bool wants_pod = !selector.namespace_.empty() || !selector.pod.empty() || !selector.labels.empty();
  if (wants_pod && known.pod.name.empty()) return false;
  if (!selector.namespace_.empty() && selector.namespace_ != known.pod.namespace_) return false;
  if (!selector.pod.empty() && !glob_matches(selector.pod, known.pod.name)) return false;
  if (!selector.labels.empty() && (!peer.labels || !selects(selector.labels, *peer.labels))) return false;
  if (!selector.node.empty() && selector.node != known.node) return false;
  return selector.host.empty() || (!peer.inside && glob_matches(selector.host, known.host));
}

KnownPeer Network::State::know(const NetworkPeer& peer) const {
  KnownPeer known{peer, nullptr, nullptr, !peer.pod.name.empty() || !peer.node.empty()};
  if (peer.pod.name.empty()) return known;
  known.pod = store.find(peer.pod);
  if (!known.pod) return known;
  known.labels = &known.pod->meta.labels;
  if (known.peer.node.empty()) known.peer.node = known.pod->as<Pod>().spec.node_name;
  return known;
}

bool Network::State::quiet() const {
  return isolated.empty() && edges.empty() && partitions.empty() && without_dns.empty() && filters.open();
}

bool Network::State::cut(const KnownPeer& from, const KnownPeer& to) const {
  const bool same_node = !from.peer.node.empty() && from.peer.node == to.peer.node;
  if (!same_node && (isolated.contains(from.peer.node) || isolated.contains(to.peer.node))) return true;
  return std::any_of(partitions.begin(), partitions.end(),
                     [&](const Pair& pair) { return between(pair, from, to); });
}

bool Network::State::resolves(const KnownPeer& from) const {
  if (isolated.contains(from.peer.node) || !filters.may_ask_names(from.peer)) return false;
  return std::none_of(without_dns.begin(), without_dns.end(),
                      [&](const PeerSelector& deaf) { return selected(deaf, from); });
}

void Network::State::add_edges(const KnownPeer& from, const KnownPeer& to, Reach& reach) const {
  double passes = 1;
  for (const auto& [pair, edge] : edges) {
    if (!between(pair, from, to)) continue;
    reach.delay += edge.delay;
    passes *= 1 - edge.loss;
  }
  reach.loss = 1 - passes;
}

Reach Network::State::judge(const KnownPeer& from, const KnownPeer& to) const {
  Reach reach;
  const bool by_name = !to.peer.host.empty() && !parse_address(to.peer.host);
  if (by_name && from.inside && !resolves(from)) {
    reach.verdict = Reach::Verdict::no_such_host;
    reach.lookup = lookup_timeout;
    return reach;
  }
  if (cut(from, to) || !filters.allows(from.peer, to.peer)) {
    reach.verdict = Reach::Verdict::dropped;
    return reach;
  }
  add_edges(from, to, reach);
  return reach;
}

void Network::State::follow(const Change& change) {
  filters.follow(change);
  const ObjectKey key = change.after->key();
  if (key.kind != Kind::Pod || quiet()) return;
  const bool same = change.type == Change::Type::modified &&
                    change.before->meta.labels == change.after->meta.labels &&
                    change.before->as<Pod>().spec.node_name == change.after->as<Pod>().spec.node_name;
  if (!same) ++epoch;
}

Network::Network(Engine& engine, ObjectStore& store, const NetworkProfile& profile, std::uint64_t seed)
    : state_(std::make_unique<State>(engine, store, profile, seed)) {
  store.subscribe([this](const Change& change) { state_->follow(change); });
}

Network::~Network() = default;

void Network::start() {
  state_->filters.start();
}

Reach Network::reach(const NetworkPeer& from, const NetworkPeer& to) const {
  State& state = *state_;
  if (state.quiet()) return {};
  if (state.answers_epoch != state.epoch) state.answers.clear();
  state.answers_epoch = state.epoch;
  const auto [found, fresh] = state.answers.try_emplace({from, to});
  if (fresh) found->second = state.judge(state.know(from), state.know(to));
  return found->second;
}

bool Network::flows_cut(const NetworkPeer& from, const NetworkPeer& to) const {
  return !state_->quiet() && state_->cut(state_->know(from), state_->know(to));
}

std::uint64_t Network::epoch() const {
  return state_->epoch;
}

void Network::isolate_node(const std::string& node, bool on) {
  if (on ? state_->isolated.insert(node).second : state_->isolated.erase(node) > 0) ++state_->epoch;
}

bool Network::isolated(const std::string& node) const {
  return state_->isolated.contains(node);
}

void Network::set_edge(const PeerSelector& from, const PeerSelector& to, SimDuration delay, double loss) {
  MUSTER_ASSERT(delay >= 0s && loss >= 0 && loss <= 1, "an edge's delay or loss is out of range");
  if (delay == 0s && loss == 0) {
    state_->edges.erase({from, to});
  } else {
    state_->edges[{from, to}] = {delay, loss};
  }
  ++state_->epoch;
}

void Network::partition(const PeerSelector& one, const PeerSelector& other, bool on) {
  if (on ? state_->partitions.insert({one, other}).second : state_->partitions.erase({one, other}) > 0)
    ++state_->epoch;
}

void Network::fail_dns(const PeerSelector& clients, bool on) {
  if (on ? state_->without_dns.insert(clients).second : state_->without_dns.erase(clients) > 0)
    ++state_->epoch;
}

}  // namespace muster
