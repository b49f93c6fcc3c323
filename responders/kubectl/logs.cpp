// kubectl logs.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/pod_choice.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

/// A person who follows a log presses Ctrl-C at some time. An assumption of this console.
constexpr SimDuration follow_limit = 30s;

/// logs words its "not found" in a way of its own.
void name_the_namespace(KubectlCall& call) {
  constexpr std::string_view start = "Error from server (NotFound): ";
  if (!call.result.err.starts_with(start)) return;
  const std::string rest(trimmed(std::string_view(call.result.err).substr(start.size())));
  call.result.err =
      fmt::format("error: error from server (NotFound): {} in namespace \"{}\"\n", rest, call.namespace_());
}

/// The pods to read: the one named, the best of a workload's, or all that match -l.
std::vector<JsonValue> chosen_pods(KubectlCall& call) {
  if (call.flags.has("selector")) return list_pods(call, call.flags.text("selector"));
  auto pods = pods_of_word(call, call.words.front(), true);
  if (pods.empty()) name_the_namespace(call);
  return pods;
}

bool has_container(const JsonValue& pod, const std::string& name) {
  for (const char* list : {"initContainers", "containers"})
    for (const auto& container : pod["spec"][list].items())
      if (container["name"].text() == name) return true;
  return false;
}

std::vector<std::string> containers_of(KubectlCall& call, const JsonValue& pod) {
  if (call.flags.has("container") && !has_container(pod, call.flags.text("container"))) {
    call.fail(fmt::format("container {} is not valid for pod {}", call.flags.text("container"),
                          pod["metadata"]["name"].text()));
    return {};
  }
  if (!call.flags.truth("all-containers")) return {container_of_pod(call, pod)};
  std::vector<std::string> names;
  for (const char* list : {"initContainers", "containers"})
    for (const auto& container : pod["spec"][list].items()) names.push_back(container["name"].text());
  return names;
}

std::string log_path(KubectlCall& call, const JsonValue& pod, const std::string& container) {
  const bool selected = call.flags.has("selector");
  const std::int64_t tail = call.flags.whole("tail", selected ? 10 : -1);  // kubectl's defaults
  const auto since = call.flags.duration("since");
  const std::string query = query_string(
      {{"container", container},
       {"limitBytes", call.flags.has("limit-bytes") ? call.flags.text("limit-bytes") : ""},
       {"sinceTime", call.flags.text("since-time")},
       {"previous", call.flags.truth("previous") ? "true" : ""},
       {"follow", call.flags.truth("follow") ? "true" : ""},
       {"timestamps", call.flags.truth("timestamps") ? "true" : ""},
       {"tailLines", tail >= 0 ? fmt::format("{}", tail) : ""},
       {"sinceSeconds", since > SimDuration::zero() ? fmt::format("{}", since / SimDuration(1s)) : ""}});
  return object_path(*find_resource_type("pods"), call.namespace_(), pod["metadata"]["name"].text()) +
         "/log" + (query.empty() ? "" : "?" + query);
}

/// "[pod/web-1/app] " in front of each line, with --prefix.
std::string prefixed(const std::string& text, const std::string& prefix) {
  if (prefix.empty()) return text;
  std::string out;
  for (const auto& line : split_lines(text)) out += prefix + line + "\n";
  return out;
}

Task<void> follow(KubectlCall& call, std::shared_ptr<Stream> stream, std::string prefix) {
  const SimTime deadline = call.session.host.now() + follow_limit;
  while (!stream->ended() || stream->ready()) {
    stream_ready waiting(call.session.host, stream, deadline);
    const bool more = co_await waiting;
    if (!more) {
      call.print_error(fmt::format("^C (muster: stopped following after {})", format_duration(follow_limit)));
      call.result.exit_code = 130;  // 128 + SIGINT
      break;
    }
    for (const auto& line : stream->take()) call.print(prefix + line);
  }
}

Task<void> print_log(KubectlCall& call, const JsonValue& pod, std::string container) {
  const std::string prefix = call.flags.truth("prefix")
                                 ? fmt::format("[pod/{}/{}] ", pod["metadata"]["name"].text(), container)
                                 : "";
  const ApiReply reply = call.api.get(log_path(call, pod, container));
  if (!reply.ok()) {
    call.fail(reply);
    co_return;
  }
  call.result.out += prefixed(reply.raw, prefix);
  if (reply.stream == nullptr) co_return;
  Task<void> following = follow(call, reply.stream, prefix);
  co_await following;
}

}  // namespace

Task<void> logs(KubectlCall& call) {
  if (call.words.empty() && !call.flags.has("selector")) {
    call.fail_usage(
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required "
        "argument for the "
        "logs command");
    co_return;
  }
  if (call.words.size() == 2) call.flags.add("container", call.words[1]);  // logs POD CONTAINER
  const auto pods = chosen_pods(call);
  for (const auto& pod : pods) {
    for (const auto& container : containers_of(call, pod)) {
      Task<void> printing = print_log(call, pod, container);
      co_await printing;
      if (call.result.exit_code != 0 && !call.flags.truth("ignore-errors")) co_return;
    }
  }
  if (call.flags.has("selector") && pods.empty() && call.result.exit_code == 0)
    call.print_error(fmt::format("No resources found in {} namespace.", call.namespace_()));
}

}  // namespace muster::kubectl_handlers
