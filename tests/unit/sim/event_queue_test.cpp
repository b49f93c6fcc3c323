#include "sim/event_queue.hpp"

#include <gtest/gtest.h>

#include <set>
#include <tuple>
#include <vector>

#include "sim/random.hpp"

namespace muster {
namespace {

struct Report {
  std::vector<int>* fired;
  int number;
  void operator()() const { fired->push_back(number); }
};

/// Takes out everything due by `end` and tells the numbers in order.
std::vector<int> drain(EventQueue& queue, std::vector<int>& fired, SimTime end = sim_never) {
  fired.clear();
  EventQueue::Due due;
  while (queue.pop(end, due)) due();
  return fired;
}

TEST(EventQueue, OrdersByTimeLaneAndSequence) {
  std::vector<int> fired;
  EventQueue queue;
  const SimTime early = sim_start + 1ms, late = sim_start + 1ms + 1ns;
  queue.push(late, Lane::model, Report{&fired, 6});
  queue.push(early, Lane::request, Report{&fired, 5});
  queue.push(early, Lane::observe, Report{&fired, 3});
  queue.push(early, Lane::model, Report{&fired, 1});
  queue.push(early, Lane::observe, Report{&fired, 4});
  queue.push(early, Lane::model, Report{&fired, 2});
  EXPECT_EQ(queue.size(), 6u);
  EXPECT_EQ(drain(queue, fired), (std::vector<int>{1, 2, 3, 4, 5, 6}));
  EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, ReachesFromNanosecondsToTheEndOfTime) {
  std::vector<int> fired;
  EventQueue queue;
  std::vector<int> expected;
  for (int bit = 62; bit >= 0; --bit)
    queue.push(time_from_nanoseconds(std::int64_t{1} << bit), Lane::model, Report{&fired, bit});
  queue.push(sim_never, Lane::model, Report{&fired, 63});
  queue.push(sim_start, Lane::model, Report{&fired, -1});
  for (int bit = -1; bit <= 63; ++bit) expected.push_back(bit);
  EXPECT_EQ(drain(queue, fired), expected);
}

TEST(EventQueue, PopStopsAtTheGivenTime) {
  std::vector<int> fired;
  EventQueue queue;
  queue.push(sim_start + 1h, Lane::model, Report{&fired, 3});
  EXPECT_EQ(drain(queue, fired, sim_start + 59min), (std::vector<int>{}));
  queue.push(sim_start + 1h - 1ns, Lane::model, Report{&fired, 2});
  queue.push(sim_start + 59min + 1s, Lane::request, Report{&fired, 1});
  EXPECT_EQ(drain(queue, fired, sim_start + 1h - 1ns), (std::vector<int>{1, 2}));
  EXPECT_EQ(drain(queue, fired, sim_start + 1h), (std::vector<int>{3}));
}

TEST(EventQueue, ACancelledEventNeverFires) {
  std::vector<int> fired;
  EventQueue queue;
  const EventId near = queue.push(sim_start, Lane::model, Report{&fired, 1});      // waits in the heap
  const EventId far = queue.push(sim_start + 1h, Lane::model, Report{&fired, 2});  // and in the wheel
  queue.push(sim_start + 2h, Lane::model, Report{&fired, 3});
  EXPECT_TRUE(queue.pending(near) && queue.pending(far));
  EXPECT_TRUE(queue.cancel(near) && queue.cancel(far));
  EXPECT_FALSE(queue.pending(near) || queue.pending(far));
  EXPECT_FALSE(queue.cancel(near) || queue.cancel(far) || queue.cancel(EventId{}));
  EXPECT_EQ(queue.size(), 1u);
  EXPECT_EQ(drain(queue, fired), (std::vector<int>{3}));
}

TEST(EventQueue, AnOldNameDoesNotHitTheNewEventInItsSlot) {
  std::vector<int> fired;
  EventQueue queue;
  const EventId old = queue.push(sim_start + 1s, Lane::model, Report{&fired, 1});
  queue.cancel(old);
  const EventId fresh = queue.push(sim_start + 2s, Lane::model, Report{&fired, 2});
  EXPECT_EQ(old.slot, fresh.slot);
  EXPECT_FALSE(queue.pending(old));
  EXPECT_FALSE(queue.cancel(old));
  EXPECT_EQ(drain(queue, fired), (std::vector<int>{2}));
  EXPECT_FALSE(queue.cancel(fresh));
}

TEST(EventQueue, AnActionMayPushIntoItsOwnSlot) {
  struct Again {
    EventQueue* queue;
    int* left;
    SimTime at;
    void operator()() const {
      if (--*left > 0) queue->push(at + 1s, Lane::model, Again{queue, left, at + 1s});
    }
  };
  EventQueue queue;
  int left = 1000;
  queue.push(sim_start, Lane::model, Again{&queue, &left, sim_start});
  EventQueue::Due due;
  while (queue.pop(sim_never, due)) due();
  EXPECT_EQ(left, 0);
  EXPECT_EQ(due.at, sim_start + 999s);
}

/// The same queue, slow and plain.
class Twin {
 public:
  void push(SimTime at, Lane lane, int number) { waiting_.emplace(at, lane, number); }
  void cancel(SimTime at, Lane lane, int number) { waiting_.erase({at, lane, number}); }
  int pop(SimTime end) {  // -1: nothing is due
    if (waiting_.empty() || std::get<0>(*waiting_.begin()) > end) return -1;
    const int number = std::get<2>(*waiting_.begin());
    waiting_.erase(waiting_.begin());
    return number;
  }
  std::size_t size() const { return waiting_.size(); }

