#include "cluster_model/controllers/job_controller.hpp"

#include <algorithm>

#include "cluster_model/controllers/deployment_status.hpp"
#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/scale_down_order.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource job_controller{"job-controller", ""};

bool has_condition(const Object& job, const char* type) {
  const Condition* found = find_condition(job.as<Job>().status.conditions, type);
  return found && found->status == "True";
}

/// A pod that is being deleted has failed, unless it has succeeded (isPodFailed).
bool has_failed(const Object& pod) {
  const std::string& phase = pod.as<Pod>().status.phase;
  return phase == "Failed" || (pod.meta.deletion_at && phase != "Succeeded");
}

SimTime end_of(const Object& pod, SimTime now) {
  SimTime last{};
  for (const ContainerStatus& container : pod.as<Pod>().status.containers)
    last = std::max(last, container.state.finished_at);
  return last == SimTime{} ? now : last;
}

}  // namespace

JobController::JobController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "job", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void JobController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  const bool deleted = change.type == Change::Type::deleted;
  if (key.kind == Kind::Job) {
    if (deleted) memory_.erase(object.meta.uid);
    return queue_.add(key);
  }
  if (key.kind != Kind::Pod) return;
  if (const auto former = former_controller(change, Kind::Job)) queue_.add(*former);
  const OwnerReference* owner = controller_of(object.meta);
  if (!owner || owner->kind != "Job") return;
  const auto known = memory_.find(owner->uid);
  if (deleted && known != memory_.end()) {
    Memory& memory = known->second;
    const bool counted = memory.counted.erase(object.meta.uid) > 0;
    if (!counted && object.as<Pod>().status.phase != "Succeeded") memory.vanished += 1;
  }
  queue_.add({Kind::Job, key.namespace_, owner->name});
}

void JobController::resync() {
  for (const ObjectPtr& job : context_.store.list(Kind::Job)) enqueue(job->key());
}

void JobController::reconcile(const ObjectKey& key) {
  const ObjectPtr stored = context_.store.find(key);
  if (!stored || stored->meta.deletion_at) return;
  if (is_finished(stored->as<Job>())) return expire(*stored);
  Object job = *stored;
  auto& body = job.as<Job>();
  memory_[job.meta.uid];
  const SimTime now = context_.engine.now();
  if (!body.status.start_time && !body.spec.suspend) body.status.start_time = now;
  const std::vector<ObjectPtr> pods =
      claim_pods(context_, job, body.spec.selector, [](const Object&) { return true; });
  count_ends(job, pods);
  std::vector<ObjectPtr> active;
  for (const ObjectPtr& pod : pods) {
    if (is_active(*pod)) active.push_back(pod);
  }
  const JobCounts counts = counts_of(job, active);
  const auto failure = job_failure(body.spec, counts, body.status.start_time, now);
  if (has_condition(job, "FailureTarget") || failure) {
    end(job, pods, failure.value_or(JobFailure{}));
  } else if (job_complete(body.spec, counts)) {
    complete(job, pods);
  } else {
    note_suspension(job);
    keep_running(job, std::move(active), counts);
  }
  finish(stored, std::move(job));
}

void JobController::count_ends(Object& job, const std::vector<ObjectPtr>& pods) {
  auto& status = job.as<Job>().status;
  Memory& memory = memory_[job.meta.uid];
  const auto note_failure = [&](SimTime at) {
    status.failed += 1;
    memory.failures_in_a_row += 1;
    memory.last_failure = std::max(memory.last_failure, at);
  };
  for (const ObjectPtr& pod : pods) {
    const bool succeeded = pod->as<Pod>().status.phase == "Succeeded";
    if ((!succeeded && !has_failed(*pod)) || !memory.counted.insert(pod->meta.uid).second) continue;
    if (succeeded) {
      status.succeeded += 1;
      memory.failures_in_a_row = 0;
    } else {
      note_failure(end_of(*pod, context_.engine.now()));
    }
  }
  for (; memory.vanished > 0; --memory.vanished) note_failure(context_.engine.now());
}

JobCounts JobController::counts_of(const Object& job, const std::vector<ObjectPtr>& active) const {
  const JobStatus& status = job.as<Job>().status;
  JobCounts counts{static_cast<int>(active.size()), status.succeeded, status.failed, 0};
  for (const ObjectPtr& pod : active) counts.restarts += restarts_of(pod->as<Pod>());
  return counts;
}

