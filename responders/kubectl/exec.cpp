// kubectl exec: a program in a container, and what kubectl says around it.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/pod_choice.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

bool is_shell(const std::vector<std::string>& command) {
  const std::string& word = command.front();
  const std::string name = word.substr(word.rfind('/') + 1);
  return command.size() == 1 && (name == "sh" || name == "bash" || name == "ash");
}

std::string exec_query(const std::string& container, const std::vector<std::string>& command) {
  std::string query;
  for (const auto& word : command) query += "command=" + percent_encoded(word) + "&";
  return query + query_string({{"container", container}, {"stderr", "true"}, {"stdout", "true"}});
}

}  // namespace

Task<void> run_in_pod(KubectlCall& call, const std::string& pod, const std::string& container,
                      std::vector<std::string> command) {
  std::vector<std::vector<std::string>> lines{command};
  if (is_shell(command) && !trimmed(call.input).empty()) {  // a shell reads its commands from the pipe
    lines.clear();
    for (const auto& line : split_lines(call.input))
      if (!trimmed(line).empty()) lines.push_back({command.front(), "-c", line});
  }
  const std::string path = object_path(*find_resource_type("pods"), call.namespace_(), pod) + "/exec?";
  for (const auto& words : lines) {
    const ApiReply reply = call.api.post(path + exec_query(container, words), JsonValue());
    if (!reply.ok()) {
      call.fail(reply);
      co_return;
    }
    call.result.out += reply.body["stdout"].text();
    call.result.err += reply.body["stderr"].text();
    call.result.exit_code = static_cast<int>(reply.body["exitCode"].whole());
    sleep_for running(call.session.host, duration_from_seconds(reply.body["seconds"].real()));
    co_await running;
  }
  const std::string ending = fmt::format("command terminated with exit code {}\n", call.result.exit_code);
  if (call.result.exit_code != 0 && !call.result.err.ends_with(ending)) call.result.err += ending;
}

namespace kubectl_handlers {

Task<void> exec(KubectlCall& call) {
  std::vector<std::string> command = call.after_dashes;
  if (call.words.empty()) {
    call.fail_usage("pod, type/name or --filename must be specified");
    co_return;
  }
  if (command.empty() && call.words.size() > 1) {
    call.fail_usage("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
    co_return;
  }
  if (command.empty()) {
    call.fail_usage("you must specify at least one command for the container");
    co_return;
  }
  const auto pods = pods_of_word(call, call.words.front());
  if (pods.empty()) co_return;
  const std::string container = container_of_pod(call, pods.front());
  if (call.flags.truth("stdin") && call.flags.truth("tty"))
    call.print_error("Unable to use a TTY - input is not a terminal or the right kind of file");
  Task<void> running = run_in_pod(call, pods.front()["metadata"]["name"].text(), container, command);
  co_await running;
}

}  // namespace kubectl_handlers
}  // namespace muster
