// Drives pods from nodes with NoExecute taints, each after as long as it tolerates them. Model:
// kubernetes/kubernetes pkg/controller/tainteviction.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/timer.hpp"

namespace muster {

/// How long a pod may stay on a node with these taints: zero if it does not tolerate one of the NoExecute
/// taints, nothing if it may stay for ever.
std::optional<SimDuration> tolerated_for(const std::vector<Toleration>& tolerations,
                                         const std::vector<Taint>& taints);

class TaintEviction final : public Controller {
 public:
  explicit TaintEviction(ControlContext& context) : context_(context) {}

  void watch(const Change& change) override;
  void resync() override;

 private:
  struct Scheduled {
    std::string uid;
    SimTime since{}, due{};
    std::unique_ptr<Timer> timer;
  };
  void look_at_node(const Object& node);
  void look_at_pod(const Object& pod, const std::vector<Taint>& taints);
  void schedule(const Object& pod, SimTime since, SimTime due);
  void cancel(const ObjectKey& key);
  void evict(const ObjectKey& key, const std::string& uid);

  ControlContext& context_;
  std::map<ObjectKey, Scheduled> scheduled_;  // [pod]
};

}  // namespace muster
