#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "telemetry/promql/evaluator.hpp"

#include "sim/special_values.hpp"

namespace muster::promql {

namespace {

// Dates further away than this (about the year 290,000) are NaN.
constexpr double furthest_date_seconds = 9e12;

// The labels that an absent selector would have: those it asks for with "=", once each, but not the name.
Labels labels_asked_for(const Expression& argument) {
  const VectorSelector* selector = argument.as<VectorSelector>();
  if (const auto* matrix = argument.as<MatrixSelector>()) selector = matrix->selector->as<VectorSelector>();
  Labels labels;
  if (!selector) return labels;
  std::vector<std::string> had;
  for (const Matcher& matcher : selector->matchers) {
    if (matcher.name == "__name__") continue;
    const bool again = std::find(had.begin(), had.end(), matcher.name) != had.end();
    const bool asked = matcher.kind == Matcher::Kind::equal && !again;
    set_label(labels, matcher.name, asked ? matcher.value : "");
    if (asked) had.push_back(matcher.name);
  }
  return labels;
}

}  // namespace

Scalars Evaluator::scalars_of(const Call& node) {
  Scalars scalars;
  bool first = true;
  for (const ExpressionPtr& argument : node.arguments) {
    if (type_of(*argument) != ValueType::scalar) continue;
    (first ? scalars.first : scalars.second) = scalar(*argument);
    first = false;
  }
  return scalars;
}

double Evaluator::call_scalar(const Call& node) {
  switch (node.function->special) {
    case Special::time:
      return unix_seconds(at_ms_);
    case Special::pi:
      return std::numbers::pi;
    case Special::scalar: {
      const InstantVector elements = vector(*node.arguments[0]);
      return elements.size() == 1 ? elements.front().value : not_a_number;
    }
    default:
      fail("function " + std::string(node.function->name) + " does not give a scalar");
      return 0;
  }
}

InstantVector Evaluator::call_vector(const Expression& expression, const Call& node) {
  InstantVector elements;
  if (node.function->range) {
    elements = call_range(node);
  } else if (node.function->value && node.function->special == Special::none) {
    elements = call_value(node);
  } else if (node.function->date) {
    elements = call_date(node);
  } else {
    elements = call_special(expression, node);
  }
  require_unique(elements);
  if (failed()) return {};
  return elements;
}

InstantVector Evaluator::call_special(const Expression& expression, const Call& node) {
  switch (node.function->special) {
    case Special::absent:
    case Special::absent_over_time:
      return absent(node);
    case Special::clamp: {
      const Scalars bounds = scalars_of(node);
      return bounds.second < bounds.first ? InstantVector{} : call_value(node);
    }
    case Special::histogram_quantile:
      return histogram_quantile(expression, node);
    case Special::native_histogram:
      (void)vector(*node.arguments.back());  // for its errors
      return {};
    case Special::label_join:
      return label_join(node);
    case Special::label_replace:
      return label_replace(expression, node);
    case Special::sort:
      return sorted(node, false);
    case Special::sort_desc:
      return sorted(node, true);
    case Special::timestamp:
      return timestamps(node);
    case Special::vector:
      return {{LabelPool::empty, scalar(*node.arguments[0]), at_ms_}};
    default:
      fail("function " + std::string(node.function->name) + " is not supported here");
      return {};
  }
}

InstantVector Evaluator::call_range(const Call& node) {
  const Function& function = *node.function;
  const Scalars scalars = scalars_of(node);
  if (function.check) {
    if (std::string wrong = function.check(scalars); !wrong.empty()) fail(std::move(wrong));
  }
  RangeVector range;
  for (const ExpressionPtr& argument : node.arguments)
    if (type_of(*argument) == ValueType::matrix) range = matrix(*argument);
  InstantVector results;
  results.reserve(range.series.size());
  for (const RangeElement& series : range.series) {
    const auto value = function.range({series.samples, range.begin_ms, range.end_ms, at_ms_}, scalars);
    if (value)
      results.push_back({function.keeps_name ? series.labels : drop_name(series.labels), *value, at_ms_});
  }
  return results;
}

InstantVector Evaluator::call_value(const Call& node) {
  InstantVector elements = vector(*node.arguments[0]);
  Scalars scalars = scalars_of(node);
  const bool left_out = node.arguments.size() < node.function->arguments.size();
  if (left_out) scalars.first = 1;  // round(v) rounds to 1
  for (Element& element : elements) {
    element.value = node.function->value(element.value, scalars);
    element.labels = drop_name(element.labels);
  }
  return elements;
}

InstantVector Evaluator::call_date(const Call& node) {
  InstantVector moments{{LabelPool::empty, unix_seconds(at_ms_), at_ms_}};
  if (!node.arguments.empty()) moments = vector(*node.arguments[0]);
  for (Element& moment : moments) {
    const bool is_date = std::fabs(moment.value) < furthest_date_seconds;
    moment.value = is_date ? node.function->date(static_cast<std::int64_t>(moment.value)) : not_a_number;
    moment.labels = drop_name(moment.labels);
  }
  return moments;
}

InstantVector Evaluator::sorted(const Call& node, bool descending) {
  InstantVector elements = vector(*node.arguments[0]);
  std::stable_sort(elements.begin(), elements.end(), [descending](const Element& a, const Element& b) {
    if (std::isnan(a.value) || std::isnan(b.value)) return !std::isnan(a.value) && std::isnan(b.value);
    return descending ? a.value > b.value : a.value < b.value;
  });
  return elements;
}

InstantVector Evaluator::timestamps(const Call& node) {
  const bool own_time = without_parens(*node.arguments[0]).as<VectorSelector>() != nullptr;
  InstantVector elements = vector(*node.arguments[0]);
  for (Element& element : elements) {
    element.value = unix_seconds(own_time ? element.sample_ms : at_ms_);
    element.labels = drop_name(element.labels);
  }
  return elements;
}

InstantVector Evaluator::absent(const Call& node) {
  const Expression& argument = *node.arguments[0];
  const bool present = node.function->special == Special::absent ? !vector(argument).empty()
                                                                 : !matrix(argument).series.empty();
  if (present || failed()) return {};
  return {{pool_.intern(labels_asked_for(argument)), 1, at_ms_}};
}

}  // namespace muster::promql
