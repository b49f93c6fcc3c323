// What the nodes' packet filters know: policies and pod labels reach them a little after they were written. A
// new pod is known when it starts.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cluster_model/network/policy_rules.hpp"
#include "cluster_model/profile/network.hpp"
#include "cluster_model/store.hpp"
#include "sim/engine.hpp"

namespace muster {

class DataPlane {
 public:
  /// `changed` is called whenever an answer may have changed.
  DataPlane(Engine& engine, const ObjectStore& store, const NetworkProfile& profile, std::uint64_t seed,
            std::function<void()> changed);

  void follow(const Change& change);
  void start() { started_ = true; }

  /// No policy is in force: everything passes.
  bool open() const { return policies_.empty(); }
  bool allows(const NetworkPeer& from, const NetworkPeer& to) const;
  /// May this pod ask the cluster's name server?
  bool may_ask_names(const NetworkPeer& from) const;

 private:
  void follow_policy(const Change& change);
  void follow_pod(const Change& change);
  struct Pending {
    ObjectKey key;
    ObjectPtr policy;  // null: it is deleted, or a pod's labels have changed
  };
  /// The change reaches the nodes now, or after its time.
  void later(const ObjectKey& about, std::uint64_t number);
  void arrive(std::uint64_t number);
  void enforce(const Pending& change, std::uint64_t number);
  void relabel(const ObjectKey& key, std::uint64_t number);
  FilterPeer seen(const NetworkPeer& peer) const;
  const StringMap& labels_of(const Object& pod) const;
  std::optional<std::uint32_t> address_of(const NetworkPeer& peer, const Object* pod) const;

  struct OldLabels {
    StringMap labels;
    std::uint64_t number = 0;  // of the last change
  };

  Engine& engine_;
  const ObjectStore& store_;
  const NetworkProfile& profile_;
  std::uint64_t seed_;
  std::function<void()> changed_;
  bool started_ = false;
  std::uint64_t number_ = 0;                       // of the last change that is on its way
  std::map<ObjectKey, std::uint64_t> draws_;       // changes so far of this object, for its luck
  std::map<std::uint64_t, Pending> pending_;       // [number]
  std::map<ObjectKey, std::uint64_t> last_order_;  // of the newest change in force
  std::map<ObjectKey, OldLabels> old_labels_;      // of pods whose change is on its way
  std::vector<ObjectPtr> policies_;                // in force, in key order
};

}  // namespace muster
