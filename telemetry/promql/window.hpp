// What selectors keep of one series while time goes forward, so that the next evaluation unpacks only what
// has come into view; private to this folder.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "telemetry/sample_codec.hpp"

namespace muster::promql {

/// The samples in a window that slides.
class SlidingWindow {
 public:
  explicit SlidingWindow(const PackedSamples& samples) : packed_(&samples), reader_(samples) {}
  /// The samples from `begin_ms` to `end_ms`, both included, without staleness markers. Valid until the next
  /// call. A window that moves back costs reading again.
  std::span<const Sample> between(std::int64_t begin_ms, std::int64_t end_ms);

 private:
  void move_to(std::int64_t begin_ms, std::int64_t end_ms);

  const PackedSamples* packed_;
  SampleReader reader_;
  std::vector<Sample> kept_;  // from begin_ on in view
  std::size_t begin_ = 0;
  Sample pending_{};  // read, but later than the window
  bool has_pending_ = false;
  std::int64_t begin_ms_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t end_ms_ = std::numeric_limits<std::int64_t>::min();
};

/// The newest sample at a moment that moves.
class NewestSample {
 public:
  explicit NewestSample(const PackedSamples& samples) : packed_(&samples), reader_(samples) {}
  /// False: there is none at or before `at_ms`. A staleness marker is a sample here.
  bool until(std::int64_t at_ms, Sample& newest) {
    if (packed_->empty()) return false;
    if (packed_->back().at_ms > at_ms) return search(at_ms, newest);
    newest = packed_->back();
    return true;
  }

 private:
  bool search(std::int64_t at_ms, Sample& newest);

  const PackedSamples* packed_;
  SampleReader reader_;
  Sample found_{}, pending_{};
  bool has_found_ = false, has_pending_ = false;
  std::int64_t at_ms_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace muster::promql
