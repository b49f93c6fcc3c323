#include "telemetry/promql/window.hpp"

namespace muster::promql {

// Gets ready to read on; from the beginning of a run where that is less work.
void SlidingWindow::move_to(std::int64_t begin_ms, std::int64_t end_ms) {
  const bool back = begin_ms < begin_ms_ || end_ms < end_ms_;
  if (back) {
    kept_.clear();
    begin_ = 0;
    has_pending_ = false;
    reader_.seek(begin_ms, true);
  } else if (begin_ms > end_ms_) {
    reader_.seek(begin_ms, false);
  }
  begin_ms_ = begin_ms;
  end_ms_ = end_ms;
}

std::span<const Sample> SlidingWindow::between(std::int64_t begin_ms, std::int64_t end_ms) {
  if (packed_->empty() || packed_->back().at_ms < begin_ms || packed_->front_ms() > end_ms) return {};
  move_to(begin_ms, end_ms);
  while (begin_ < kept_.size() && kept_[begin_].at_ms < begin_ms) ++begin_;
  if (begin_ > kept_.size() / 2) {
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  while (has_pending_ || reader_.next(pending_)) {
    has_pending_ = pending_.at_ms > end_ms;
    if (has_pending_) break;
    if (pending_.at_ms >= begin_ms && !is_stale_marker(pending_.value)) kept_.push_back(pending_);
  }
  return std::span<const Sample>(kept_).subspan(begin_);
}

bool NewestSample::search(std::int64_t at_ms, Sample& newest) {
  if (at_ms < at_ms_) {
    has_found_ = has_pending_ = false;
    reader_.seek(at_ms, true);
  } else if (!has_pending_ || pending_.at_ms <= at_ms) {
    reader_.seek(at_ms, false);
  }
  at_ms_ = at_ms;
  while (has_pending_ || reader_.next(pending_)) {
    has_pending_ = pending_.at_ms > at_ms;
    if (has_pending_) break;
    found_ = pending_;
    has_found_ = true;
  }
  if (has_found_) newest = found_;
  return has_found_;
}

}  // namespace muster::promql
