#include "cluster_model/agents/agent_type.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/assert.hpp"
#include "sim/random.hpp"

namespace muster {

namespace {

// Words of a job's luck.
enum Luck {
  duration_luck,
  bytes_luck,
  files_luck,
  checkout_luck,
  crash_luck,
  moment_luck,
  orphan_luck,
  lock_luck
};

constexpr SimDuration stall_look = 30s;
/// From the first command of an attempt to the report that it failed; our assumption.
constexpr SimDuration failure_takes = 2s;

DiskUse part(const DiskUse& whole, double share) {
  return {static_cast<std::int64_t>(static_cast<double>(whole.bytes) * share),
          static_cast<std::int64_t>(static_cast<double>(whole.inodes) * share)};
}

}  // namespace

AgentType::AgentType(AgentContext& context, const AgentProfile& profile)
    : context_(context),
      profile_(profile),
      arrival_(context.engine, [this] { arrive(); }),
      stall_(context.engine, [this] { check_stalled(); }) {}

double AgentType::luck(std::uint64_t job, int word, int attempt) const {
  const RandomStream stream(context_.seed, "agents/" + profile_.type, "job");
  const auto index =
      (job * 16 + static_cast<std::uint64_t>(attempt)) * 2 + static_cast<std::uint64_t>(word / 4);
  return unit_interval(stream.block(index)[static_cast<std::size_t>(word % 4)]);
}

void AgentType::start() {
  started_ = true;
  if (profile_.jobs_per_minute <= 0) return;
  const double u =
      unit_interval(RandomStream(context_.seed, "agents/" + profile_.type, "arrival").at(arrivals_));
  arrival_.start_in(duration_from_seconds(exponential(u, 60 / profile_.jobs_per_minute)));
  if (!stall_.running()) stall_.start_in(stall_look);
}

void AgentType::arrive() {
  queue_.push_back({arrivals_++, 0, context_.engine.now()});
  ++counters_.arrived;
  dispatch();
  start();
}

bool AgentType::runs_in(const Process& process) const {
  const OwnerReference* owner = controller_of(process.object->meta);
  if (!owner || process.pod.namespace_ != profile_.namespace_) return false;
  const std::string& first = process.object->as<Pod>().spec.containers.front().name;
  if (process.container != (profile_.container.empty() ? first : profile_.container)) return false;
  // A Deployment's pods belong to ReplicaSets, named after it.
  const bool set = owner->kind == "ReplicaSet" && owner->name.starts_with(profile_.workload + "-") &&
                   owner->name.find('-', profile_.workload.size() + 1) == std::string::npos;
  return set || owner->name == profile_.workload;
}

WorktreePlace* AgentType::place_of(const Process& process) {
  return runs_in(process) ? place_for(process) : nullptr;
}

WorktreePlace* AgentType::place_for(const Process& process) {
  Disk* disk = context_.disks.find(process.node);
  std::string name, owner;
  switch (profile_.volume) {
    case AgentProfile::Volume::empty_dir:
      name = "pod/" + process.uid;
      owner = NodeDisks::empty_dir_owner(process.uid);
      break;
    case AgentProfile::Volume::claim:
      name = fmt::format("claim/{}/{}", profile_.namespace_, profile_.claim);
      owner = "";
      disk = &context_.disks.volume(profile_.namespace_ + "/" + profile_.claim, profile_.claim_bytes);
      break;
    case AgentProfile::Volume::node_path:
      name = "node/" + process.node;
      owner = "hostpath";
      break;
  }
  if (!disk) return nullptr;
  WorktreePlace* known = context_.worktrees.find(name);
  WorktreePlace& place = known ? *known : context_.worktrees.place(name, *disk, owner);
  if (place.repository.empty()) {
    (void)context_.worktrees.add_repository(place, profile_.repository,
                                            {profile_.repository_bytes, profile_.repository_files});
  }
  return &place;
}

void AgentType::process_started(const Process& process) {
  WorktreePlace* place = place_for(process);
  slots_[process.uid] = {process, 0};
  const std::string first = fmt::format("{}/{}-old-0", profile_.path, profile_.type);
  if (place && !started_ && !place->trees.contains(first)) {
    for (int i = 0; i < profile_.stale_worktrees; ++i) {
      const auto job = static_cast<std::uint64_t>(i) + (std::uint64_t{1} << 40);
      const std::string path = fmt::format("{}/{}-old-{}", profile_.path, profile_.type, i);
      (void)context_.worktrees.add(
          *place, path,
          {profile_.bytes.draw(luck(job, bytes_luck)), profile_.files.draw(luck(job, files_luck))});
      context_.worktrees.leave(*place, path);
    }
  }
  dispatch();
}

void AgentType::process_ended(const Process& process, ProcessEnd how) {
  slots_.erase(process.uid);
  std::vector<std::uint64_t> lost;
  for (const auto& [run, job] : jobs_) {
    if (job.process.first == process.uid) lost.push_back(run);
  }
  for (const std::uint64_t run : lost) {
    const Job job = jobs_.at(run);
    end_run(run);
    ++counters_.attempts_lost;
    leave_behind(job, how != ProcessEnd::clean);
    if (!job.ghost) put_back(job);
  }
  // Jobs are given to others by the queue's next look, not inside a change of the store.
}

void AgentType::process_detached(const Process& process) {
  const auto slots = slots_.find(process.uid);
  if (slots == slots_.end()) return;
  slots->second.detached = true;
  slots->second.process.detached = true;
  for (auto& [run, job] : jobs_) {
    if (job.process.first != process.uid) continue;
    job.ghost = true;
    put_back(job);
  }
}

void AgentType::dispatch() {
  while (!queue_.empty()) {
    Slots* free = nullptr;
    for (auto& [uid, slots] : slots_) {
      if (slots.detached || slots.busy >= profile_.concurrency) continue;
      if (!free || slots.busy < free->busy) free = &slots;
    }
    if (!free) return;
    const Waiting next = queue_.front();
    queue_.pop_front();
    begin(next, *free);
  }
}

void AgentType::begin(const Waiting& waiting, Slots& slots) {
  const std::uint64_t run = ++runs_;
  const int attempt = waiting.attempts;
  Job& job = jobs_[run];
  job.number = waiting.job;
  job.attempts = attempt + 1;
  job.process = {slots.process.uid, slots.process.container};
  job.path = fmt::format("{}/{}-{}", profile_.path, profile_.type, job.number);
  ++slots.busy;
  const SimDuration checkout = profile_.checkout.draw(luck(job.number, checkout_luck, attempt));
  job.ends =
      context_.engine.now() + checkout + profile_.duration.draw(luck(job.number, duration_luck, attempt));
  job.crashes = luck(job.number, crash_luck, attempt) < profile_.crash_probability;
  WorktreePlace* place = place_for(slots.process);
  const DiskUse all{profile_.bytes.draw(luck(job.number, bytes_luck)),
                    profile_.files.draw(luck(job.number, files_luck))};
  MUSTER_ASSERT(place, "a process runs on a node without a disk");
  job.place = place->name;
  const DiskUse first = part(all, profile_.checkout_share);
  job.outputs = all;
  job.outputs -= first;
  job.failure = context_.worktrees.add(*place, job.path, first);
  if (!job.failure.empty()) job.path.clear();
  const SimDuration wait = job.failure.empty() ? checkout : failure_takes;
  job.next = context_.engine.schedule_in(wait, Lane::model, [this, run] { advance(run); });
}

/// The checkout is done: on to the end, or to the crash somewhere before it.
void AgentType::advance(std::uint64_t run) {
  Job& job = jobs_.at(run);
  job.next = {};
  if (!job.failure.empty()) return fail(run, job.failure);
  if (!job.checked_out) {
    job.checked_out = true;
    SimTime next = job.ends;
    if (job.crashes) {
      const double share = luck(job.number, moment_luck, job.attempts - 1);
      const SimTime now = context_.engine.now();
      next = now + duration_from_seconds(seconds_of(job.ends - now) * share);
    }
    // Build outputs come early: what does not fit is noticed then.
    WorktreePlace* place = context_.worktrees.find(job.place);
    if (!place || !context_.worktrees.grow(*place, job.path, job.outputs))
      return fail(run, "OSError: [Errno 28] No space left on device");
    job.next = context_.engine.schedule(next, Lane::model, [this, run] { advance(run); });
    return;
  }
  if (job.crashes) return crash(run);
  finish(run);
}

void AgentType::finish(std::uint64_t run) {
  const Job job = jobs_.at(run);
  print(job, fmt::format("job {}-{} done", profile_.type, job.number));
  end_run(run);
  if (WorktreePlace* place = context_.worktrees.find(job.place)) context_.worktrees.release(*place, job.path);
  if (job.ghost) return;
  ++counters_.done;
  note(true);
  dispatch();
}

/// The job's own process dies; the agent that runs it lives on and may clean up after it.
void AgentType::crash(std::uint64_t run) {
  const Job job = jobs_.at(run);
  print(job, fmt::format("job {}-{}: worker process exited with code 139", profile_.type, job.number));
  end_run(run);
  ++counters_.attempts_lost;
  leave_behind(job, true);
  if (job.ghost) return;
  note(false);
  put_back(job);
  dispatch();
}

void AgentType::fail(std::uint64_t run, const std::string& message) {
  const Job job = jobs_.at(run);
  print(job, message);
  print(job, fmt::format("job {}-{} failed", profile_.type, job.number));
  end_run(run);
  ++counters_.attempts_lost;
  leave_behind(job, false);
  if (job.ghost) return;
  note(false);
  put_back(job);
  dispatch();
}

void AgentType::put_back(const Job& job) {
  if (job.attempts >= profile_.attempts) {
    ++counters_.failed;
    return;
  }
  queue_.push_back({job.number, job.attempts, context_.engine.now()});
}

/// Nobody works in the job's worktree any more: it is cleaned up, or stays as an orphan.
void AgentType::leave_behind(const Job& job, bool crashed) {
  WorktreePlace* place = job.path.empty() ? nullptr : context_.worktrees.find(job.place);
  if (!place) return;
  context_.worktrees.leave(*place, job.path);
  const auto tree = place->trees.find(job.path);
  if (tree == place->trees.end() || !tree->second.directory) return;
  const bool orphan =
      crashed && luck(job.number, orphan_luck, job.attempts - 1) < profile_.orphan_probability;
  if (!orphan) return context_.worktrees.release(*place, job.path);
  tree->second.locked = luck(job.number, lock_luck, job.attempts - 1) < profile_.lock_probability;
}

void AgentType::end_run(std::uint64_t run) {
  const auto found = jobs_.find(run);
  if (found->second.next) context_.engine.cancel(found->second.next);
  const auto slots = slots_.find(found->second.process.first);
  if (slots != slots_.end()) --slots->second.busy;
  jobs_.erase(found);
}

void AgentType::gone(const WorktreePlace& place, const std::string& path) {
  std::vector<std::uint64_t> hit;
  for (const auto& [run, job] : jobs_) {
    if (job.place == place.name && (job.path == path || path == place.repository)) hit.push_back(run);
  }
  for (const std::uint64_t run : hit) {
    fail(run, path == place.repository
                  ? fmt::format("fatal: not a git repository: '{}'", path)
                  : "fatal: Unable to read current working directory: No such file or directory");
  }
}

bool AgentType::active(const std::string& place, const std::string& path) const {
  return std::any_of(jobs_.begin(), jobs_.end(), [&](const auto& entry) {
    return entry.second.place == place && entry.second.path == path;
  });
}

void AgentType::note(bool success) {
  failed_in_row_ = success ? 0 : failed_in_row_ + 1;
  if (success) set_failing(false);
  if (failed_in_row_ >= profile_.failing_after) set_failing(true);
}

void AgentType::set_failing(bool failing) {
  if (failing_ == failing) return;
  failing_ = failing;
  context_.facts.record(context_.engine.now(), AgentFact{profile_.type, failing});
}

void AgentType::check_stalled() {
  stall_.start_in(stall_look);
  dispatch();
  const SimTime now = context_.engine.now();
  if (!queue_.empty() && now - queue_.front().since > profile_.stalled_after) set_failing(true);
}

void AgentType::print(const Job& job, const std::string& line) {
  const auto slots = slots_.find(job.process.first);
  if (slots == slots_.end() || slots->second.process.detached) return;
  std::size_t from = 0;
  for (std::size_t end = line.find('\n'); end != std::string::npos; end = line.find('\n', from = end + 1))
    context_.logs.print(job.process.first, job.process.second, context_.engine.now(),
                        line.substr(from, end - from));
  context_.logs.print(job.process.first, job.process.second, context_.engine.now(), line.substr(from));
}

void AgentType::check_invariants() const {
  const auto owned = static_cast<std::size_t>(
      std::count_if(jobs_.begin(), jobs_.end(), [](const auto& entry) { return !entry.second.ghost; }));
  MUSTER_ASSERT(counters_.arrived == counters_.done + counters_.failed + queue_.size() + owned,
                "a job was lost or doubled");
  for (const auto& [run, job] : jobs_) {
    MUSTER_ASSERT(slots_.contains(job.process.first), "a job runs on a dead process");
  }
}

}  // namespace muster
