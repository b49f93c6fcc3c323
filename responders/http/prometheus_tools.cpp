#include "responders/http/prometheus_tools.hpp"

#include <fmt/format.h>

#include "responders/text/json_value.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

/// {a="b", c="d"} behind the metric's name, as promtool prints a series.
std::string series_text(const JsonValue& metric) {
  std::vector<std::string> labels;
  for (const auto& [name, value] : metric.members())
    if (name != "__name__") labels.push_back(fmt::format("{}=\"{}\"", name, value.text()));
  const std::string& name = metric["__name__"].text();
  if (labels.empty()) return name.empty() ? "{}" : name;
  return name + "{" + join(labels, ", ") + "}";
}

std::string sample_text(const JsonValue& pair) {
  return fmt::format("{} @[{}]", pair.at(1).text(), display_text(pair.at(0)));
}

std::string data_text(const JsonValue& data) {
  const std::string& kind = data["resultType"].text();
  if (kind == "scalar" || kind == "string") return fmt::format("{}: {}\n", kind, sample_text(data["result"]));
  std::string out;
  for (const JsonValue& series : data["result"].items()) {
    if (kind == "vector") {
      out += fmt::format("{} => {}\n", series_text(series["metric"]), sample_text(series["value"]));
      continue;
    }
    out += series_text(series["metric"]) + " =>\n";
    for (const JsonValue& pair : series["values"].items()) out += sample_text(pair) + "\n";
  }
  return out;
}

CommandResult ask(Session& session, const std::string& query) {
  const Answer answer = session.host.submit(
      Request{session.actor, "GET", "/api/v1/query?query=" + percent_encoded(query), {}, {}});
  const auto body = parse_json(answer.body);
  if (body && answer.ok()) return CommandResult::printed(data_text((*body)["data"]));
  return CommandResult::failed(
      1, fmt::format("query error: {}: {}\n", body ? (*body)["errorType"].text() : "server_error",
                     body ? (*body)["error"].text() : answer.body));
}

}  // namespace

CommandResult promql(Session& session, const Invocation& call) {
  const std::string query = call.args.empty() ? std::string(trimmed(call.input)) : join(call.args, " ");
  if (query.empty()) return CommandResult::failed(2, "usage: promql EXPRESSION\n");
  return ask(session, query);
}

CommandResult promtool(Session& session, const Invocation& call) {
  const auto& args = call.args;
  const bool instant = args.size() >= 4 && args[0] == "query" && args[1] == "instant";
  if (instant && args.size() == 4) return ask(session, args[3]);
  if (args.size() >= 2 && args[0] == "query" && args[1] == "instant")
    return CommandResult::failed(1, "promtool: error: required argument 'expr' not provided, try --help\n");
  CommandResult result = CommandResult::refused(fmt::format(
      "promtool {}: only `promtool query instant URL EXPRESSION` is built in this console", join(args, " ")));
  return result;
}

}  // namespace muster
