// Jobs: pods until enough of them have succeeded. Model: kubernetes/kubernetes
// pkg/controller/job/job_controller.go. What has been counted is remembered here instead of by finalizers on
// the pods; the counts themselves are in the Job's status.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/controllers/job_math.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

class JobController final : public Controller {
 public:
  explicit JobController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& job) { queue_.add(job); }

 private:
  /// What is known of one job besides its object.
  struct Memory {
    std::set<std::string> counted;  // uids of pods whose end is in the status
    int vanished = 0;               // pods that went without an end, not yet counted
    int failures_in_a_row = 0;
    SimTime last_failure{};
    std::uint64_t pods_made = 0;
  };
  void reconcile(const ObjectKey& key);
  void count_ends(Object& job, const std::vector<ObjectPtr>& pods);
  JobCounts counts_of(const Object& job, const std::vector<ObjectPtr>& active) const;
  void note_suspension(Object& job);
  void keep_running(Object& job, std::vector<ObjectPtr> active, const JobCounts& counts);
  void end(Object& job, const std::vector<ObjectPtr>& pods, const JobFailure& failure);
  void complete(Object& job, const std::vector<ObjectPtr>& pods);
  void conclude(Object& job, const char* type, const JobFailure& why);
  void expire(const Object& job);
  void finish(const ObjectPtr& before, Object job);

  ControlContext& context_;
  WorkQueue queue_;
  std::map<std::string, Memory> memory_;  // [uid of the job]
};

}  // namespace muster
