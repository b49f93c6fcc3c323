// Random kills, drains, new servers and endpoint changes under overload; every invariant after every step.
#include <gtest/gtest.h>

#include "sim/random.hpp"
#include "tests/unit/cluster_model/request_fixture.hpp"

namespace muster {
namespace {

class RandomWalk {
 public:
  explicit RandomWalk(std::uint64_t seed) : run_(profile(), seed), luck_(seed, "walk", "steps") {
    run_.path.start();
  }

  void step() {
    switch (below(luck_.next(), 6)) {
      case 0:
        grow();
        break;
      case 1:
        run_.path.kill_server(pick());
        break;
      case 2:
        drain();
        break;
      case 3:
        rebalance();
        break;
      default:
        break;  // let time pass
    }
    const auto pause = SimDuration{static_cast<std::int64_t>(below(luck_.next(), 400'000'000))};
    run_.run_to(run_.engine.now().time_since_epoch() + pause);
  }

  const test::PathUnderTest& run() const { return run_; }
  int drained() const { return drained_; }

 private:
  static ServiceProfile profile() {
    ServiceProfile service = test::one_endpoint(120, {ServiceTime::Kind::lognormal, 80ms, 1.2});
    service.traffic.deadline = 700ms;
    return service;
  }

  ServerId pick() { return known_.empty() ? ServerId{} : known_[below(luck_.next(), known_.size())]; }

  void grow() {
    if (known_.size() == 12) {
      run_.path.kill_server(known_.front());
      known_.erase(known_.begin());
    }
    const int workers = 1 + static_cast<int>(below(luck_.next(), 6));
    known_.push_back(run_.add(workers, static_cast<int>(below(luck_.next(), 30))));
    rebalance();
  }

  void drain() {
    const ServerId server = pick();
    if (!run_.path.listening(server)) return;
    const bool exits = chance(luck_.next(), 1, 2);
    run_.path.drain_server(server, [this, server, exits] {
      ++drained_;
      if (exits) run_.path.kill_server(server);
    });
  }

  void rebalance() {
    std::vector<ServerId> targets;
    for (ServerId server : known_) {
      if (chance(luck_.next(), 2, 3)) targets.push_back(server);
    }
    run_.path.set_endpoints(0, targets);
  }

  test::PathUnderTest run_;
  RandomStream luck_;
  std::vector<ServerId> known_;  // dead ones too
  int drained_ = 0;
};

TEST(RequestPathRandomWalk, ConservesRequestsWhateverIsDoneToTheServers) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    RandomWalk walk(seed);
    for (int i = 0; i < 1500; ++i) walk.step();
    for (Outcome seen : {Outcome::ok, Outcome::unavailable, Outcome::reset, Outcome::timeout}) {
      EXPECT_GT(walk.run().ended(seen), 50u) << "the walk never got there: " << static_cast<int>(seen);
    }
    EXPECT_GT(walk.drained(), 20);
  }
}

}  // namespace
}  // namespace muster
