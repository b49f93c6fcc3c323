// One end of a connection, and sets of ends.
#pragma once

#include <string>

#include "cluster_model/objects/kind.hpp"
#include "cluster_model/objects/meta.hpp"

namespace muster {

/// Who connects, or to whom.
struct NetworkPeer {
  ObjectKey pod{};     ///< empty name: no pod
  std::string node{};  ///< of a pod it may be left empty; alone: the node itself (its kubelet)
  std::string host{};  ///< as target: the DNS name that is looked up first ("db.internal"), of a pod's
                       ///< Service too; empty: the address is known. Alone it is a host outside the cluster
  int port = 0;        ///< as target, TCP; 0 = not told, and every rule about ports passes
  friend auto operator<=>(const NetworkPeer&, const NetworkPeer&) = default;
};
NetworkPeer pod_peer(const ObjectKey& pod);
NetworkPeer node_peer(std::string node);
NetworkPeer host_peer(std::string host, int port = 0);

/// Those ends of which everything holds that is set; nothing set: all.
struct PeerSelector {
  std::string namespace_{}, pod{};  ///< pod: its name, `*` and `?` as in a shell
  StringMap labels{};               ///< of pods
  std::string node{};               ///< a pod's node, or the node itself
  std::string host{};               ///< a host outside the cluster, `*` and `?` as in a shell
  friend auto operator<=>(const PeerSelector&, const PeerSelector&) = default;
};

}  // namespace muster
