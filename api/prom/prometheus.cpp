#include "api/prom/prometheus.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/prom/envelope.hpp"
#include "api/prom/parameters.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster {

namespace {

using prom::failure;
using prom::Parameters;
using prom::success;

// Most points of one series in a range query (prometheus/prometheus web/api/v1/api.go).
constexpr std::int64_t most_steps = 11'000;

struct Call {
  const Parameters& parameters;
  std::int64_t now_ms;    // virtual
  std::int64_t epoch_ms;  // unix
  Epoch epoch;
  const SeriesStore& series;
  const AlertEngine& alerts;

  promql::Options options() const {
    promql::Options options;
    options.epoch = epoch;
    options.subquery_step_ms = alerts.default_interval().count() / 1'000'000;
    return options;
  }
};

Answer bad_parameter(const char* name, const std::string& message) {
  return failure(400, "bad_data", fmt::format("invalid parameter \"{}\": {}", name, message));
}

// Which metrics gave something to a query whose answer was not empty.
void add_metric_clues(const Call& call, const promql::Expression& expression, const promql::Value& value,
                      Answer& answer) {
  if (value.series.empty()) return;
  for (const std::string& name : promql::metric_names(expression))
    if (!call.series.named(name).empty()) answer.clues.push_back("metric/" + name);
}

Answer answer_query(const Call& call) {
  std::int64_t at_ms = call.now_ms;
  if (call.parameters.has("time")) {
    const auto time = call.parameters.time_ms("time");
    if (!time) return bad_parameter("time", "Invalid time value for 'time': " + time.error().message);
    at_ms = *time - call.epoch_ms;
  }
  const auto expression = promql::parse(call.parameters.text("query"));
  if (!expression) return bad_parameter("query", expression.error().message);
  const auto value = promql::evaluate_instant(**expression, call.series, at_ms, call.options());
  if (!value) return failure(422, "execution", value.error().message);
  Answer answer = success(prom::json_value(*value, call.epoch_ms));
  add_metric_clues(call, **expression, *value, answer);
  return answer;
}

Answer answer_query_range(const Call& call) {
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
    return failure(
        400, "bad_data",
        "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution "
        "(?step=XX)");
  }
  const auto expression = promql::parse(call.parameters.text("query"));
  if (!expression) return bad_parameter("query", expression.error().message);
  const auto type = promql::type_of(**expression);
  const bool has_range = type == promql::ValueType::vector || type == promql::ValueType::scalar;
  const auto value = promql::evaluate_range(**expression, call.series, *begin - call.epoch_ms,
                                            *end - call.epoch_ms, *step, call.options());
  if (!value && !has_range) return bad_parameter("query", value.error().message);
  if (!value) return failure(422, "execution", value.error().message);
  Answer answer = success(prom::json_value(*value, call.epoch_ms));
  add_metric_clues(call, **expression, *value, answer);
  return answer;
}

std::string seconds(SimDuration duration) {
  return prom::json_seconds(duration.count() / 1'000'000);
}

std::string json_alerts(const std::vector<ActiveAlert>& alerts, Epoch epoch, Answer& answer) {
  std::string out;
  for (const ActiveAlert& alert : alerts) {
    out += out.empty() ? "" : ",";
    out += prom::json_alert(alert, epoch);
    const std::string clue = "alert/" + alert.alert;
    const bool known = std::find(answer.clues.begin(), answer.clues.end(), clue) != answer.clues.end();
    if (alert.state == "firing" && !known) answer.clues.push_back(clue);
  }
  return "[" + out + "]";
}

