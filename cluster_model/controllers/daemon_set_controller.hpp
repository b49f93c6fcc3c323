// DaemonSets: one pod on every node that fits. Model: kubernetes/kubernetes
// pkg/controller/daemon/daemon_controller.go and update.go.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// May a pod of this set be placed on the node, and may one that is there stay?
struct DaemonFit {
  bool run = false, stay = false;
};
DaemonFit daemon_fit(const PodTemplate& pod_template, const Object& node);
/// What the controller adds to the template's tolerations (AddOrUpdateDaemonPodTolerations).
void add_daemon_tolerations(PodSpec& spec);
/// The set's pod for a node.
Object daemon_pod(const Object& set, const Object& revision, const std::string& node,
                  const std::string& name);

class DaemonSetController final : public Controller {
 public:
  explicit DaemonSetController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& set) { queue_.add(set); }
  std::string next_pod_name(const Object& set);
  DaemonSet::Status status_of(const Object& set, const std::string& hash) const;

 private:
  using ByNode = std::map<std::string, std::vector<ObjectPtr>>;
  void reconcile(const ObjectKey& key);
  void place(const Object& set, const Object& revision, const ByNode& pods);
  void roll(const Object& set, const std::string& hash, const ByNode& pods);
  bool is_up(const Object& set, const Object& pod) const;

  ControlContext& context_;
  WorkQueue queue_;
  std::map<std::string, std::uint64_t> pods_made_;  // [uid of the set]
};

}  // namespace muster
