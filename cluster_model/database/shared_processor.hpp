// The cores of a server, shared equally by all that compute: with n jobs on k cores each gets min(1, k/n) of
// a core (egalitarian processor sharing). Jobs are found by their attained work, so a change costs O(log n).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "sim/engine.hpp"

namespace muster {
inline namespace postgres {  // short names of this folder alone

class SharedProcessor {
 public:
  struct Job {
    std::uint32_t slot = UINT32_MAX;
    std::uint32_t generation = 0;
    explicit operator bool() const { return slot != UINT32_MAX; }
  };

  /// `done` is called with the job's `what` when its work is finished.
  SharedProcessor(Engine& engine, double cores, std::function<void(std::uint32_t what)> done);
  ~SharedProcessor();
  SharedProcessor(const SharedProcessor&) = delete;
  SharedProcessor& operator=(const SharedProcessor&) = delete;

  /// `work`: time it would take on a core of its own.
  Job begin(std::uint32_t what, SimDuration work);
  /// A job that has finished or was aborted before is ignored.
  void abort(Job job);
  void abort_all();

  std::uint32_t jobs() const { return running_; }
  double cores() const { return cores_; }
  /// Core-seconds spent so far.
  double busy_seconds() const;

 private:
  struct Entry {
    double finish;  // on the clock of attained work, ns
    std::uint64_t number;
    std::uint32_t slot, generation;
    bool operator>(const Entry& other) const {
      return finish != other.finish ? finish > other.finish : number > other.number;
    }
  };
  struct Slot {
    std::uint32_t what = 0, generation = 0;
    bool running = false;
  };
  double rate() const;
  void advance();
  void drop_aborted();
  void reschedule();
  void complete();
  void retire(std::uint32_t slot);

  Engine& engine_;
  double cores_;
  std::function<void(std::uint32_t)> done_;
  std::vector<Entry> heap_;  // smallest finish first
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  double attained_ = 0;  // ns of work each job that was always here has got
  double busy_ns_ = 0;
  SimTime at_{};
  std::uint64_t begun_ = 0;
  std::uint32_t running_ = 0;
  EventId event_;
};

}  // namespace postgres
}  // namespace muster
