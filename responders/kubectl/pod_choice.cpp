// Which pod of a workload is taken: k8s.io/kubectl/pkg/util/podutils ByLogging.
#include "responders/kubectl/pod_choice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/object_condition.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/kubectl/targets.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

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

}  // namespace

std::vector<JsonValue> list_pods(KubectlCall& call, const std::string& selector) {
  const ResourceType& pods = *find_resource_type("pods");
  const ApiReply reply = call.api.get(collection_path(pods, call.namespace_()) + "?" +
                                      query_string({{"labelSelector", selector}}));
  if (!reply.ok()) call.fail(reply);
  return reply.body["items"].items();
}

std::vector<JsonValue> pods_of_word(KubectlCall& call, std::string word, bool tells) {
  if (word.find('/') == std::string::npos) word = "pod/" + word;
  const auto targets = get_targets(call, {word});
  if (targets.empty()) return {};
  if (targets.front().type->kind == "Pod") return {targets.front().object};
  const JsonValue& labels = targets.front().object["spec"]["selector"]["matchLabels"];
  const JsonValue& plain =
      targets.front().object["spec"]["selector"];  // a Service's selector is the map itself
  auto pods = list_pods(call, labels_text(labels.is_object() ? labels : plain));
  std::stable_sort(pods.begin(), pods.end(), better_for_logs);
  if (pods.empty() && call.result.exit_code == 0) call.fail("timed out waiting for the condition");
  if (pods.size() > 1 && tells)
    call.print_error(
        fmt::format("Found {} pods, using pod/{}", pods.size(), pods.front()["metadata"]["name"].text()));
  pods.resize(std::min<std::size_t>(pods.size(), 1));
  return pods;
}

std::string container_of_pod(KubectlCall& call, const JsonValue& pod) {
  if (call.flags.has("container")) return call.flags.text("container");
  std::vector<std::string> names;
  for (const auto& container : pod["spec"]["containers"].items()) names.push_back(container["name"].text());
  if (names.empty()) return {};
  if (names.size() > 1)
    call.print_error(fmt::format("Defaulted container \"{}\" out of: {}", names.front(), join(names, ", ")));
  return names.front();
}

}  // namespace muster
