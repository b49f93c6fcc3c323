#include <algorithm>

#include "telemetry/promql/evaluator.hpp"

namespace muster::promql {

namespace {

const Matcher* name_matcher(const VectorSelector& selector) {
  for (const Matcher& matcher : selector.matchers)
    if (matcher.name == "__name__" && matcher.kind == Matcher::Kind::equal) return &matcher;
  return nullptr;
}

bool fits(const VectorSelector& selector, const Labels& labels) {
  for (const Matcher& matcher : selector.matchers)
    if (!matcher.matches(label_value(labels, matcher.name))) return false;
  return true;
}

bool earlier(const Sample& sample, std::int64_t at_ms) {
  return sample.at_ms < at_ms;
}

// First sample that is not before `at_ms`. Most questions are about the newest samples, so the end is tried
// first.
std::vector<Sample>::const_iterator first_from(const std::vector<Sample>& samples, std::int64_t at_ms) {
  if (samples.empty() || samples.back().at_ms < at_ms) return samples.end();
  return std::lower_bound(samples.begin(), samples.end(), at_ms, earlier);
}

const Sample* newest_until(const std::vector<Sample>& samples, std::int64_t at_ms) {
  const auto after = first_from(samples, at_ms + 1);
  return after == samples.begin() ? nullptr : &*(after - 1);
}

// The least multiple of `step` that is not below `value`.
std::int64_t round_up_to(std::int64_t value, std::int64_t step) {
  const std::int64_t rest = ((value % step) + step) % step;
  return rest == 0 ? value : value + (step - rest);
}

}  // namespace

// Series only ever come to a store, so what was looked at once need not be looked at again.
void Evaluator::refresh_matches(const Expression& expression, const VectorSelector& selector) {
  Memory& memory = this->memory(expression);
  const Matcher* name = name_matcher(selector);
  const std::vector<SeriesId>* named = name ? &store_->named(name->value) : nullptr;
  const std::size_t candidates = named ? named->size() : store_->series_count();
  for (; memory.examined < candidates; ++memory.examined) {
    const SeriesId series = named ? (*named)[memory.examined] : static_cast<SeriesId>(memory.examined);
    if (!fits(selector, store_->labels(series))) continue;
    memory.matched.push_back(series);
    memory.matched_labels.push_back(pool_.intern(store_->labels(series)));
  }
}

std::int64_t Evaluator::shifted(const TimeShift& shift) const {
  std::int64_t at = at_ms_;
  if (shift.at_unix_ms) at = *shift.at_unix_ms - epoch_ms_;
  if (shift.bound == TimeShift::Bound::start) at = begin_ms_;
  if (shift.bound == TimeShift::Bound::end) at = end_ms_;
  return at - shift.offset_ms;
}

InstantVector Evaluator::select(const Expression& expression, const VectorSelector& selector) {
  refresh_matches(expression, selector);
  const Memory& memory = this->memory(expression);
  const std::int64_t at = shifted(selector.shift);
  InstantVector found;
  found.reserve(memory.matched.size());
  for (std::size_t i = 0; i < memory.matched.size(); ++i) {
    const Sample* sample = newest_until(store_->samples(memory.matched[i]), at);
    if (!sample || at - sample->at_ms > options_.lookback_ms || is_stale_marker(sample->value)) continue;
    found.push_back({memory.matched_labels[i], sample->value, sample->at_ms});
  }
  if (!spend(found.size() + 1)) return {};
  return found;
}

RangeVector Evaluator::select_range(const Expression&, const MatrixSelector& node) {
  const auto& selector = *node.selector->as<VectorSelector>();
  refresh_matches(*node.selector, selector);
  const Memory& memory = this->memory(*node.selector);
  RangeVector range;
  range.end_ms = shifted(selector.shift);
  range.begin_ms = range.end_ms - node.range_ms;
  for (std::size_t i = 0; i < memory.matched.size(); ++i) {
    const std::vector<Sample>& samples = store_->samples(memory.matched[i]);
    const auto begin = first_from(samples, range.begin_ms);
    const auto end = first_from(samples, range.end_ms + 1);
    if (begin == end || !spend(static_cast<std::size_t>(end - begin))) continue;
    const bool marked =
        std::any_of(begin, end, [](const Sample& sample) { return is_stale_marker(sample.value); });
    std::span<const Sample> shown(&*begin, static_cast<std::size_t>(end - begin));
    if (marked) {
      std::vector<Sample>& own = range.own.emplace_back(begin, end);
      std::erase_if(own, [](const Sample& sample) { return is_stale_marker(sample.value); });
      shown = own;
    }
    if (!shown.empty()) range.series.push_back({memory.matched_labels[i], shown});
  }
  return range;
}

// The inner expression at every multiple of the step, counted from 1970, within the range.
RangeVector Evaluator::run_subquery(const Subquery& node) {
  RangeVector range;
  range.end_ms = shifted(node.shift);
  range.begin_ms = range.end_ms - node.range_ms;
  const std::int64_t step = node.step_ms ? node.step_ms : options_.subquery_step_ms;
  const std::int64_t outer = at_ms_;
  std::map<LabelId, std::size_t> places;  // in range.own
  std::vector<LabelId> labels;
  for (std::int64_t at = round_up_to(epoch_ms_ + range.begin_ms, step) - epoch_ms_; at <= range.end_ms;
       at += step) {
    if (!spend(1)) break;
    at_ms_ = at;
    for (const Element& element : vector(*node.inner)) {
      const auto [place, is_new] = places.emplace(element.labels, labels.size());
      if (is_new) {
        labels.push_back(element.labels);
        range.own.emplace_back();
      }
      range.own[place->second].push_back({at, element.value});
    }
  }
  at_ms_ = outer;
  for (std::size_t i = 0; i < labels.size(); ++i) range.series.push_back({labels[i], range.own[i]});
  return range;
}

}  // namespace muster::promql
