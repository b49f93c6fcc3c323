// kubectl logs. Which pod of a deployment is read: k8s.io/kubectl/pkg/util/podutils ByLogging.
#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/pod_view.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/kubectl/targets.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

/// A person who follows a log presses Ctrl-C at some time. An assumption of this console.
constexpr SimDuration follow_limit = 30s;

int phase_rank(const JsonValue& pod) {
  const std::string& phase = pod["status"]["phase"].text();
  return phase == "Running" ? 0 : phase == "Unknown" ? 1 : 2;
}

/// Scheduled first, then Running, ready, ready for longest, more restarts, oldest.
bool better_for_logs(const JsonValue& a, const JsonValue& b) {
  const bool a_assigned = !a["spec"]["nodeName"].text().empty(),
             b_assigned = !b["spec"]["nodeName"].text().empty();
  if (a_assigned != b_assigned) return a_assigned;
  if (phase_rank(a) != phase_rank(b)) return phase_rank(a) < phase_rank(b);
  const bool a_ready = condition_status(a, "Ready") == "True",
             b_ready = condition_status(b, "Ready") == "True";
  if (a_ready != b_ready) return a_ready;
  const std::string& a_since = condition(a, "Ready")["lastTransitionTime"].text();
  const std::string& b_since = condition(b, "Ready")["lastTransitionTime"].text();
  if (a_ready && a_since != b_since) return a_since < b_since;
  const auto restarts = [](const JsonValue& pod) {
    std::int64_t most = 0;
    for (const auto& status : pod["status"]["containerStatuses"].items())
      most = std::max(most, status["restartCount"].whole());
    return most;
  };
  if (restarts(a) != restarts(b)) return restarts(a) > restarts(b);
  return a["metadata"]["creationTimestamp"].text() < b["metadata"]["creationTimestamp"].text();
}

std::vector<JsonValue> list_pods(KubectlCall& call, const std::string& selector) {
  const ResourceType& pods = *find_resource_type("pods");
  const ApiReply reply = call.api.get(collection_path(pods, call.namespace_()) + "?" +
                                      query_string({{"labelSelector", selector}}));
  if (!reply.ok()) call.fail(reply);
  return reply.body["items"].items();
}

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
  std::string word = call.words.front();
  if (word.find('/') == std::string::npos) word = "pod/" + word;
  const auto targets = get_targets(call, {word});
  if (targets.empty()) {
    name_the_namespace(call);
    return {};
  }
  if (targets.front().type->kind == "Pod") return {targets.front().object};
  const JsonValue& labels = targets.front().object["spec"]["selector"]["matchLabels"];
  const JsonValue& plain =
      targets.front().object["spec"]["selector"];  // a Service's selector is the map itself
  auto pods = list_pods(call, labels_text(labels.is_object() ? labels : plain));
  std::stable_sort(pods.begin(), pods.end(), better_for_logs);
  if (pods.empty() && call.result.exit_code == 0) call.fail("timed out waiting for the condition");
  if (pods.size() > 1)
    call.print_error(
        fmt::format("Found {} pods, using pod/{}", pods.size(), pods.front()["metadata"]["name"].text()));
  pods.resize(std::min<std::size_t>(pods.size(), 1));
  return pods;
}

std::string container_of(KubectlCall& call, const JsonValue& pod) {
  if (call.flags.has("container")) return call.flags.text("container");
  std::vector<std::string> names;
  for (const auto& container : pod["spec"]["containers"].items()) names.push_back(container["name"].text());
  if (names.empty()) return {};
  if (names.size() > 1)
    call.print_error(fmt::format("Defaulted container \"{}\" out of: {}", names.front(), join(names, ", ")));
  return names.front();
}

std::string log_path(KubectlCall& call, const JsonValue& pod) {
  const bool selected = call.flags.has("selector");
  const std::int64_t tail = call.flags.whole("tail", selected ? 10 : -1);  // kubectl's defaults
  const auto since = call.flags.duration("since");
  const std::string query = query_string(
      {{"container", container_of(call, pod)},
       {"previous", call.flags.truth("previous") ? "true" : ""},
       {"follow", call.flags.truth("follow") ? "true" : ""},
       {"timestamps", call.flags.truth("timestamps") ? "true" : ""},
       {"tailLines", tail >= 0 ? fmt::format("{}", tail) : ""},
       {"sinceSeconds", since > SimDuration::zero() ? fmt::format("{}", since / SimDuration(1s)) : ""}});
  return object_path(*find_resource_type("pods"), call.namespace_(), pod["metadata"]["name"].text()) +
         "/log" + (query.empty() ? "" : "?" + query);
}

Task<void> follow(KubectlCall& call, std::shared_ptr<Stream> stream) {
  const SimTime deadline = call.session.host.now() + follow_limit;
  while (!stream->ended() || stream->ready()) {
    stream_ready waiting(call.session.host, stream, deadline);
    const bool more = co_await waiting;
    if (!more) {
      call.print_error(fmt::format("^C (muster: stopped following after {})", format_duration(follow_limit)));
      call.result.exit_code = 130;  // 128 + SIGINT
      break;
    }
    for (const auto& line : stream->take()) call.print(line);
  }
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
    const ApiReply reply = call.api.get(log_path(call, pod));
    if (!reply.ok()) {
      call.fail(reply);
      co_return;
    }
    call.result.out += reply.raw;
    if (reply.stream != nullptr) {
      Task<void> following = follow(call, reply.stream);
      co_await following;
    }
  }
  if (call.flags.has("selector") && pods.empty() && call.result.exit_code == 0)
    call.print_error(fmt::format("No resources found in {} namespace.", call.namespace_()));
}

}  // namespace muster::kubectl_handlers
