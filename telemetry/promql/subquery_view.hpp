// What a subquery shows of its inner expression: the samples by series, while the window slides forward;
// private to this folder.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/query.hpp"

namespace muster::promql {

/// One series of a range vector. The samples belong to whoever made the vector.
struct RangeElement {
  LabelId labels = 0;
  std::span<const Sample> samples;
};

class SubqueryView {
 public:
  /// False: it has dropped what the window from `begin_ms` to `end_ms` shows, or holds what lies behind it.
  bool can_slide_to(std::int64_t begin_ms, std::int64_t end_ms) const {
    return begin_ms >= begin_ms_ && end_ms >= newest_ms_;
  }
  void drop_before(std::int64_t begin_ms);
  /// The first moment that has not been added.
  std::int64_t next_ms() const { return newest_ms_ + 1; }
  /// `at_ms` is later than all before.
  void add(std::int64_t at_ms, const InstantVector& elements);
  /// Samples in view, and one for each moment at which there was nothing.
  std::size_t held() const { return held_; }
  /// Appends every series with a sample in view, in the order in which they were first seen.
  void show(std::vector<RangeElement>& series) const;

 private:
  struct Row {
    LabelId labels = 0;
    std::vector<Sample> samples;
    std::size_t begin = 0;  // of what is in view
  };
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min() / 2;
  static constexpr std::uint32_t no_row = ~std::uint32_t{0};

  std::vector<Row> rows_;
  std::vector<std::uint32_t> places_;                         // [LabelId], in rows_
  std::deque<std::pair<std::int64_t, std::size_t>> moments_;  // in view: when, and what was held for it
  std::size_t held_ = 0;
  std::int64_t begin_ms_ = never, newest_ms_ = never;
};

}  // namespace muster::promql
