#include "telemetry/promql/functions.hpp"

#include <algorithm>

#include "telemetry/promql/range_functions.hpp"
#include "telemetry/promql/value_functions.hpp"

namespace muster::promql {

namespace {

using Types = std::vector<ValueType>;
constexpr ValueType S = ValueType::scalar, V = ValueType::vector, M = ValueType::matrix,
                    T = ValueType::string;

Function over_range(std::string_view name, RangeFunction range, Types arguments = {M}) {
  Function function{name, std::move(arguments)};
  function.range = range;
  return function;
}

Function of_value(std::string_view name, ValueFunction value, Types arguments = {V}, int variadic = 0) {
  Function function{name, std::move(arguments), variadic};
  function.value = value;
  return function;
}

Function of_date(std::string_view name, DateFunction date) {
  Function function{name, {V}, 1};
  function.date = date;
  return function;
}

Function special(std::string_view name, Special what, Types arguments, ValueType result = V,
                 int variadic = 0) {
  Function function{name, std::move(arguments), variadic, result};
  function.special = what;
  function.keeps_name = what == Special::sort || what == Special::sort_desc || what == Special::label_join ||
                        what == Special::label_replace;
  return function;
}

std::vector<Function> range_functions() {
  std::vector<Function> table{
      over_range("rate", rate),
      over_range("increase", increase),
      over_range("delta", delta),
      over_range("irate", irate),
      over_range("idelta", idelta),
      over_range("deriv", deriv),
      over_range("predict_linear", predict_linear, {M, S}),
      over_range("holt_winters", holt_winters, {M, S, S}),
      over_range("changes", changes),
      over_range("resets", resets),
      over_range("avg_over_time", avg_over_time),
      over_range("count_over_time", count_over_time),
      over_range("last_over_time", last_over_time),
      over_range("max_over_time", max_over_time),
      over_range("min_over_time", min_over_time),
      over_range("present_over_time", present_over_time),
      over_range("quantile_over_time", quantile_over_time, {S, M}),
      over_range("stddev_over_time", stddev_over_time),
      over_range("stdvar_over_time", stdvar_over_time),
      over_range("sum_over_time", sum_over_time),
  };
  for (Function& function : table) {
    function.keeps_name = function.range == last_over_time;
    if (function.range == holt_winters) function.check = check_holt_winters;
  }
  return table;
}

std::vector<Function> value_functions() {
  return {
      of_value("abs", absolute),
      of_value("ceil", round_up),
      of_value("floor", round_down),
      of_value("round", round_to, {V, S}, 1),
      of_value("sqrt", square_root),
      of_value("exp", exponential),
      of_value("ln", log_e),
      of_value("log2", log_2),
      of_value("log10", log_10),
      of_value("sgn", sign),
      of_value("deg", to_degrees),
      of_value("rad", to_radians),
      of_value("clamp_min", clamp_above, {V, S}),
      of_value("clamp_max", clamp_below, {V, S}),
      of_date("minute", minute_of),
      of_date("hour", hour_of),
      of_date("day_of_week", day_of_week_of),
      of_date("day_of_month", day_of_month_of),
      of_date("day_of_year", day_of_year_of),
      of_date("days_in_month", days_in_month_of),
      of_date("month", month_of),
      of_date("year", year_of),
  };
}

std::vector<Function> special_functions() {
  Function clamp = of_value("clamp", clamp_between, {V, S, S});
  clamp.special = Special::clamp;
  return {
      special("absent", Special::absent, {V}),
      special("absent_over_time", Special::absent_over_time, {M}),
      clamp,
      special("histogram_count", Special::native_histogram, {V}),
      special("histogram_fraction", Special::native_histogram, {S, S, V}),
      special("histogram_quantile", Special::histogram_quantile, {S, V}),
      special("histogram_sum", Special::native_histogram, {V}),
      special("label_join", Special::label_join, {V, T, T, T}, V, -1),
      special("label_replace", Special::label_replace, {V, T, T, T, T}),
      special("pi", Special::pi, {}, S),
      special("scalar", Special::scalar, {V}, S),
      special("sort", Special::sort, {V}),
      special("sort_desc", Special::sort_desc, {V}),
      special("time", Special::time, {}, S),
      special("timestamp", Special::timestamp, {V}),
      special("vector", Special::vector, {S}),
  };
}

std::vector<Function> circular_functions() {
  return {of_value("acos", arc_cosine),  of_value("acosh", area_cosine),
          of_value("asin", arc_sine),    of_value("asinh", area_sine),
          of_value("atan", arc_tangent), of_value("atanh", area_tangent),
          of_value("cos", cosine),       of_value("cosh", hyperbolic_cosine),
          of_value("sin", sine),         of_value("sinh", hyperbolic_sine),
          of_value("tan", tangent),      of_value("tanh", hyperbolic_tangent)};
}

std::vector<Function> all_functions() {
  std::vector<Function> table;
  for (auto part : {range_functions(), value_functions(), circular_functions(), special_functions()})
    table.insert(table.end(), part.begin(), part.end());
  std::sort(table.begin(), table.end(), [](const Function& a, const Function& b) { return a.name < b.name; });
  return table;
}

const std::vector<Function>& functions() {
  static const std::vector<Function> table = all_functions();
  return table;
}

}  // namespace

const Function* find_function(std::string_view name) {
  const auto& table = functions();
  const auto at = std::lower_bound(
      table.begin(), table.end(), name,
      [](const Function& function, std::string_view wanted) { return function.name < wanted; });
  return at != table.end() && at->name == name ? &*at : nullptr;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const Function& function : functions()) names.emplace_back(function.name);
  return names;
}

}  // namespace muster::promql
