// The O(1) counters of users against a slow twin that remembers everything.
#include "cluster_model/traffic/traffic_window.hpp"

#include <gtest/gtest.h>

#include <set>

#include "cluster_model/traffic/ring_queue.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

struct Visit {
  int second;
  std::uint32_t user;
  bool affected;
};

std::size_t distinct(const std::vector<Visit>& visits, int from, int to, bool affected_only) {
  std::set<std::uint32_t> users;
  for (const Visit& visit : visits) {
    if (visit.second < from || visit.second > to) continue;
    if (!affected_only || visit.affected) users.insert(visit.user);
  }
  return users.size();
}

TEST(TrafficWindow, CountsDistinctUsersAsASlowTwinDoes) {
  ServiceProfile profile;
  profile.name = "api";
  profile.traffic.users = 400;
  profile.latency_objective = 100ms;
  profile.endpoints.push_back({"GET", "/a", "a", 1, {}, 0});
  TrafficWindow window(profile);
  RandomStream luck(3, "users", "visits");
  std::vector<Visit> visits;
  for (int second = 1; second <= 600; ++second) {
    // Quiet minutes too, so that the window has to empty itself.
    const std::uint64_t count = second % 250 < 150 ? below(luck.next(), 12) : 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto user = static_cast<std::uint32_t>(below(luck.next(), 400));
      const auto outcome = static_cast<Outcome>(below(luck.next(), outcome_count));
      const SimDuration latency = chance(luck.next(), 1, 2) ? 100ms : 101ms;
      window.ended(0, outcome, latency, user);
      const bool slow = outcome == Outcome::ok && latency > 100ms;
      visits.push_back({second, user, slow || is_failure(outcome)});
    }
    const TrafficFact fact = window.close();
    ASSERT_EQ(fact.users_seen, distinct(visits, second, second, false)) << second;
    ASSERT_EQ(fact.users_affected, distinct(visits, second, second, true)) << second;
    ASSERT_EQ(fact.users_seen_minute, distinct(visits, second - 59, second, false)) << second;
    ASSERT_EQ(fact.users_affected_minute, distinct(visits, second - 59, second, true)) << second;
    ASSERT_EQ(fact.latency.count(), count);
  }
}

TEST(RingQueue, KeepsOrderWhileItWrapsAndGrows) {
  RingQueue<int> queue;
  int pushed = 0, popped = 0;
  for (int round = 1; round < 200; ++round) {
    for (int i = 0; i < round % 37; ++i) queue.push(pushed++);
    for (int i = 0; i < round % 31 && !queue.empty(); ++i) ASSERT_EQ(queue.pop(), popped++);
    ASSERT_EQ(queue.size(), static_cast<std::size_t>(pushed - popped));
    if (queue.empty()) continue;
    ASSERT_EQ(queue.at(queue.size() - 1), pushed - 1);
  }
}

}  // namespace
}  // namespace muster
