#include <fmt/format.h>

#include <cmath>
#include <set>

#include "sim/trigonometry.hpp"
#include "telemetry/promql/arithmetic.hpp"
#include "telemetry/promql/evaluator.hpp"

namespace muster::promql {

namespace {

double calculate(Operator op, double a, double b) {
  switch (op) {
    case Operator::add:
      return a + b;
    case Operator::sub:
      return a - b;
    case Operator::mul:
      return a * b;
    case Operator::div:
      return a / b;
    case Operator::mod:
      return std::fmod(a, b);
    case Operator::pow:
      return power(a, b);
    case Operator::atan2:
      return portable_atan2(a, b);
    default:
      return 0;
  }
}

bool compare(Operator op, double a, double b) {
  switch (op) {
    case Operator::eq:
      return a == b;
    case Operator::ne:
      return a != b;
    case Operator::gt:
      return a > b;
    case Operator::lt:
      return a < b;
    case Operator::ge:
      return a >= b;
    case Operator::le:
      return a <= b;
    default:
      return true;
  }
}

// What an operation makes of two values. A comparison keeps the left one, or drops the element.
struct Outcome {
  double value;
  bool keep;
};

Outcome apply(const Binary& node, double a, double b) {
  if (!is_comparison(node.op)) return {calculate(node.op, a, b), true};
  const bool holds = compare(node.op, a, b);
  if (node.returns_bool) return {holds ? 1.0 : 0.0, true};
  return {a, holds};
}

// atan2 is left out of Prometheus 2.42's list of operators that drop the name (promql/engine.go).
bool drops_name(const Binary& node) {
  return (!is_comparison(node.op) && node.op != Operator::atan2) || node.returns_bool;
}

}  // namespace

double Evaluator::binary_scalar(const Binary& node) {
  const double a = scalar(*node.left);
  const double b = scalar(*node.right);
  return apply(node, a, b).value;
}

InstantVector Evaluator::binary_vector(const Expression& expression, const Binary& node) {
  const bool left_scalar = type_of(*node.left) == ValueType::scalar;
  const bool right_scalar = type_of(*node.right) == ValueType::scalar;
  if (left_scalar) {
    const double left = scalar(*node.left);
    return with_scalar(node, vector(*node.right), left, true);
  }
  InstantVector left = vector(*node.left);
  if (right_scalar) return with_scalar(node, std::move(left), scalar(*node.right), false);
  InstantVector right = vector(*node.right);
  if (failed()) return {};
  if (is_set_operator(node.op)) return set_operation(expression, node, std::move(left), std::move(right));
  return matched(expression, node, std::move(left), std::move(right));
}

InstantVector Evaluator::with_scalar(const Binary& node, InstantVector elements, double scalar,
                                     bool scalar_left) {
  InstantVector kept;
  kept.reserve(elements.size());
  for (Element element : elements) {
    const double own = element.value;
    auto [value, keep] = scalar_left ? apply(node, scalar, own) : apply(node, own, scalar);
    if (!keep) continue;
    const bool filter = is_comparison(node.op) && !node.returns_bool;
    element.value = filter ? own : value;
    if (drops_name(node)) element.labels = drop_name(element.labels);
    kept.push_back(element);
  }
  require_unique(kept);
  return kept;
}

InstantVector Evaluator::negate(const Unary& node) {
  InstantVector elements = vector(*node.operand);
  if (!node.negative) return elements;
  for (Element& element : elements) {
    element.value = -element.value;
    element.labels = drop_name(element.labels);
  }
  require_unique(elements);
  return elements;
}

std::vector<LabelId> Evaluator::signatures_of(const Expression& expression, const Binary& node,
                                              const InstantVector& elements) {
  LabelMap& map = memory(expression).signatures;
  const auto signature = [&](const Labels& labels) {
    return node.matching.on ? only(labels, node.matching.labels) : all_but(labels, node.matching.labels);
  };
  std::vector<LabelId> signatures;
  signatures.reserve(elements.size());
  for (const Element& element : elements) signatures.push_back(map.get(pool_, element.labels, signature));
  return signatures;
}

// index[signature] = the one element that has it; false after an error.
bool Evaluator::index_one_side(const Binary& node, const InstantVector& one,
                               const std::vector<LabelId>& signatures, std::vector<int>& index) {
  for (std::size_t i = 0; i < one.size(); ++i) {
    int& place = index[signatures[i]];
    if (place >= 0) {
      const bool left = node.matching.card == Matching::Card::one_to_many;
      fail(fmt::format(
          "found duplicate series for the match group {} on the {} hand-side of the operation: [{}, {}]"
          ";many-to-many matching not allowed: matching labels must be unique on one side",
          print_labels(pool_.at(signatures[i])), left ? "left" : "right",
          print_labels(pool_.at(one[i].labels)),
          print_labels(pool_.at(one[static_cast<std::size_t>(place)].labels))));
      return false;
    }
    place = static_cast<int>(i);
  }
  return true;
}

LabelId Evaluator::result_labels(const Expression& expression, const Binary& node, LabelId many,
                                 LabelId one) {
  const Matching& matching = node.matching;
  Memory& memory = this->memory(expression);
  if (matching.card == Matching::Card::one_to_one) {
    return memory.results.get(pool_, many, [&](const Labels& labels) {
      Labels result = matching.on ? only(labels, matching.labels) : labels;
      if (!matching.on)
        for (const std::string& name : matching.labels) set_label(result, name, "");
      if (drops_name(node)) set_label(result, "__name__", "");
      return result;
    });
  }
  const auto [known, is_new] = memory.joined.emplace(std::pair(many, one), LabelPool::empty);
  if (is_new) {
    Labels result = pool_.at(many);
    if (!is_comparison(node.op) && node.op != Operator::atan2) set_label(result, "__name__", "");
    for (const std::string& name : matching.include)
      set_label(result, name, std::string(label_value(pool_.at(one), name)));
    if (node.returns_bool) set_label(result, "__name__", "");
    known->second = pool_.intern(result);
  }
  return known->second;
}

InstantVector Evaluator::matched(const Expression& expression, const Binary& node, InstantVector left,
                                 InstantVector right) {
  if (left.empty() || right.empty()) return {};
  const bool swapped = node.matching.card == Matching::Card::one_to_many;
  const bool one_to_one = node.matching.card == Matching::Card::one_to_one;
  if (swapped) std::swap(left, right);  // from here on, "right" is the side with one element per signature
  const std::vector<LabelId> many = signatures_of(expression, node, left),
                             one = signatures_of(expression, node, right);
  std::vector<int> index(pool_.size(), -1);
  if (!index_one_side(node, right, one, index)) return {};
  std::vector<bool> used(right.size());
  std::set<std::pair<LabelId, LabelId>> made;  // (signature, result)
  InstantVector results;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const int place = index[many[i]];
    if (place < 0) continue;
    const Element& other = right[static_cast<std::size_t>(place)];
    const auto [value, keep] =
        swapped ? apply(node, other.value, left[i].value) : apply(node, left[i].value, other.value);
    if (!keep) continue;
    const LabelId labels = result_labels(expression, node, left[i].labels, other.labels);
    if (one_to_one && used[static_cast<std::size_t>(place)]) {
      fail("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
    } else if (!one_to_one && !made.emplace(many[i], labels).second) {
      fail("multiple matches for labels: grouping labels must ensure unique matches");
    }
    used[static_cast<std::size_t>(place)] = true;
    results.push_back({labels, value, at_ms_});
  }
  require_unique(results);
  return results;
}

InstantVector Evaluator::set_operation(const Expression& expression, const Binary& node, InstantVector left,
                                       InstantVector right) {
  const std::vector<LabelId> left_signatures = signatures_of(expression, node, left);
  const std::vector<LabelId> right_signatures = signatures_of(expression, node, right);
  std::vector<bool> present(pool_.size());
  const bool unite = node.op == Operator::or_;
  for (const LabelId signature : unite ? left_signatures : right_signatures) present[signature] = true;
  InstantVector result;
  if (unite) {
    result = std::move(left);
    for (std::size_t i = 0; i < right.size(); ++i)
      if (!present[right_signatures[i]]) result.push_back(right[i]);
  } else {
    for (std::size_t i = 0; i < left.size(); ++i)
      if (present[left_signatures[i]] == (node.op == Operator::and_)) result.push_back(left[i]);
  }
  require_unique(result);
  return result;
}

}  // namespace muster::promql
