// The functions of PromQL 2.42: names, argument types and what computes them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "telemetry/promql/ast.hpp"
#include "telemetry/series_store.hpp"

namespace muster::promql {

/// A range function's view of one series.
struct Window {
  std::span<const Sample> samples;  ///< in order of time, without staleness markers, at least one
  std::int64_t begin_ms = 0, end_ms = 0;
  std::int64_t eval_ms = 0;  ///< differs from end_ms under an offset
};

/// Up to two scalar arguments of a function, in order.
struct Scalars {
  double first = 0, second = 0;
};

/// No value: the series is not in the result.
using RangeFunction = std::optional<double> (*)(const Window&, const Scalars&);
using ValueFunction = double (*)(double, const Scalars&);
/// Of a moment in calendar time: seconds since 1970 UTC.
using DateFunction = double (*)(std::int64_t unix_seconds);

/// Empty, or what is wrong with the scalar arguments.
using ScalarCheck = std::string (*)(const Scalars&);

/// What a function does with labels or with a whole vector is known to the evaluator under these names.
enum class Special {
  none,
  absent,
  absent_over_time,
  clamp,
  histogram_quantile,
  native_histogram,  ///< of native histograms, which no series here has: always empty
  label_join,
  label_replace,
  scalar,
  sort,
  sort_desc,
  time,
  timestamp,
  vector,
  pi
};

struct Function {
  std::string_view name;
  std::vector<ValueType> arguments;
  /// 0: exactly these arguments; n: all but the last, and up to n of the last's type; -1: any number of it.
  int variadic = 0;
  ValueType result = ValueType::vector;
  RangeFunction range = nullptr;
  ValueFunction value = nullptr;
  DateFunction date = nullptr;
  Special special = Special::none;
  bool keeps_name = false;
  ScalarCheck check = nullptr;
};

/// Null pointer if there is none of this name.
const Function* find_function(std::string_view name);
/// All names, sorted; those that are refused left out.
std::vector<std::string> function_names();

}  // namespace muster::promql
