// The scheduler: binds pods to nodes; a pod that fits nowhere waits and is tried again when something
// changed. Model: kubernetes/kubernetes pkg/scheduler (back-off 1 s doubling to 10 s, forced retry after 5
// min).
#pragma once

#include <map>
#include <string>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/node_rooms.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// How long a pod that failed to be scheduled `attempts` times is not tried again.
SimDuration scheduling_backoff(int attempts);

class Scheduler final : public Controller {
 public:
  explicit Scheduler(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& pod) { queue_.add(pod); }
  /// The node this pod would get now; empty if none.
  std::string choose(const Object& pod);
  /// Hears of every change from the beginning, before watch() does.
  void count(const Change& change) { rooms_.watch(change); }

  static constexpr SimDuration forced_retry = 300s;

 private:
  struct Waiting {
    int attempts = 0;
    SimTime tried{};
  };
  void schedule(const ObjectKey& key);
  const std::vector<NodeRoom>& rooms_for(const Object& pod);
  void select_node(const std::vector<ObjectPtr>& claims, const std::string& node);
  void bind(const ObjectPtr& pod, const std::string& node);
  void refuse(const ObjectPtr& pod, const std::string& message);
  void retry_waiting();

  ControlContext& context_;
  WorkQueue queue_;
  NodeRooms rooms_;
  std::map<ObjectKey, Waiting> waiting_;
};

}  // namespace muster
