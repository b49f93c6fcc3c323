#include "telemetry/promql/subquery_view.hpp"

#include <algorithm>

namespace muster::promql {

void SubqueryView::drop_before(std::int64_t begin_ms) {
  begin_ms_ = begin_ms;
  for (; !moments_.empty() && moments_.front().first < begin_ms; moments_.pop_front())
    held_ -= moments_.front().second;
  for (Row& row : rows_) {
    while (row.begin < row.samples.size() && row.samples[row.begin].at_ms < begin_ms) ++row.begin;
    if (row.begin <= row.samples.size() / 2) continue;
    row.samples.erase(row.samples.begin(), row.samples.begin() + static_cast<std::ptrdiff_t>(row.begin));
    row.begin = 0;
  }
}

void SubqueryView::add(std::int64_t at_ms, const InstantVector& elements) {
  for (const Element& element : elements) {
    if (element.labels >= places_.size()) places_.resize(element.labels + 1, no_row);
    std::uint32_t& place = places_[element.labels];
    if (place == no_row) {
      place = static_cast<std::uint32_t>(rows_.size());
      rows_.push_back({element.labels, {}, 0});
    }
    rows_[place].samples.push_back({at_ms, element.value});
  }
  const std::size_t held = std::max<std::size_t>(elements.size(), 1);
  moments_.emplace_back(at_ms, held);
  held_ += held;
  newest_ms_ = at_ms;
}

void SubqueryView::show(std::vector<RangeElement>& series) const {
  for (const Row& row : rows_)
    if (row.begin < row.samples.size())
      series.push_back({row.labels, std::span<const Sample>(row.samples).subspan(row.begin)});
}

}  // namespace muster::promql
