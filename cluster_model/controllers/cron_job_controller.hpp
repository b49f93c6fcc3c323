// CronJobs: a Job at every time that the schedule names, in UTC. Model: kubernetes/kubernetes
// pkg/controller/cronjob/cronjob_controllerv2.go.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cluster_model/controllers/control_context.hpp"
#include "cluster_model/controllers/controller.hpp"
#include "cluster_model/cron_schedule.hpp"
#include "cluster_model/work_queue.hpp"

namespace muster {

/// The scheduled times after `earliest` up to `now`, in unix seconds: the last of them, and how many.
struct MissedTimes {
  std::optional<std::int64_t> last;
  int count = 0;  ///< at most 101: beyond 100 it does not matter
};
MissedTimes missed_times(const CronSchedule& schedule, std::int64_t earliest, std::int64_t now);
/// "NAME-29367845": the scheduled minute since 1970.
std::string cron_job_name(const std::string& cron_job, std::int64_t scheduled);

class CronJobController final : public Controller {
 public:
  explicit CronJobController(ControlContext& context);

  void watch(const Change& change) override;
  void resync() override;
  void enqueue(const ObjectKey& cron_job) { queue_.add(cron_job); }
  /// Before time 0 every job ran as scheduled and was cleared away.
  void settle(const ObjectPtr& cron_job);

 private:
  void reconcile(const ObjectKey& key);
  void clear_history(const Object& cron_job, const std::vector<ObjectPtr>& jobs);
  void note_finished(Object& cron_job, const std::vector<ObjectPtr>& jobs);
  void start_due(Object& cron_job, const CronSchedule& schedule);
  /// False if the policy says not now.
  bool make_way(Object& cron_job);
  void start(Object& cron_job, std::int64_t scheduled);
  std::vector<ObjectPtr> jobs_of(const Object& cron_job) const;
  std::int64_t unix_now() const;
  SimTime sim_time(std::int64_t unix_seconds) const;

  ControlContext& context_;
  WorkQueue queue_;
};

}  // namespace muster
