#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "telemetry/promql/arithmetic.hpp"
#include "telemetry/promql/evaluator.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::promql {

namespace {

// One group's running value (prometheus/prometheus promql/engine.go, aggregation).
struct Group {
  LabelId labels = 0;
  double count = 0, value = 0, mean = 0;

  void begin(double first) {
    count = 1;
    value = mean = first;
  }
  void add(Aggregator op, double sample);
  void add_to_mean(double sample);
  double result(Aggregator op) const;
};

void Group::add_to_mean(double sample) {
  if (std::isinf(mean)) {
    // An infinite mean stays, unless NaN or the other infinity comes.
    if (std::isinf(sample) && (mean > 0) == (sample > 0)) return;
    if (std::isfinite(sample)) return;
  }
  mean += sample / count - mean / count;
}

void Group::add(Aggregator op, double sample) {
  ++count;
  switch (op) {
    case Aggregator::sum:
      value += sample;
      break;
    case Aggregator::avg:
      add_to_mean(sample);
      break;
    case Aggregator::max:
      if (value < sample || std::isnan(value)) value = sample;
      break;
    case Aggregator::min:
      if (value > sample || std::isnan(value)) value = sample;
      break;
    case Aggregator::stddev:
    case Aggregator::stdvar: {
      const double distance = sample - mean;
      mean += distance / count;
      value += distance * (sample - mean);
      break;
    }
    default:
      break;
  }
}

double Group::result(Aggregator op) const {
  switch (op) {
    case Aggregator::avg:
      return mean;
    case Aggregator::count:
      return count;
    case Aggregator::group:
      return 1;
    case Aggregator::stdvar:
      return value / count;
    case Aggregator::stddev:
      return std::sqrt(value / count);
    default:
      return value;
  }
}

// [group's LabelId] -> place in a list, in order of first sight.
class Places {
 public:
  explicit Places(std::size_t size) : places_(size, -1) {}
  /// True if new.
  bool find(LabelId group, std::size_t& place) {
    const bool is_new = places_[group] < 0;
    if (is_new) places_[group] = count_++;
    place = static_cast<std::size_t>(places_[group]);
    return is_new;
  }

 private:
  std::vector<int> places_;
  int count_ = 0;
};

bool better(bool top, double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return !std::isnan(a);
  return top ? a > b : a < b;
}

constexpr double int64_bound = 9223372036854775808.0;

}  // namespace

std::vector<LabelId> Evaluator::groups_of(const Expression& expression, const Aggregation& node,
                                          const InstantVector& elements) {
  LabelMap& map = memory(expression).signatures;
  const auto group = [&](const Labels& labels) {
    return node.without ? all_but(labels, node.grouping) : only(labels, node.grouping);
  };
  std::vector<LabelId> groups;
  groups.reserve(elements.size());
  for (const Element& element : elements) groups.push_back(map.get(pool_, element.labels, group));
  return groups;
}

InstantVector Evaluator::aggregate(const Expression& expression, const Aggregation& node) {
  const InstantVector elements = vector(*node.operand);
  if (failed()) return {};
  if (node.op == Aggregator::count_values) return count_values(node, elements);
  const std::vector<LabelId> member_of = groups_of(expression, node, elements);
  if (node.op == Aggregator::topk || node.op == Aggregator::bottomk)
    return best_of(node, elements, member_of);
  if (node.op == Aggregator::quantile) return quantiles(node, elements, member_of);
  std::vector<Group> groups;
  Places places(pool_.size());
  const bool variance = node.op == Aggregator::stddev || node.op == Aggregator::stdvar;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    std::size_t place = 0;
    if (places.find(member_of[i], place)) {
      groups.push_back({member_of[i]});
      groups.back().begin(elements[i].value);
      if (variance) groups.back().value = 0;
    } else {
      groups[place].add(node.op, elements[i].value);
    }
  }
  InstantVector results;
  results.reserve(groups.size());
  for (const Group& group : groups) results.push_back({group.labels, group.result(node.op), at_ms_});
  return results;
}

InstantVector Evaluator::best_of(const Aggregation& node, const InstantVector& elements,
                                 const std::vector<LabelId>& groups) {
  const double wanted = scalar(*node.parameter);
  if (failed()) return {};
  if (!(wanted < int64_bound && wanted > -int64_bound)) {
    fail(fmt::format("Scalar value {} overflows int64", format_short(wanted)));
    return {};
  }
  const auto count = static_cast<std::int64_t>(wanted);
  std::vector<InstantVector> members;
  Places places(pool_.size());
  for (std::size_t i = 0; i < elements.size() && count > 0; ++i) {
    std::size_t place = 0;
    if (places.find(groups[i], place)) members.emplace_back();
    members[place].push_back(elements[i]);
  }
  InstantVector results;
  const bool top = node.op == Aggregator::topk;
  for (InstantVector& group : members) {
    std::stable_sort(group.begin(), group.end(),
                     [top](const Element& a, const Element& b) { return better(top, a.value, b.value); });
    const auto kept = std::min(static_cast<std::size_t>(count), group.size());
    results.insert(results.end(), group.begin(), group.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  return results;
}

InstantVector Evaluator::quantiles(const Aggregation& node, const InstantVector& elements,
                                   const std::vector<LabelId>& groups) {
  const double q = scalar(*node.parameter);
  std::vector<LabelId> labels;
  std::vector<std::vector<double>> values;
  Places places(pool_.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    std::size_t place = 0;
    if (places.find(groups[i], place)) {
      labels.push_back(groups[i]);
      values.emplace_back();
    }
    values[place].push_back(elements[i].value);
  }
  InstantVector results;
  for (std::size_t i = 0; i < labels.size(); ++i)
    results.push_back({labels[i], quantile(q, values[i]), at_ms_});
  return results;
}

InstantVector Evaluator::count_values(const Aggregation& node, const InstantVector& elements) {
  const std::string label = text(*node.parameter);
  if (!is_label_name(label)) {
    fail("invalid label name " + quote(label));
    return {};
  }
  std::vector<std::string> grouping = node.grouping;
  if (!node.without) grouping.push_back(label);
  InstantVector results;
  std::map<LabelId, std::size_t> places;
  for (const Element& element : elements) {
    Labels labels = pool_.at(element.labels);
    set_label(labels, label, format_plain(element.value));
    const LabelId group = pool_.intern(node.without ? all_but(labels, grouping) : only(labels, grouping));
    const auto [place, is_new] = places.emplace(group, results.size());
    if (is_new) results.push_back({group, 0, at_ms_});
    results[place->second].value += 1;
  }
  return results;
}

}  // namespace muster::promql
