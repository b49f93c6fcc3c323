#include "telemetry/promql/evaluator.hpp"

#include "sim/assert.hpp"

namespace muster::promql {

Evaluator::Evaluator(const Expression& root, const Options& options)
    : options_(options),
      epoch_ms_(options.epoch.unix_seconds * 1000),
      memories_(static_cast<std::size_t>(id_bound(root))) {}

void Evaluator::start(const SeriesStore& store, std::int64_t at_ms, std::int64_t begin_ms,
                      std::int64_t end_ms) {
  MUSTER_ASSERT(!store_ || store_ == &store, "a query keeps to one store");
  store_ = &store;
  at_ms_ = at_ms;
  begin_ms_ = begin_ms;
  end_ms_ = end_ms;
  held_ = kept_;
  error_.clear();
}

void Evaluator::fail(std::string message) {
  if (error_.empty()) error_ = std::move(message);
}

bool Evaluator::spend(std::size_t samples) {
  held_ += static_cast<std::int64_t>(samples);
  work_ += static_cast<std::int64_t>(samples);
  if (held_ > options_.max_samples)
    fail("query processing would load too many samples into memory in query execution");
  if (work_ > options_.max_work) fail("query timed out in expression evaluation");
  return !failed();
}

double Evaluator::unix_seconds(std::int64_t virtual_ms) const {
  return static_cast<double>(epoch_ms_ + virtual_ms) / 1000;
}

LabelId Evaluator::drop_name(LabelId labels) {
  return without_name_.get(pool_, labels, without_metric_name);
}

void Evaluator::require_unique(const InstantVector& elements) {
  ++look_;
  seen_.resize(pool_.size(), 0);
  for (const Element& element : elements) {
    if (seen_[element.labels] == look_) return fail("vector cannot contain metrics with the same labelset");
    seen_[element.labels] = look_;
  }
}

double Evaluator::scalar(const Expression& expression) {
  if (failed()) return 0;
  const Expression& inner = without_parens(expression);
  if (const auto* number = inner.as<NumberLiteral>()) return number->value;
  if (const auto* unary = inner.as<Unary>())
    return unary->negative ? -scalar(*unary->operand) : scalar(*unary->operand);
  if (const auto* binary = inner.as<Binary>()) return binary_scalar(*binary);
  if (const auto* call = inner.as<Call>()) return call_scalar(*call);
  fail("expression is not a scalar");
  return 0;
}

std::string Evaluator::text(const Expression& expression) {
  const auto* literal = without_parens(expression).as<StringLiteral>();
  return literal ? literal->value : std::string();
}

InstantVector Evaluator::vector(const Expression& expression) {
  if (failed()) return {};
  const Expression& inner = without_parens(expression);
  if (const auto* selector = inner.as<VectorSelector>()) return select(inner, *selector);
  if (const auto* unary = inner.as<Unary>()) return negate(*unary);
  if (const auto* binary = inner.as<Binary>()) return binary_vector(inner, *binary);
  if (const auto* aggregation = inner.as<Aggregation>()) return aggregate(inner, *aggregation);
  if (const auto* call = inner.as<Call>()) return call_vector(inner, *call);
  fail("expression is not an instant vector");
  return {};
}

RangeVector Evaluator::matrix(const Expression& expression) {
  if (failed()) return {};
  const Expression& inner = without_parens(expression);
  if (const auto* selector = inner.as<MatrixSelector>()) return select_range(inner, *selector);
  if (const auto* subquery = inner.as<Subquery>()) return run_subquery(inner, *subquery);
  fail("expression is not a range vector");
  return {};
}

}  // namespace muster::promql
