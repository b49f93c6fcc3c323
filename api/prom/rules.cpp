// rules, alerts, alertmanagers.
#include <fmt/format.h>

#include <algorithm>

#include "api/prom/call.hpp"
#include "api/prom/envelope.hpp"

namespace muster::prom {
namespace {

std::string seconds(SimDuration duration) {
  return json_seconds(duration.count() / 1'000'000);
}

// Go's zero time stands for "never".
std::string evaluation_time(const Call& call, SimTime last, bool evaluated) {
  return evaluated ? format_rfc3339(call.view.epoch, last) : "0001-01-01T00:00:00Z";
}

std::string json_alerts(const std::vector<ActiveAlert>& alerts, Epoch epoch, Answer& answer) {
  std::string out;
  for (const ActiveAlert& alert : alerts) {
    out += out.empty() ? "" : ",";
    out += json_alert(alert, epoch);
    const std::string clue = "alert/" + alert.alert;
    const bool known = std::find(answer.clues.begin(), answer.clues.end(), clue) != answer.clues.end();
    if (alert.state == "firing" && !known) answer.clues.push_back(clue);
  }
  return "[" + out + "]";
}

std::string json_rule(const Call& call, const Rule& rule, const RuleStatus& status, Answer& answer) {
  std::string out = "{";
  if (!rule.recording) out += fmt::format("\"state\":\"{}\",", status.state);
  out += fmt::format("\"name\":{},\"query\":{},", json_string(rule.name),
                     json_string(promql::print(*rule.expression)));
  if (!rule.recording) {
    out += fmt::format("\"duration\":{},\"keepFiringFor\":{},\"labels\":{},\"annotations\":{},\"alerts\":{},",
                       seconds(rule.hold), seconds(rule.keep_firing), json_labels(rule.labels),
                       json_labels(rule.annotations), json_alerts(status.alerts, call.view.epoch, answer));
  } else if (!rule.labels.empty()) {
    out += fmt::format("\"labels\":{},", json_labels(rule.labels));
  }
  out += fmt::format("\"health\":\"{}\",", status.health);
  if (!status.last_error.empty()) out += fmt::format("\"lastError\":{},", json_string(status.last_error));
  return out + fmt::format("\"evaluationTime\":0,\"lastEvaluation\":\"{}\",\"type\":\"{}\"}}",
                           evaluation_time(call, status.last_evaluation, status.health != "unknown"),
                           rule.recording ? "recording" : "alerting");
}

std::string json_group(const Call& call, std::size_t index, const std::string& type, Answer& answer) {
  const RuleGroup& group = call.view.alerts.groups()[index];
  std::string rules;
  SimTime last{};
  bool evaluated = false;
  for (std::size_t r = 0; r < group.rules.size(); ++r) {
    const Rule& rule = group.rules[r];
    const RuleStatus status = call.view.alerts.status(index, r);
    last = std::max(last, status.last_evaluation);
    evaluated = evaluated || status.health != "unknown";
    if ((type == "alert" && rule.recording) || (type == "record" && !rule.recording)) continue;
    rules += rules.empty() ? "" : ",";
    rules += json_rule(call, rule, status, answer);
  }
  const SimDuration interval =
      group.interval.count() > 0 ? group.interval : call.view.alerts.default_interval();
  return fmt::format(
      "{{\"name\":{},\"file\":{},\"rules\":[{}],\"interval\":{},\"limit\":{},\"evaluationTime\":0,"
      "\"lastEvaluation\":\"{}\"}}",
      json_string(group.name), json_string(group.file), rules, seconds(interval), group.limit,
      evaluation_time(call, last, evaluated));
}

}  // namespace

Answer answer_rules(const Call& call) {
  const std::string& type = call.parameters.text("type");
  if (!type.empty() && type != "alert" && type != "record")
    return bad_parameter("type", fmt::format("not supported value \"{}\"", type));
  Answer shown;
  std::string groups;
  for (std::size_t g = 0; g < call.view.alerts.groups().size(); ++g) {
    groups += groups.empty() ? "" : ",";
    groups += json_group(call, g, type, shown);
  }
  Answer answer = success("{\"groups\":[" + groups + "]}");
  answer.clues = std::move(shown.clues);
  return answer;
}

Answer answer_alerts(const Call& call) {
  Answer shown;
  const std::string alerts = json_alerts(call.view.alerts.active(), call.view.epoch, shown);
  Answer answer = success("{\"alerts\":" + alerts + "}");
  answer.clues = std::move(shown.clues);
  return answer;
}

// Pages go from the rules to the pager without a network between them.
Answer answer_alertmanagers(const Call&) {
  return success(R"({"activeAlertmanagers":[],"droppedAlertmanagers":[]})");
}

}  // namespace muster::prom
