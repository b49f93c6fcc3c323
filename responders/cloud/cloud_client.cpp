#include "responders/cloud/cloud_client.hpp"

#include <algorithm>

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

CloudArguments read_cloud_arguments(const std::vector<std::string>& args,
                                    const std::vector<std::string>& switches,
                                    const std::vector<std::string>& valued, std::string& unknown) {
  const auto among = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  CloudArguments result;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (!arg.starts_with('-')) {
      result.words.push_back(arg);
      continue;
    }
    const auto equals = arg.find('=');
    const std::string name =
        arg == "-q" ? "quiet"
        : arg == "-i"
            ? "instance"
            : arg.substr(arg.find_first_not_of('-'),
                         equals == std::string::npos ? equals : equals - arg.find_first_not_of('-'));
    if (equals != std::string::npos && (among(valued, name) || among(switches, name)))
      result.options[name] = arg.substr(equals + 1);
    else if (among(switches, name))
      result.options[name] = "true";
    else if (among(valued, name) && i + 1 < args.size())
      result.options[name] = args[++i];
    else if (unknown.empty())
      unknown = arg;
  }
  return result;
}

}  // namespace muster
