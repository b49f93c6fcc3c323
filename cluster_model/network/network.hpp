// Which connections come about, and how quick they are: name lookup, NetworkPolicies, isolated nodes,
// partitions, latency and loss per edge. Established flows are their owners' business: a NetworkPolicy does
// not cut them (Calico leaves conntrack entries alone), a cut node or partition does (`flows_cut`).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cluster_model/network/network_peer.hpp"
#include "cluster_model/profile/network.hpp"
#include "cluster_model/store.hpp"
#include "sim/engine.hpp"

namespace muster {

/// What a new connection meets.
struct Reach {
  enum class Verdict : std::uint8_t {
    open,
    dropped,      ///< packets vanish: the caller waits for its own connect timeout
    no_such_host  ///< the name is not resolved; `lookup` has passed by then
  };
  Verdict verdict = Verdict::open;
  SimDuration delay{};   ///< added to each round trip
  double loss = 0;       ///< of each packet, in either direction; 0..1
  SimDuration lookup{};  ///< time that the name lookup adds, once per connection
  bool open() const { return verdict == Verdict::open; }
  friend bool operator==(const Reach&, const Reach&) = default;
};

class Network {
 public:
  /// Follows Pods, Nodes, Namespaces and NetworkPolicies in the store. All outlive it.
  Network(Engine& engine, ObjectStore& store, const NetworkProfile& profile, std::uint64_t seed);
  ~Network();
  /// From now on a written policy or label takes its time to reach the nodes; before, it holds at once.
  void start();

  /// A new connection from `from` to `to`, judged now. A read: it draws nothing and changes nothing.
  Reach reach(const NetworkPeer& from, const NetworkPeer& to) const;
  /// An established flow between the two carries nothing: node cut off, or a partition between them.
  bool flows_cut(const NetworkPeer& from, const NetworkPeer& to) const;
  /// Rises whenever any answer of the two above may have changed; cache by it.
  std::uint64_t epoch() const;

  /// The node loses its network: its pods reach each other, nobody else, and nobody reaches them.
  void isolate_node(const std::string& node, bool on);
  bool isolated(const std::string& node) const;
  /// Adds this to every round trip between the two sets, whoever begins; both zero takes it back. Edges
  /// that overlap add up.
  void set_edge(const PeerSelector& from, const PeerSelector& to, SimDuration delay, double loss);
  /// Nothing passes between the two sets, in either direction, established flows included.
  void partition(const PeerSelector& one, const PeerSelector& other, bool on);
  /// These pods' and nodes' name lookups fail; an empty selector: everybody's.
  void fail_dns(const PeerSelector& clients, bool on);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muster
