// POST pods/NAME/exec?command=...&container=...: a program in a container, as one request and one answer. The
// real server upgrades the connection to a stream; here the answer holds what the program wrote, and how it
// ended.
#include <fmt/format.h>

#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

/// Every `command` of the query, in order.
std::vector<std::string> command_of(const std::string& path) {
  std::vector<std::string> words;
  const std::size_t question = path.find('?');
  for (std::size_t from = question; from < path.size();) {
    const std::size_t end = std::min(path.find('&', from + 1), path.size());
    const auto piece = parse_url("/?" + path.substr(from + 1, end - from - 1));
    if (piece && piece->query.contains("command")) words.push_back(piece->parameter("command"));
    from = end;
  }
  return words;
}

}  // namespace

Answer exec_in_pod(const Call& call, Cluster& cluster) {
  const std::vector<std::string> command = command_of(call.request.path);
  if (command.empty()) return bad_request("you must specify at least one command for the container");
  const Result<ExecAnswer> answer =
      cluster.exec(call.path.key(), call.url.parameter("container"), command, call.request.actor);
  if (answer) {
    return json_answer(200, {{"kind", "ExecAnswer"},
                             {"stdout", answer->out},
                             {"stderr", answer->err},
                             {"exitCode", answer->exit_code},
                             {"seconds", seconds_of(answer->takes)}});
  }
  const Error& error = answer.error();
  if (error.code == ErrorCode::not_found) return not_found(call.type(), call.path.name);
  if (error.code == ErrorCode::invalid_input) return bad_request(error.message);
  return failure(500, "InternalError", error.message);
}

}  // namespace muster::kube
