// One type of background agents: jobs arrive, wait in its queue, run on the slots of its pods' processes,
// each in a worktree, and succeed or fail. Every draw of job k is a function of (seed, type, k).
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "cluster_model/agents/worktrees.hpp"
#include "cluster_model/container_logs.hpp"
#include "cluster_model/exec/processes.hpp"
#include "cluster_model/profile/agent.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "cluster_model/timer.hpp"
#include "journal/fact_sink.hpp"

namespace muster {

/// What all types work with; outlives them.
struct AgentContext {
  Engine& engine;
  FactSink& facts;
  ContainerLogs& logs;
  NodeDisks& disks;
  Worktrees& worktrees;
  std::uint64_t seed;
};

struct AgentCounters {
  std::uint64_t arrived = 0, done = 0;
  std::uint64_t failed = 0;  ///< jobs that used up their attempts
  std::uint64_t attempts_lost = 0;
};

class AgentType {
 public:
  AgentType(AgentContext& context, const AgentProfile& profile);

  void start();  ///< arrivals begin
  /// A process of its workload (see `runs_in`) came or went.
  void process_started(const Process& process);
  void process_ended(const Process& process, ProcessEnd how);
  /// Its pod object is gone but it runs on: the queue gives its jobs to others, who may meet it in its
  /// worktree.
  void process_detached(const Process& process);
  /// Does this process run its jobs?
  bool runs_in(const Process& process) const;

  const AgentProfile& profile() const { return profile_; }
  const AgentCounters& counters() const { return counters_; }
  std::size_t waiting() const { return queue_.size(); }
  std::size_t running() const { return jobs_.size(); }
  bool failing() const { return failing_; }
  /// The directories that this process sees; null if it is none of this type's.
  WorktreePlace* place_of(const Process& process);
  /// A worktree, or the object store, was taken away.
  void gone(const WorktreePlace& place, const std::string& path);
  /// Paths that jobs work in now.
  bool active(const std::string& place, const std::string& path) const;

  /// Jobs are neither lost nor doubled. Asserts.
  void check_invariants() const;

 private:
  struct Waiting {
    std::uint64_t job = 0;
    int attempts = 0;  // begun so far
    SimTime since{};
  };
  struct Job {
    std::uint64_t number = 0;
    int attempts = 1;
    Processes::Key process;
    std::string place, path;
    DiskUse outputs;  // still to be written
    SimTime ends{};
    bool crashes = false;
    bool checked_out = false;
    bool ghost = false;   // the queue has given it up; its process knows nothing of that
    std::string failure;  // it fails with these words; empty: it does not
    EventId next{};
  };
  struct Slots {
    Process process;
    int busy = 0;
    bool detached = false;
  };

  double luck(std::uint64_t job, int word, int attempt = 0) const;
  void arrive();
  void dispatch();
  void begin(const Waiting& waiting, Slots& slots);
  void advance(std::uint64_t run);
  void finish(std::uint64_t run);
  void crash(std::uint64_t run);
  void fail(std::uint64_t run, const std::string& message);
  void put_back(const Job& job);
  void leave_behind(const Job& job, bool crashed);
  void end_run(std::uint64_t run);
  void note(bool success);
  void set_failing(bool failing);
  void check_stalled();
  void print(const Job& job, const std::string& line);
  WorktreePlace* place_for(const Process& process);

  AgentContext& context_;
  const AgentProfile& profile_;
  std::uint64_t arrivals_ = 0, runs_ = 0;
  std::deque<Waiting> queue_;
  std::map<std::uint64_t, Job> jobs_;   // [run]
  std::map<std::string, Slots> slots_;  // [pod uid]
  AgentCounters counters_;
  int failed_in_row_ = 0;
  bool failing_ = false;
  bool started_ = false;  // the drill has begun: nothing is left over from before any more
  Timer arrival_, stall_;
};

}  // namespace muster
