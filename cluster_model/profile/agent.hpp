// Background agents: programs that take jobs from a queue and work on each in a git worktree of its own.
#pragma once

#include <cstdint>
#include <string>

#include "sim/distributions.hpp"

namespace muster {

/// A size by its law, bytes or files.
struct LognormalSize {
  double median = 0, sigma = 0;
  std::int64_t draw(double u) const { return static_cast<std::int64_t>(lognormal(u, 0, sigma) * median); }
};

struct AgentProfile {
  enum class Volume : std::uint8_t {
    empty_dir,  ///< of the pod: gone with it
    claim,      ///< shared by all pods of the namespace that mount it
    node_path   ///< a directory of the node: outlives its pods
  };
  std::string type;                   ///< "reviewer"
  std::string namespace_, workload;   ///< whose pods run them
  std::string container;              ///< in those pods; empty = the first
  int concurrency = 2;                ///< jobs at once per pod
  double jobs_per_minute = 4;         ///< Poisson arrivals
  LognormalTime duration{3min, 0.8};  ///< of a job, without its checkout
  LognormalTime checkout{8s, 0.5};

  Volume volume = Volume::empty_dir;
  std::string claim;  ///< of Volume::claim
  std::int64_t claim_bytes = 50'000'000'000;
  std::string path = "/srv/trees";           ///< worktrees are PATH/TYPE-NUMBER
  std::string repository = "/srv/repo.git";  ///< the shared object store that they all need
  std::int64_t repository_bytes = 1'500'000'000, repository_files = 4'000;
  /// 0.2 to 2 GB for a medium repository with its dependencies (our assumption).
  LognormalSize bytes{600e6, 0.5}, files{15'000, 0.5};
  double checkout_share =
      0.4;  ///< of the bytes at checkout; the rest are build outputs, written until the end

  double crash_probability = 0.01;  ///< of a job's process
  double orphan_probability =
      0.06;                        ///< a crash or a forced end leaves the worktree behind; 2 to 10 % assumed
  double lock_probability = 0.25;  ///< ... with a stale index.lock in it (our assumption)
  int attempts = 2;                ///< of one job
  int failing_after = 3;           ///< failed attempts in a row: the type fails, until a job succeeds
  SimDuration stalled_after{10min};  ///< a job that waits longer than this: the type fails too
  int stale_worktrees = 0;           ///< left behind before the drill began, per place
};

}  // namespace muster
