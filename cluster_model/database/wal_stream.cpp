#include "cluster_model/database/wal_stream.hpp"

#include <algorithm>
#include <cmath>

namespace muster {
namespace {

constexpr std::size_t exact_pieces = 4096;
constexpr SimDuration batch = 100ms;

SimDuration time_for(double bytes, double rate) {
  return SimDuration{static_cast<std::int64_t>(std::ceil(bytes / rate * 1e9))};
}

}  // namespace

void WalStream::push(SimTime now, const WalPosition& position) {
  MUSTER_ASSERT(position.bytes >= sent_.bytes && position.commits >= sent_.commits, "a log never shrinks");
  sent_ = position;
  // A channel that stands for an hour must not remember each commit: they then arrive in batches.
  const bool long_queue = queue_.size() > exact_pieces && now - queue_.back().entered < batch;
  if (long_queue)
    queue_.back().position = position;
  else
    queue_.push({position, now});
}

// Only whole pieces change the state, so that it does not matter how often somebody looks.
void WalStream::advance(SimTime now, WalStream* next) {
  while (!queue_.empty() && rate_ > 0) {
    const Piece& head = queue_.front();
    const SimTime out = head_begins() + time_for(head_bytes(), rate_);
    if (out > now) return;
    free_at_ = out;
    arrived_ = head.position;
    queue_.pop();
    head_carried_ = 0;
    if (next) {
      next->advance(out);
      next->push(out, arrived_);
    }
  }
}

void WalStream::set_rate(SimTime now, double bytes_per_second, WalStream* next) {
  advance(now, next);
  if (!queue_.empty() && rate_ > 0 && head_begins() < now)
    head_carried_ += std::min(head_bytes(), rate_ * seconds_of(now - head_begins()));
  free_at_ = std::max(free_at_, now);
  rate_ = bytes_per_second;
}

void WalStream::restart(SimTime now, const WalPosition& position) {
  queue_ = {};
  sent_ = arrived_ = position;
  free_at_ = now;
  head_carried_ = 0;
}

SimTime WalStream::head_begins() const {
  return std::max(free_at_, queue_.front().entered + delay_);
}

double WalStream::head_bytes() const {
  return static_cast<double>(queue_.front().position.bytes - arrived_.bytes) - head_carried_;
}

SimTime WalStream::drained_at(SimTime now) const {
  if (queue_.empty()) return now;
  if (rate_ <= 0) return sim_never;
  const double left = static_cast<double>(sent_.bytes - arrived_.bytes) - head_carried_;
  const SimTime last_entered = queue_.at(queue_.size() - 1).entered + delay_;
  return std::max({now, head_begins() + time_for(left, rate_), last_entered});
}

}  // namespace muster
