// A circuit breaker that counts calls: resilience4j's COUNT_BASED sliding window
// (resilience4j docs, CircuitBreaker, "Create and configure a CircuitBreaker").
#pragma once

#include <cstdint>
#include <vector>

#include "cluster_model/profile/policy.hpp"

namespace muster {

enum class BreakerState : std::uint8_t { closed, open, half_open };

class Breaker {
 public:
  using State = BreakerState;

  Breaker() = default;
  /// Not enabled: closed for ever.
  Breaker(const BreakerProfile& profile, bool enabled) : profile_(profile), enabled_(enabled) {}

  /// May a call go out now? An open breaker becomes half-open when its time is over.
  bool allows(SimTime now);
  /// A call that was let through is over.
  void ended(bool failed, SimTime now);
  /// A call that was let through was given up by the caller: it says nothing about the other side.
  void given_up() {
    if (state_ == State::half_open && let_through_ > 0) --let_through_;
  }
  State state() const { return state_; }

 private:
  void enter(State state, SimTime now);

  BreakerProfile profile_;
  bool enabled_ = false;
  State state_ = State::closed;
  SimTime since_{};
  std::vector<bool> window_;  // ring of the last results; true = failed
  std::size_t next_ = 0;
  int failures_ = 0;
  int let_through_ = 0;  // half-open
};

}  // namespace muster
