#include "responders/cloud/cloud_client.hpp"

namespace muster {
namespace {

constexpr SimDuration poll_interval = 2s;  // how often gcloud asks for an operation's state

}  // namespace

CloudReply ask_cloud(Session& session, const char* verb, const std::string& path, const JsonValue& body) {
  const std::string text = body.is_null() ? std::string() : to_json(body);
  const Answer answer = session.host.submit(Request{session.actor, verb, "/cloud/sql/v1/projects/-/" + path,
                                                    text.empty() ? "" : "application/json", text});
  CloudReply reply{answer.status, {}};
  if (auto parsed = parse_json(answer.body)) reply.body = std::move(*parsed);
  return reply;
}

Task<JsonValue> finish_operation(Session& session, JsonValue operation) {
  while (operation["status"].text() == "RUNNING" || operation["status"].text() == "PENDING") {
    sleep_for pause(session.host, poll_interval);
    co_await pause;
    CloudReply reply = ask_cloud(session, "GET", "operations/" + display_text(operation["name"]));
    if (!reply.ok()) break;
    operation = std::move(reply.body);
  }
  co_return operation;
}

CloudArguments read_cloud_arguments(const std::vector<std::string>& args, std::span<const OptionSpec> known) {
  const GivenOptions given = read_options(args, known);
  CloudArguments result;
  result.words = given.operands();
  result.unknown = given.fault.word;
  for (const GivenOption& each : given.all)
    if (each.spec != nullptr)
      result.options[std::string(each.spec->name)] = each.value.empty() ? "true" : each.value;
  return result;
}

}  // namespace muster
