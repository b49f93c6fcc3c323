#include <algorithm>

#include "telemetry/promql/evaluator.hpp"

namespace muster::promql {

namespace {

// Whether the matchers fit. Neighbours in a store mostly share a label's value, so a regex's last answer is
// remembered.
class Fitting {
 public:
  explicit Fitting(const VectorSelector& selector) : selector_(selector), last_(selector.matchers.size()) {}

  bool fits(const Labels& labels) {
    for (std::size_t i = 0; i < last_.size(); ++i)
      if (!matches(i, label_value(labels, selector_.matchers[i].name))) return false;
    return true;
  }

 private:
  struct Answer {
    std::string_view value;
    bool known = false, fits = false;
  };
  bool matches(std::size_t i, std::string_view value) {
    const Matcher& matcher = selector_.matchers[i];
    if (!matcher.pattern) return matcher.matches(value);
    Answer& last = last_[i];
    if (!last.known || last.value != value) last = {value, true, matcher.matches(value)};
    return last.fits;
  }

  const VectorSelector& selector_;
  std::vector<Answer> last_;
};

// The least multiple of `step` that is not below `value`.
std::int64_t round_up_to(std::int64_t value, std::int64_t step) {
  const std::int64_t rest = ((value % step) + step) % step;
  return rest == 0 ? value : value + (step - rest);
}

}  // namespace

// The shortest list of the index that holds all that may fit.
const std::vector<SeriesId>* Evaluator::candidates_of(const VectorSelector& selector) const {
  const std::vector<SeriesId>* shortest = nullptr;
  for (const Matcher& matcher : selector.matchers) {
    if (matcher.kind != Matcher::Kind::equal || matcher.value.empty()) continue;
    const std::vector<SeriesId>& having = store_->having(matcher.name, matcher.value);
    if (!shortest || having.size() < shortest->size()) shortest = &having;
  }
  return shortest;
}

// Series only ever come to a store, so what was looked at once need not be looked at again.
template <class See>
Evaluator::Memory& Evaluator::refresh_matches(const Expression& expression, const VectorSelector& selector,
                                              std::vector<See> Memory::*seen) {
  Memory& memory = this->memory(expression);
  if (memory.examined == 0) memory.candidates = candidates_of(selector);
  const std::size_t candidates = memory.candidates ? memory.candidates->size() : store_->series_count();
  if (memory.examined == candidates) return memory;
  Fitting fitting(selector);
  for (; memory.examined < candidates; ++memory.examined) {
    const SeriesId series =
        memory.candidates ? (*memory.candidates)[memory.examined] : static_cast<SeriesId>(memory.examined);
    if (!fitting.fits(store_->labels(series))) continue;
    memory.matched.push_back(pool_.refer(store_->labels(series), store_->label_hash(series)));
    (memory.*seen).emplace_back(store_->packed(series));
  }
  return memory;
}

std::int64_t Evaluator::shifted(const TimeShift& shift) const {
  std::int64_t at = at_ms_;
  if (shift.at_unix_ms) at = *shift.at_unix_ms - epoch_ms_;
  if (shift.bound == TimeShift::Bound::start) at = begin_ms_;
  if (shift.bound == TimeShift::Bound::end) at = end_ms_;
  return at - shift.offset_ms;
}

InstantVector Evaluator::select(const Expression& expression, const VectorSelector& selector) {
  Memory& memory = refresh_matches(expression, selector, &Memory::newest);
  const std::int64_t at = shifted(selector.shift);
  const std::int64_t oldest = at - options_.lookback_ms + (options_.left_open ? 1 : 0);
  InstantVector found;
  found.reserve(memory.matched.size());
  for (std::size_t i = 0; i < memory.matched.size(); ++i) {
    Sample sample;
    if (!memory.newest[i].until(at, sample) || sample.at_ms < oldest || is_stale_marker(sample.value))
      continue;
    found.push_back({memory.matched[i], sample.value, sample.at_ms});
  }
  if (!spend(found.size())) return {};
  return found;
}

RangeVector Evaluator::select_range(const Expression&, const MatrixSelector& node) {
  const auto& selector = *node.selector->as<VectorSelector>();
  Memory& memory = refresh_matches(*node.selector, selector, &Memory::windows);
  RangeVector range;
  range.end_ms = shifted(selector.shift);
  range.begin_ms = range.end_ms - node.range_ms;
  const std::int64_t first = range.begin_ms + (options_.left_open ? 1 : 0);
  for (std::size_t i = 0; i < memory.matched.size(); ++i) {
    const std::span<const Sample> shown = memory.windows[i].between(first, range.end_ms);
    if (!shown.empty() && spend(shown.size())) range.series.push_back({memory.matched[i], shown});
  }
  return range;
}

// The inner expression at every multiple of the step, counted from 1970, within the range. In a range query
// it is the same at a moment for every step that sees it, so only what came into view is worked out.
RangeVector Evaluator::run_subquery(const Expression& expression, const Subquery& node) {
  RangeVector range;
  range.end_ms = shifted(node.shift);
  range.begin_ms = range.end_ms - node.range_ms;
  const std::int64_t step = node.step_ms ? node.step_ms : options_.subquery_step_ms;
  const std::int64_t first = range.begin_ms + (options_.left_open ? 1 : 0);
  SubqueryView& view = memory(expression).inner;
  if (!frozen_ || !view.can_slide_to(first, range.end_ms)) view = SubqueryView();
  view.drop_before(first);
  std::int64_t at = round_up_to(epoch_ms_ + std::max(first, view.next_ms()), step) - epoch_ms_;
  const std::int64_t outer = at_ms_;
  for (; at <= range.end_ms && !failed(); at += step) {
    const std::int64_t held = held_;
    at_ms_ = at;
    const InstantVector elements = vector(*node.inner);
    held_ = held;  // only the results stay
    if (held_ + static_cast<std::int64_t>(view.held()) > options_.max_samples) break;
    view.add(at, elements);
  }
  at_ms_ = outer;
  if (!spend(view.held())) return range;
  view.show(range.series);
  return range;
}

}  // namespace muster::promql