 private:
  std::set<std::tuple<SimTime, Lane, int>> waiting_;  // the number grows with the sequence
};

struct Pushed {
  SimTime at;
  Lane lane;
  EventId id;
};

/// Delays from "now" over "the same tick" to days, many of them equal.
SimDuration some_delay(std::uint64_t word) {
  const std::uint64_t size = below(word, 60);
  if (size < 10) return 0ns;
  if (size < 20) return SimDuration{static_cast<std::int64_t>(word % 4) * 50'000};
  return SimDuration{static_cast<std::int64_t>(word % (std::uint64_t{1} << (size - 10))) & ~0xFFFll};
}

TEST(EventQueue, AgreesWithASlowTwin) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    RandomStream stream(seed, "test", "twin");
    EventQueue queue;
    Twin twin;
    std::vector<int> fired;
    std::vector<Pushed> pushed;
    SimTime now = sim_start;
    for (int step = 0; step < 100'000; ++step) {
      const std::uint64_t kind = below(stream.next(), 100);
      const std::uint64_t word = stream.next();
      if (kind < 45) {
        const SimTime at = now + some_delay(word);
        const auto lane = static_cast<Lane>(below(stream.next(), 3));
        const int number = static_cast<int>(pushed.size());
        pushed.push_back({at, lane, queue.push(at, lane, Report{&fired, number})});
        twin.push(at, lane, number);
      } else if (kind < 60 && !pushed.empty()) {
        const std::size_t number = below(word, pushed.size());
        const Pushed& victim = pushed[number];
        const std::size_t before = twin.size();
        twin.cancel(victim.at, victim.lane, static_cast<int>(number));
        ASSERT_EQ(queue.pending(victim.id), before != twin.size());
        ASSERT_EQ(queue.cancel(victim.id), before != twin.size());
      } else if (kind < 65) {
        now += some_delay(word) / 1000;  // time passes without an event
        EventQueue::Due due;
        for (int next = twin.pop(now); next >= 0; next = twin.pop(now)) {
          ASSERT_TRUE(queue.pop(now, due));
          due();
          ASSERT_EQ(fired.back(), next);
        }
        ASSERT_FALSE(queue.pop(now, due));
      } else {
        const int next = twin.pop(sim_never);
        EventQueue::Due due;
        ASSERT_EQ(queue.pop(sim_never, due), next >= 0);
        if (next < 0) continue;
        due();
        ASSERT_EQ(fired.back(), next);
        ASSERT_EQ(due.at, pushed[static_cast<std::size_t>(next)].at);
        now = due.at;
      }
      ASSERT_EQ(queue.size(), twin.size());
      if (now > sim_start + 24h * 365 * 100) now = sim_start + 24h * 365 * 100;
    }
    EXPECT_GT(fired.size(), 20'000u);
  }
}

}  // namespace
}  // namespace muster
