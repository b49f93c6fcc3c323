// query, query_range, query_exemplars, format_query.
#include "api/prom/call.hpp"
#include "api/prom/envelope.hpp"

namespace muster::prom {
namespace {

// Most points of one series in a range query (prometheus/prometheus web/api/v1/api.go).
constexpr std::int64_t most_steps = 11'000;

// Which metrics gave something to a query whose answer was not empty.
void add_metric_clues(const Call& call, const promql::Expression& expression, const promql::Value& value,
                      Answer& answer) {
  if (value.series.empty()) return;
  for (const std::string& name : promql::metric_names(expression))
    if (!call.view.series.named(name).empty()) answer.clues.push_back("metric/" + name);
}

Answer success_of(const Call& call, const promql::Expression& expression, const promql::Value& value) {
  Answer answer = success(json_value(value, call.epoch_ms()));
  add_metric_clues(call, expression, value, answer);
  return answer;
}

Result<void> check_timeout(const Call& call) {
  if (call.parameters.text("timeout").empty()) return {};
  const auto timeout = call.parameters.duration_ms("timeout");
  if (!timeout) return timeout.error();
  return {};
}

struct Steps {
  std::int64_t begin_ms = 0, end_ms = 0, step_ms = 0;  // unix
};

// What is wrong with the steps asked for, or nothing; then `steps` is filled in.
std::optional<Answer> read_steps(const Call& call, Steps& steps) {
  const auto begin = call.parameters.time_ms("start");
  if (!begin) return bad_parameter("start", begin.error().message);
  const auto end = call.parameters.time_ms("end");
  if (!end) return bad_parameter("end", end.error().message);
  if (*end < *begin) return bad_parameter("end", "end timestamp must not be before start time");
  const auto step = call.parameters.duration_ms("step");
  if (!step) return bad_parameter("step", step.error().message);
  if (*step <= 0) {
    return bad_parameter(
        "step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
  }
  if ((*end - *begin) / *step > most_steps) {
    return bad_data(
        "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution "
        "(?step=XX)");
  }
  steps = {*begin, *end, *step};
  return std::nullopt;
}

}  // namespace

Answer answer_query(const Call& call) {
  const auto at_ms = call.parameters.time_or("time", call.now_ms() + call.epoch_ms());
  if (!at_ms) return bad_parameter("time", at_ms.error().message);
  if (const auto checked = check_timeout(call); !checked)
    return bad_parameter("timeout", checked.error().message);
  const auto expression = promql::parse(call.parameters.text("query"));
  if (!expression) return bad_parameter("query", expression.error().message);
  const auto value =
      promql::evaluate_instant(**expression, call.view.series, *at_ms - call.epoch_ms(), call.options());
  if (!value) return failure(422, "execution", value.error().message);
  return success_of(call, **expression, *value);
}

// Unlike in answer_query, a wrong expression is told without the name of the parameter (seen in 2.42).
Answer answer_query_range(const Call& call) {
  Steps steps;
  if (auto wrong = read_steps(call, steps)) return *wrong;
  if (const auto checked = check_timeout(call); !checked)
    return bad_parameter("timeout", checked.error().message);
  const auto expression = promql::parse(call.parameters.text("query"));
  if (!expression) return bad_data(expression.error().message);
  const auto type = promql::type_of(**expression);
  const bool has_range = type == promql::ValueType::vector || type == promql::ValueType::scalar;
  const auto value = promql::evaluate_range(**expression, call.view.series, steps.begin_ms - call.epoch_ms(),
                                            steps.end_ms - call.epoch_ms(), steps.step_ms, call.options());
  if (!value && !has_range) return bad_data(value.error().message);
  if (!value) return failure(422, "execution", value.error().message);
  return success_of(call, **expression, *value);
}

// Nothing here records exemplars.
Answer answer_query_exemplars(const Call& call) {
  const auto begin = call.parameters.time_or("start", earliest_ms);
  if (!begin) return bad_parameter("start", begin.error().message);
  const auto end = call.parameters.time_or("end", latest_ms);
  if (!end) return bad_parameter("end", end.error().message);
  if (*end < *begin) return bad_data("end timestamp must not be before start timestamp");
  const auto expression = promql::parse(call.parameters.text("query"));
  if (!expression) return bad_data(expression.error().message);
  return success("[]");
}

Answer answer_format_query(const Call& call) {
  const auto expression = promql::parse(call.parameters.text("query"));
  if (!expression) return bad_parameter("query", expression.error().message);
  return success(json_string(promql::print(**expression)));
}

}  // namespace muster::prom
