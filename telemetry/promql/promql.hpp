// PromQL, as Prometheus 2.42 understands it: parse, print, evaluate over a SeriesStore.
//
// Times are milliseconds of virtual time since the drill began; `Options::epoch` is the calendar instant of
// zero, which time(), timestamp(), the date functions, @ and the alignment of subqueries count from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/result.hpp"
#include "sim/time.hpp"
#include "telemetry/promql/ast.hpp"
#include "telemetry/series_store.hpp"

namespace muster::promql {

struct Options {
  Epoch epoch{};
  std::int64_t lookback_ms = 5 * 60 * 1000;   ///< Prometheus' --query.lookback-delta
  std::int64_t subquery_step_ms = 60 * 1000;  ///< of [5m:]; Prometheus: global.evaluation_interval
  /// Samples that a query holds at one moment, its result included (--query.max-samples); more is an error.
  std::int64_t max_samples = 50'000'000;
  /// Samples that a query looks at in all. It stands for Prometheus' --query.timeout, in the same words.
  std::int64_t max_work = 500'000'000;
  /// The windows of Prometheus 3: range selectors, subqueries and the lookback leave their left edge out.
  bool left_open = false;
};

/// One series of a result. An instant vector's series has one point, at the evaluation time.
struct ResultSeries {
  Labels labels;
  std::vector<Sample> points;
};

struct Value {
  ValueType type = ValueType::none;
  std::int64_t at_ms = 0;  ///< evaluation time of an instant query
  double scalar = 0;
  std::string text;                  ///< of a string
  std::vector<ResultSeries> series;  ///< sorted by labels; an instant sort() or topk() keeps its order
};

/// Error: Prometheus' text with its 1-based position: "1:4: parse error: unclosed left parenthesis".
Result<std::shared_ptr<const Expression>> parse(std::string_view text);

/// What stands in `match[]`: a metric name, matchers in braces, or both. Unlike parse(), `{}` is accepted.
/// Error as parse().
Result<VectorSelector> parse_metric_selector(std::string_view text);

/// The canonical form; parse(print(e)) gives the same tree.
std::string print(const Expression& expression);

/// Value at one moment. Error: Prometheus' text ("found duplicate series for the match group ...").
Result<Value> evaluate_instant(const Expression& expression, const SeriesStore& store, std::int64_t at_ms,
                               const Options& options);

/// Values at begin, begin + step, ... up to end; always a matrix. `step_ms` must be positive.
Result<Value> evaluate_range(const Expression& expression, const SeriesStore& store, std::int64_t begin_ms,
                             std::int64_t end_ms, std::int64_t step_ms, const Options& options);

/// Names of the metrics that the expression's selectors ask for by name, sorted, each once.
std::vector<std::string> metric_names(const Expression& expression);

}  // namespace muster::promql
