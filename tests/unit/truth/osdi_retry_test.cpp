// The retry experiment of "Metastable Failures in the Wild" (Huang et al., OSDI 2022, section 5.2) in its
// own size: 6,200 requests per second to one database, a timeout of 3 s without cancellation, up to four
// immediate retries. At 60 s the processor of the primary is cut for some seconds. The one number that the
// paper does not give is the capacity: 16,400 per second.
#include <gtest/gtest.h>

#include "tests/unit/truth/path_lab.hpp"

namespace muster {
namespace {

struct Cut {
  const char* name;
  double rate;     ///< user requests per second
  double left;     ///< share of the processor that is left
  double seconds;  ///< for so long
  bool recovers;
};

class OsdiRetry : public testing::TestWithParam<Cut> {};

struct Seen {
  double goodput = 0;   ///< ok per second, 180 s to 240 s
  double attempts = 0;  ///< per second, likewise
};

Seen play(const Cut& cut, double capacity, std::uint64_t seed) {
  std::deque<LabStation> stations{{"mongo", cut.rate, exponential_time(1 / capacity), 1}};
  stations[0].service.traffic.deadline = 3s;
  stations[0].service.traffic.retries.count = {4, ""};
  Lab lab(stations, seed);
  lab.run_to(60);
  lab.path.set_slowdown(0, 1 / cut.left);
  lab.run_to(60 + cut.seconds);
  lab.path.set_slowdown(0, 1);
  lab.run_to(180);
  const Sums before = lab.sums();
  const std::uint64_t attempts = lab.path.traffic_counters(0).attempts;
  lab.run_to(240);
  return {static_cast<double>((lab.sums() - before).count(Outcome::ok)) / 60,
          static_cast<double>(lab.path.traffic_counters(0).attempts - attempts) / 60};
}

// The cuts lie on the boundary: 2 % of processor or one second decide. At this size chance does not.
TEST_P(OsdiRetry, FourOutcomes) {
  const Cut& cut = GetParam();
  constexpr int seeds = 5;
  int as_published = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    const Seen seen = play(cut, 16400, static_cast<std::uint64_t>(seed));
    const bool recovered = seen.goodput > 0.95 * cut.rate && seen.attempts < 1.1 * cut.rate;
    const bool stuck = seen.goodput < 0.1 * cut.rate && seen.attempts > 3 * cut.rate;
    EXPECT_NE(recovered, stuck) << "a storm heals or feeds itself, there is nothing between";
    as_published += recovered == cut.recovers ? 1 : 0;
  }
  EXPECT_EQ(as_published, seeds) << cut.name;
}

INSTANTIATE_TEST_SUITE_P(Paper, OsdiRetry,
                         testing::Values(Cut{"a: 78 % for 10 s", 6200, 0.22, 10, true},
                                         Cut{"b: 80 % for 10 s", 6200, 0.20, 10, false},
                                         Cut{"c: 80 % for 9 s", 6200, 0.20, 9, true},
                                         Cut{"d: 80 % for 10 s at 4,200", 4200, 0.20, 10, true}),
                         [](const auto& tested) { return std::string(1, tested.param.name[0]); });

}  // namespace
}  // namespace muster