std::string json_rule(const Call& call, const Rule& rule, const RuleStatus& status, Answer& answer) {
  std::string out = "{";
  if (!rule.recording) out += fmt::format("\"state\":\"{}\",", status.state);
  out += fmt::format("\"name\":{},\"query\":{},", prom::json_string(rule.name),
                     prom::json_string(promql::print(*rule.expression)));
  if (!rule.recording) {
    out += fmt::format("\"duration\":{},\"keepFiringFor\":{},\"labels\":{},\"annotations\":{},\"alerts\":{},",
                       seconds(rule.hold), seconds(rule.keep_firing), prom::json_labels(rule.labels),
                       prom::json_labels(rule.annotations), json_alerts(status.alerts, call.epoch, answer));
  } else if (!rule.labels.empty()) {
    out += fmt::format("\"labels\":{},", prom::json_labels(rule.labels));
  }
  out += fmt::format("\"health\":\"{}\",", status.health);
  if (!status.last_error.empty())
    out += fmt::format("\"lastError\":{},", prom::json_string(status.last_error));
  return out + fmt::format("\"evaluationTime\":0,\"lastEvaluation\":\"{}\",\"type\":\"{}\"}}",
                           format_rfc3339(call.epoch, status.last_evaluation),
                           rule.recording ? "recording" : "alerting");
}

Answer answer_rules(const Call& call) {
  const std::string& type = call.parameters.text("type");
  if (!type.empty() && type != "alert" && type != "record")
    return bad_parameter("type", fmt::format("not supported value \"{}\"", type));
  Answer answer;
  std::string groups;
  const auto& all = call.alerts.groups();
  for (std::size_t g = 0; g < all.size(); ++g) {
    std::string rules;
    SimTime last{};
    for (std::size_t r = 0; r < all[g].rules.size(); ++r) {
      const Rule& rule = all[g].rules[r];
      const RuleStatus status = call.alerts.status(g, r);
      last = std::max(last, status.last_evaluation);
      if ((type == "alert" && rule.recording) || (type == "record" && !rule.recording)) continue;
      rules += rules.empty() ? "" : ",";
      rules += json_rule(call, rule, status, answer);
    }
    const SimDuration interval =
        all[g].interval.count() > 0 ? all[g].interval : call.alerts.default_interval();
    groups += groups.empty() ? "" : ",";
    groups += fmt::format(
        "{{\"name\":{},\"file\":{},\"rules\":[{}],\"interval\":{},\"limit\":{},\"evaluationTime\":0,"
        "\"lastEvaluation\":\"{}\"}}",
        prom::json_string(all[g].name), prom::json_string(all[g].file), rules, seconds(interval),
        all[g].limit, format_rfc3339(call.epoch, last));
  }
  Answer full = success("{\"groups\":[" + groups + "]}");
  full.clues = std::move(answer.clues);
  return full;
}

Answer answer_alerts(const Call& call) {
  Answer answer;
  const std::string alerts = json_alerts(call.alerts.active(), call.epoch, answer);
  Answer full = success("{\"alerts\":" + alerts + "}");
  full.clues = std::move(answer.clues);
  return full;
}

struct Route {
  const char* path;
  bool may_post;
  Answer (*answer)(const Call&);
};

constexpr Route routes[] = {{"/api/v1/query", true, answer_query},
                            {"/api/v1/query_range", true, answer_query_range},
                            {"/api/v1/rules", false, answer_rules},
                            {"/api/v1/alerts", false, answer_alerts}};

}  // namespace

Answer handle_prometheus(const Request& request, SimTime now, Epoch epoch, const SeriesStore& series,
                         const AlertEngine& alerts) {
  const Parameters parameters(request);
  const Call call{parameters, nanoseconds_of(now) / 1'000'000, epoch.unix_seconds * 1000, epoch, series,
                  alerts};
  for (const Route& route : routes) {
    if (parameters.path() != route.path) continue;
    if (request.verb == "GET" || (route.may_post && request.verb == "POST")) return route.answer(call);
    return {405, "text/plain; charset=utf-8", "Method Not Allowed\n", {}, nullptr};
  }
  return failure(
      404, "not_found",
      fmt::format("{} is not built; known are /api/v1/query, query_range, rules, alerts", parameters.path()));
}

}  // namespace muster
