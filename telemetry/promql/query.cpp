#include "telemetry/promql/query.hpp"

#include <algorithm>

#include "telemetry/promql/evaluator.hpp"

namespace muster::promql {

namespace {

// sort() and topk() decide the order of an instant result; else labels do, since nothing else is promised.
bool keeps_order(const Expression& root) {
  const Expression& inner = without_parens(root);
  if (const auto* aggregation = inner.as<Aggregation>())
    return aggregation->op == Aggregator::topk || aggregation->op == Aggregator::bottomk;
  const auto* call = inner.as<Call>();
  if (!call) return false;
  const Special special = call->function->special;
  return special == Special::sort || special == Special::sort_desc;
}

void sort_by_labels(std::vector<ResultSeries>& series) {
  std::stable_sort(series.begin(), series.end(),
                   [](const ResultSeries& a, const ResultSeries& b) { return a.labels < b.labels; });
}

std::vector<ResultSeries> instant_series(Evaluator& evaluator, const Expression& root, std::int64_t at_ms) {
  std::vector<ResultSeries> series;
  for (const Element& element : evaluator.vector(root))
    series.push_back({evaluator.pool().at(element.labels), {{at_ms, element.value}}});
  if (!keeps_order(root)) sort_by_labels(series);
  return series;
}

std::vector<ResultSeries> raw_series(Evaluator& evaluator, const Expression& root) {
  std::vector<ResultSeries> series;
  const RangeVector range = evaluator.matrix(root);
  for (const RangeElement& element : range.series)
    series.push_back({evaluator.pool().at(element.labels), {element.samples.begin(), element.samples.end()}});
  sort_by_labels(series);
  return series;
}

}  // namespace

Query::Query(std::shared_ptr<const Expression> expression, const Options& options)
    : expression_(std::move(expression)), evaluator_(std::make_unique<Evaluator>(*expression_, options)) {}
Query::Query(Query&&) noexcept = default;
Query::~Query() = default;

Result<InstantVector> Query::vector_at(const SeriesStore& store, std::int64_t at_ms) {
  evaluator_->start(store, at_ms, at_ms, at_ms);
  evaluator_->reset_budget();
  const ValueType type = type_of(*expression_);
  InstantVector elements;
  if (type == ValueType::vector) {
    elements = evaluator_->vector(*expression_);
  } else if (type == ValueType::scalar) {
    elements = {{LabelPool::empty, evaluator_->scalar(*expression_), at_ms}};
  } else {
    return invalid_input("rule result is not a vector or scalar");
  }
  if (evaluator_->failed()) return invalid_input(evaluator_->error());
  return elements;
}

const Labels& Query::labels(LabelId id) const {
  return evaluator_->pool().at(id);
}

Result<Value> evaluate_instant(const Expression& expression, const SeriesStore& store, std::int64_t at_ms,
                               const Options& options) {
  Evaluator evaluator(expression, options);
  evaluator.start(store, at_ms, at_ms, at_ms);
  Value value;
  value.type = type_of(expression);
  value.at_ms = at_ms;
  switch (value.type) {
    case ValueType::scalar:
      value.scalar = evaluator.scalar(expression);
      break;
    case ValueType::string:
      value.text = evaluator.text(expression);
      break;
    case ValueType::vector:
      value.series = instant_series(evaluator, expression, at_ms);
      break;
    case ValueType::matrix:
      value.series = raw_series(evaluator, expression);
      break;
    case ValueType::none:
      break;
  }
  if (evaluator.failed()) return invalid_input(evaluator.error());
  return value;
}

Result<Value> evaluate_range(const Expression& expression, const SeriesStore& store, std::int64_t begin_ms,
                             std::int64_t end_ms, std::int64_t step_ms, const Options& options) {
  const ValueType type = type_of(expression);
  if (type != ValueType::vector && type != ValueType::scalar) {
    return invalid_input(std::string("invalid expression type \"") + documented_name(type) +
                         "\" for range query, must be Scalar or instant Vector");
  }
  if (step_ms <= 0)
    return invalid_input(
        "zero or negative query resolution step widths are not accepted. Try a positive integer");
  Evaluator evaluator(expression, options);
  evaluator.reset_budget();
  evaluator.freeze();
  std::vector<std::vector<Sample>> points;  // [LabelId]
  for (std::int64_t at = begin_ms; at <= end_ms && !evaluator.failed(); at += step_ms) {
    evaluator.start(store, at, begin_ms, end_ms);
    InstantVector elements;
    if (type == ValueType::vector) {
      elements = evaluator.vector(expression);
    } else {
      elements = {{LabelPool::empty, evaluator.scalar(expression), at}};
    }
    if (points.size() < evaluator.pool().size()) points.resize(evaluator.pool().size());
    for (const Element& element : elements) points[element.labels].push_back({at, element.value});
    evaluator.keep(elements.size());
  }
  if (evaluator.failed()) return invalid_input(evaluator.error());
  Value value;
  value.type = ValueType::matrix;
  for (LabelId labels = 0; labels < points.size(); ++labels)
    if (!points[labels].empty())
      value.series.push_back({evaluator.pool().at(labels), std::move(points[labels])});
  sort_by_labels(value.series);
  return value;
}

}  // namespace muster::promql
