#include "cluster_model/traffic/breaker.hpp"

namespace muster {

bool Breaker::allows(SimTime now) {
  if (!enabled_ || state_ == State::closed) return true;
  if (state_ == State::open) {
    if (now < since_ + profile_.open) return false;
    enter(State::half_open, now);
  }
  if (let_through_ == profile_.probes) return false;
  ++let_through_;
  return true;
}

void Breaker::ended(bool failed, SimTime now) {
  if (!enabled_ || state_ == State::open) return;  // the answer of a call from before it opened
  const auto full = static_cast<std::size_t>(state_ == State::closed ? profile_.window : profile_.probes);
  if (window_.size() < full) {
    window_.push_back(failed);
  } else {
    failures_ -= window_[next_] ? 1 : 0;
    window_[next_] = failed;
  }
  failures_ += failed ? 1 : 0;
  next_ = (next_ + 1) % full;
  if (window_.size() < full) return;
  // The threshold is a share; for the few probes it is rounded up.
  const auto needed =
      (static_cast<std::int64_t>(profile_.failures) * static_cast<std::int64_t>(full) + profile_.window - 1) /
      profile_.window;
  if (failures_ >= needed) return enter(State::open, now);
  if (state_ == State::half_open) enter(State::closed, now);
}

void Breaker::enter(State state, SimTime now) {
  state_ = state;
  since_ = now;
  window_.clear();
  next_ = 0;
  failures_ = let_through_ = 0;
}

}  // namespace muster
