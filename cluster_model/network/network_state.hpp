// What a Network knows. Internal to cluster_model/network.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cluster_model/network/data_plane.hpp"
#include "cluster_model/network/network.hpp"

namespace muster {

/// A peer with what the cluster says of it.
struct KnownPeer {
  NetworkPeer peer;
  ObjectPtr pod;                      ///< null: no pod, or none of that name
  const StringMap* labels = nullptr;  ///< of the pod, as the nodes know them now; null without a pod
  bool inside = false;                ///< pod or node
};

struct Network::State {
  State(Engine& engine_, ObjectStore& store_, const NetworkProfile& profile_, std::uint64_t seed_)
      : store(store_), filters(engine_, store_, profile_, seed_, [this] { ++epoch; }) {}

  struct Edge {
    SimDuration delay{};
    double loss = 0;
  };
  using Pair = std::pair<PeerSelector, PeerSelector>;

  KnownPeer know(const NetworkPeer& peer) const;
  bool quiet() const;
  bool cut(const KnownPeer& from, const KnownPeer& to) const;
  bool resolves(const KnownPeer& from) const;
  Reach judge(const KnownPeer& from, const KnownPeer& to) const;
  void add_edges(const KnownPeer& from, const KnownPeer& to, Reach& reach) const;
  void follow(const Change& change);

  ObjectStore& store;
  std::uint64_t epoch = 1;
  DataPlane filters;
  std::set<std::string> isolated;  // nodes
  std::map<Pair, Edge> edges;
  std::set<Pair> partitions;
  std::set<PeerSelector> without_dns;
  std::map<std::pair<NetworkPeer, NetworkPeer>, Reach> answers;  // of answers_epoch
  std::uint64_t answers_epoch = 0;
};

bool selected(const PeerSelector& selector, const KnownPeer& peer);

}  // namespace muster
