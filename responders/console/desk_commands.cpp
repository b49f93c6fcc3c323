#include "responders/console/desk_commands.hpp"

#include <fmt/format.h>

#include "responders/text/json_value.hpp"
#include "responders/text/lines.hpp"

namespace muster::desk_commands {
namespace {

CommandResult usage(const std::string& synopsis) {
  return CommandResult::failed(2, "usage: " + synopsis + "\n");
}

std::string reason_of(const Answer& answer) {
  const auto body = parse_json(answer.body);
  if (body && body->has("message")) return (*body)["message"].text();
  if (body && body->has("error")) return display_text((*body)["error"]);
  return answer.body;
}

CommandResult send(Session& session, const std::string& path, const JsonValue& body, std::string done) {
  const Answer answer = session.host.submit(
      Request{session.actor, "POST", "/desk/v1/" + path, "application/json", to_json(body)});
  if (answer.ok()) return CommandResult::printed(std::move(done) + "\n");
  return CommandResult::failed(1, fmt::format("desk: {} (HTTP {})\n", reason_of(answer), answer.status));
}

CommandResult send_text(Session& session, const Invocation& call, const std::string& name,
                        const std::string& path, const std::string& done) {
  if (call.args.empty()) return usage(name + " \"TEXT\"");
  JsonValue body = JsonValue::object();
  body.member("text") = join(call.args, " ");
  return send(session, path, body, done);
}

/// Numbers of the pages nobody has acknowledged.
Result<std::vector<std::string>> open_pages(Session& session) {
  const Answer answer = session.host.submit(Request{session.actor, "GET", "/desk/v1/pages", {}, {}});
  const auto body = parse_json(answer.body);
  if (!answer.ok() || !body)
    return Error{
        ErrorCode::unavailable, fmt::format("desk: {} (HTTP {})", reason_of(answer), answer.status), {}};
  const JsonValue& pages = body->is_array()     ? *body
                           : body->has("pages") ? (*body)["pages"]
                                                : (*body)["items"];
  std::vector<std::string> open;
  for (const auto& page : pages.items())
    if (page["acknowledged_by"].is_empty()) open.push_back(display_text(page["page"]));
  return open;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

CommandResult ack(Session& session, const Invocation& call) {
  std::vector<std::string> pages = call.args;
  if (pages.empty()) {
    auto open = open_pages(session);
    if (!open) return CommandResult::failed(1, open.error().message + "\n");
    if (open->empty()) return CommandResult::failed(1, "ack: no page waits for an acknowledgement\n");
    pages = std::move(*open);
  }
  CommandResult all;
  for (const auto& page : pages) {
    if (!is_number(page)) return usage("ack [PAGE]...");
    CommandResult one = send(session, "pages/" + page + "/acknowledge", JsonValue::object(),
                             "page " + page + " acknowledged");
    all.out += one.out;
    all.err += one.err;
    if (one.exit_code != 0) all.exit_code = one.exit_code;
  }
  return all;
}

CommandResult declare(Session& session, const Invocation& call) {
  if (call.args.empty()) return usage("declare P0|P1|P2|P3 [\"TEXT\"]");
  const std::string& severity = call.args.front();
  if (severity.size() != 2 || severity[0] != 'P' || severity[1] < '0' || severity[1] > '3')
    return usage("declare P0|P1|P2|P3 [\"TEXT\"]");
  JsonValue body = JsonValue::object();
  body.member("severity") = severity;
  body.member("text") = join(std::vector<std::string>(call.args.begin() + 1, call.args.end()), " ");
  return send(session, "severity", body, severity + " declared");
}

CommandResult post(Session& session, const Invocation& call) {
  if (call.args.size() < 2) return usage("post \"#CHANNEL\" \"TEXT\"");
  JsonValue body = JsonValue::object();
  body.member("channel") = call.args.front();
  body.member("text") = join(std::vector<std::string>(call.args.begin() + 1, call.args.end()), " ");
  return send(session, "messages", body, "posted to " + call.args.front());
}

CommandResult notify(Session& session, const Invocation& call) {
  if (call.args.size() < 2) return usage("notify ROLE... \"TEXT\"");
  JsonValue to = JsonValue::array();
  for (std::size_t i = 0; i + 1 < call.args.size(); ++i) to.append(call.args[i]);
  JsonValue body = JsonValue::object();
  body.member("to") = std::move(to);
  body.member("text") = call.args.back();
  return send(session, "notifications", body, "notified");
}

CommandResult status(Session& session, const Invocation& call) {
  return send_text(session, call, "status", "status", "status page updated");
}

CommandResult ticket(Session& session, const Invocation& call) {
  if (call.args.empty() || call.args.size() > 2) return usage("ticket \"TITLE\" [\"TEXT\"]");
  JsonValue body = JsonValue::object();
  body.member("title") = call.args.front();
  body.member("text") = call.args.size() > 1 ? call.args[1] : std::string();
  return send(session, "tickets", body, "ticket created");
}

CommandResult hypothesis(Session& session, const Invocation& call) {
  return send_text(session, call, "hypothesis", "hypotheses", "hypothesis noted");
}

CommandResult resolve(Session& session, const Invocation& call) {
  return send_text(session, call, "resolve", "resolve", "incident resolved");
}

CommandResult postmortem(Session& session, const Invocation& call) {
  return send_text(session, call, "postmortem", "postmortem", "post-mortem filed");
}

}  // namespace muster::desk_commands