void JobController::note_suspension(Object& job) {
  auto& body = job.as<Job>();
  const SimTime now = context_.engine.now();
  const bool was = has_condition(job, "Suspended");
  if (body.spec.suspend == was) return;
  if (body.spec.suspend) {
    set_condition(body.status.conditions, {"Suspended", "True", "JobSuspended", "Job suspended", now, now});
    body.status.start_time.reset();
    context_.events.normal(job, job_controller, "Suspended", "Job suspended");
  } else {
    set_condition(body.status.conditions, {"Suspended", "False", "JobResumed", "Job resumed", now, now});
    body.status.start_time = now;
    context_.events.normal(job, job_controller, "Resumed", "Job resumed");
  }
}

void JobController::keep_running(Object& job, std::vector<ObjectPtr> active, const JobCounts& counts) {
  const JobSpec& spec = job.as<Job>().spec;
  const SimTime now = context_.engine.now();
  Memory& memory = memory_[job.meta.uid];
  const int wanted = spec.suspend ? 0 : wanted_active(spec, counts);
  if (counts.active > wanted) {
    active = scale_down_order(std::move(active), now);
    for (int i = 0; i < counts.active - wanted; ++i)
      delete_pod(context_, job, job_controller, active[static_cast<std::size_t>(i)]->key());
  }
  if (counts.active < wanted && memory.failures_in_a_row > 0) {
    const SimTime earliest = memory.last_failure + job_backoff(memory.failures_in_a_row);
    if (earliest > now) return queue_.add_at(job.key(), earliest);
  }
  for (int i = counts.active; i < wanted; ++i) {
    const std::string name = free_pod_name(context_, job, memory.pods_made);
    if (create_pod(context_, job, job_controller, pod_from_template(job, *spec.pod_template, name))) continue;
    queue_.add_at(job.key(), now + 10s);
    break;
  }
  const auto& started = job.as<Job>().status.start_time;
  if (spec.active_deadline && started) queue_.add_at(job.key(), *started + *spec.active_deadline);
}

/// First the pods go, then the job is Failed (JobPodReplacementPolicy, beta since 1.29).
void JobController::end(Object& job, const std::vector<ObjectPtr>& pods, const JobFailure& failure) {
  auto& conditions = job.as<Job>().status.conditions;
  const SimTime now = context_.engine.now();
  if (!has_condition(job, "FailureTarget")) {
    set_condition(conditions, {"FailureTarget", "True", failure.reason, failure.message, now, now});
  }
  bool alive = false;
  for (const ObjectPtr& pod : pods) {
    if (is_active(*pod)) delete_pod(context_, job, job_controller, pod->key());
    const ObjectPtr left = context_.store.find(pod->key());
    alive = alive || (left && !is_finished(left->as<Pod>()));
  }
  if (alive) return;
  const Condition target = *find_condition(conditions, "FailureTarget");
  conclude(job, "Failed", {target.reason, target.message});
  context_.events.warning(job, job_controller, target.reason, target.message);
}

void JobController::complete(Object& job, const std::vector<ObjectPtr>& pods) {
  auto& status = job.as<Job>().status;
  const SimTime now = context_.engine.now();
  const JobFailure why{"CompletionsReached", "Reached expected number of succeeded pods"};
  if (!has_condition(job, "SuccessCriteriaMet"))
    set_condition(status.conditions, {"SuccessCriteriaMet", "True", why.reason, why.message, now, now});
  for (const ObjectPtr& pod : pods) {
    if (pod->meta.deletion_at && !is_finished(pod->as<Pod>())) return;  // the last ones are still going
  }
  conclude(job, "Complete", why);
  status.completion_time = now;
  context_.events.normal(job, job_controller, "Completed", "Job completed");
}

void JobController::conclude(Object& job, const char* type, const JobFailure& why) {
  const SimTime now = context_.engine.now();
  set_condition(job.as<Job>().status.conditions, {type, "True", why.reason, why.message, now, now});
}

/// pkg/controller/ttlafterfinished
void JobController::expire(const Object& job) {
  const auto& ttl = job.as<Job>().spec.ttl_after_finished;
  const auto finished = finished_at(job.as<Job>());
  if (!ttl || !finished) return;
  if (*finished + *ttl > context_.engine.now()) return queue_.add_at(job.key(), *finished + *ttl);
  (void)context_.api.remove(job.key()).has_value();
}

void JobController::finish(const ObjectPtr& before, Object job) {
  auto& status = job.as<Job>().status;
  status.active = status.ready = 0;
  for (const ObjectPtr& pod : controlled_pods(context_.store, job)) {
    if (!is_active(*pod)) continue;
    status.active += 1;
    status.ready += is_ready(pod->as<Pod>());
  }
  if (status == before->as<Job>().status) return;
  context_.api.write(job, false);
}

}  // namespace muster
