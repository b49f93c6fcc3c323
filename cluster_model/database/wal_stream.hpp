// Write-ahead log on its way: commits in order through a channel of limited speed (the network to a standby,
// or a standby's single-threaded redo). Positions are bytes and commit numbers, so what has not arrived is
// known by number.
#pragma once

#include <cstdint>

#include "cluster_model/traffic/ring_queue.hpp"
#include "sim/time.hpp"

namespace muster {
inline namespace postgres {  // short names of this folder alone

/// A point in the log: everything up to it.
struct WalPosition {
  std::int64_t bytes = 0;
  std::uint64_t commits = 0;
  SimTime written{};  ///< when the last commit up to it was written
};

class WalStream {
 public:
  /// `delay` is added to every piece; `bytes_per_second` 0 stops the channel.
  WalStream(double bytes_per_second, SimDuration delay) : rate_(bytes_per_second), delay_(delay) {}

  /// The log grew to `position` at `now` (`now` and positions never go back).
  void push(SimTime now, const WalPosition& position);
  /// Carries what can be carried until `now`. `next`, if given, receives each piece at the moment it comes
  /// out.
  void advance(SimTime now, WalStream* next = nullptr);
  void set_rate(SimTime now, double bytes_per_second, WalStream* next = nullptr);
  /// Forgets what is under way; the far end stands at `position`.
  void restart(SimTime now, const WalPosition& position);

  const WalPosition& sent() const { return sent_; }
  const WalPosition& arrived() const { return arrived_; }
  std::int64_t backlog_bytes() const { return sent_.bytes - arrived_.bytes; }
  double rate() const { return rate_; }
  /// When everything pushed so far will have come out if the rate stays; sim_never if the channel stands.
  /// Call advance(now) first.
  SimTime drained_at(SimTime now) const;

 private:
  struct Piece {
    WalPosition position;
    SimTime entered{};
  };
  SimTime head_begins() const;
  double head_bytes() const;

  double rate_;
  SimDuration delay_;
  RingQueue<Piece> queue_;
  WalPosition sent_, arrived_;
  SimTime free_at_{};        // the channel has carried all before the head by then
  double head_carried_ = 0;  // bytes of the head, at an earlier rate
};

}  // namespace postgres
}  // namespace muster
