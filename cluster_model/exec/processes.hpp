// The main processes of all containers: which instance runs where, since when, and with which environment. A
// process may outlive its pod object: on a node that is cut off, nobody ends it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cluster_model/kubelet/node_health.hpp"
#include "cluster_model/store.hpp"
#include "sim/engine.hpp"

namespace muster {

struct Process {
  ObjectPtr object;  ///< the pod, its last version seen
  ObjectKey pod;
  std::string uid;  ///< of the pod
  std::string container, id, node, image;
  SimTime started{};
  std::shared_ptr<const StringMap> environment;  ///< fixed at its start
  bool detached = false;                         ///< its pod object is gone, and it runs on
};

/// How a process ended, as far as it matters for what it leaves behind.
enum class ProcessEnd : std::uint8_t {
  clean,    ///< it had time to clean up
  killed,   ///< it had not: crash, OOM kill, forced deletion
  vanished  ///< its node lost power
};

class Processes {
 public:
  using Started = std::function<void(const Process&)>;
  using Ended = std::function<void(const Process&, ProcessEnd)>;
  using Key = std::pair<std::string, std::string>;  ///< [pod uid, container]

  Processes(ObjectStore& store, NodeHealth& nodes);

  /// Null if nothing runs there.
  const Process* find(const std::string& uid, const std::string& container) const;
  const std::map<Key, Process>& all() const { return running_; }
  /// Called inside a change of the store: must not write it.
  void subscribe(Started started, Ended ended);

 private:
  void follow(const Change& change);
  void follow_container(const ObjectPtr& pod, std::size_t index);
  void end(const Key& key, ProcessEnd how);
  void end_all(const std::string& uid, ProcessEnd how);
  void node_changed(const std::string& node, NodeState now);

  ObjectStore& store_;
  NodeHealth& nodes_;
  std::map<Key, Process> running_;
  std::vector<std::pair<Started, Ended>> observers_;
};

}  // namespace muster
