// Which committed writes exist where. A promoted standby and a restored backup each begin a new timeline that
// forks from their parent's (PostgreSQL's own word); commits are numbered along it. So what one server lacks
// of all that was ever acknowledged is known by number, after any sequence of failovers and restores.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sim/time.hpp"

namespace muster {

using Timeline = std::uint32_t;

class CommitHistory {
 public:
  /// Timeline 0 begins with `before` commits, made evenly over `span` before time zero.
  CommitHistory(std::uint64_t before, SimDuration span);

  /// A timeline that shares the first `at` commits with `parent`.
  Timeline fork(Timeline parent, std::uint64_t at, SimTime now);
  /// The client of commit number `commit` has been told that it is safe.
  void acknowledge(Timeline timeline, std::uint64_t commit, SimTime now);
  /// The number of the last commit of a timeline up to `at`; exact at full seconds, the earlier one between.
  std::uint64_t at(Timeline timeline, SimTime at) const;
  /// The timeline that was `timeline`'s present at that time (itself or an ancestor).
  Timeline holder_at(Timeline timeline, SimTime at) const;

  /// Acknowledged commits that a server at commit number `commits` of `timeline` does not have.
  std::uint64_t lost(Timeline timeline, std::uint64_t commits) const;
  /// Acknowledged commits that a server at point `a` has and one at point `b` has not.
  std::uint64_t ahead(Timeline a, std::uint64_t commits_a, Timeline b, std::uint64_t commits_b) const;
  std::uint64_t acknowledged(Timeline timeline) const { return lines_[timeline].acknowledged; }

 private:
  /// [timeline] how many commits of it a server at that point has.
  std::vector<std::uint64_t> held(Timeline timeline, std::uint64_t commits) const;
  struct Line {
    Timeline parent = 0;
    std::uint64_t start = 0, acknowledged = 0;
    SimTime began{};
    std::vector<std::pair<SimTime, std::uint64_t>> by_second;  // (full second, commits before it)
  };
  std::vector<Line> lines_;
  SimDuration span_before_;
};

}  // namespace muster
