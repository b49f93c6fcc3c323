// kubectl describe, of pods and deployments (k8s.io/kubectl/pkg/describe/describe.go).
#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/describe_parts.hpp"
#include "responders/kubectl/describe_template.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/rollout.hpp"
#include "responders/text/lines.hpp"
#include "responders/text/tab_writer.hpp"

namespace muster::kubectl_handlers {
namespace {

std::string qos_class(const JsonValue& pod) {
  if (!pod["status"]["qosClass"].text().empty()) return pod["status"]["qosClass"].text();
  bool any = false, guaranteed = true;
  for (const auto& container : pod["spec"]["containers"].items()) {
    const JsonValue& limits = container["resources"]["limits"];
    const JsonValue& requests = container["resources"]["requests"];
    any = any || !limits.is_empty() || !requests.is_empty();
    for (const char* resource : {"cpu", "memory"})
      guaranteed = guaranteed && limits.has(resource) &&
                   (!requests.has(resource) || requests[resource] == limits[resource]);
  }
  return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
}

std::string pod_ips(const JsonValue& status) {
  if (status["podIP"].text().empty() && status["podIPs"].is_empty()) return "IPs:\t<none>\n";
  std::string out = "IPs:\n";
  for (const auto& ip : status["podIPs"].items()) out += "  IP:\t" + ip["ip"].text() + "\n";
  return status["podIPs"].is_empty() ? out + "  IP:\t" + status["podIP"].text() + "\n" : out;
}

std::string pod_status(const JsonValue& pod, const Clock& clock) {
  const JsonValue& status = pod["status"];
  const std::string& phase = status["phase"].text();
  const bool ended = phase == "Succeeded" || phase == "Failed";
  std::string out;
  if (pod["metadata"].has("deletionTimestamp") && !ended)
    out = fmt::format("Status:\tTerminating (lasts {})\nTermination Grace Period:\t{}s\n",
                      clock.age(pod["metadata"]["deletionTimestamp"].text()),
                      pod["metadata"]["deletionGracePeriodSeconds"].whole());
  else
    out = "Status:\t" + phase + "\n";
  if (!status["reason"].text().empty()) out += "Reason:\t" + status["reason"].text() + "\n";
  if (!status["message"].text().empty()) out += "Message:\t" + status["message"].text() + "\n";
  return out;
}

std::string pod_head(const JsonValue& pod, const Clock& clock) {
  const JsonValue& metadata = pod["metadata"];
  const JsonValue& spec = pod["spec"];
  std::string out =
      "Name:\t" + metadata["name"].text() + "\nNamespace:\t" + metadata["namespace"].text() + "\n";
  if (spec.has("priority")) out += fmt::format("Priority:\t{}\n", spec["priority"].whole());
  if (!spec["serviceAccountName"].text().empty())
    out += "Service Account:\t" + spec["serviceAccountName"].text() + "\n";
  const std::string& node = spec["nodeName"].text();
  out += "Node:\t" + (node.empty() ? "<none>" : node + "/" + pod["status"]["hostIP"].text()) + "\n";
  if (pod["status"].has("startTime"))
    out += "Start Time:\t" + rfc1123(pod["status"]["startTime"].text()) + "\n";
  out += describe_labels("Labels", metadata["labels"]) +
         describe_annotations("Annotations", metadata["annotations"]);
  out += pod_status(pod, clock) + "IP:\t" + pod["status"]["podIP"].text() + "\n" + pod_ips(pod["status"]);
  for (const auto& owner : metadata["ownerReferences"].items())
    if (owner["controller"].truth())
      out += "Controlled By:\t" + owner["kind"].text() + "/" + owner["name"].text() + "\n";
  return out;
}

std::string describe_pod(KubectlCall& call, const Target& target) {
  const JsonValue& pod = target.object;
  std::string out = pod_head(pod, call.clock());
  out += describe_containers(pod["spec"], pod["status"]["containerStatuses"], "");
  if (!pod["status"]["conditions"].is_empty()) {
    out += "Conditions:\n  Type\tStatus\n";
    for (const auto& each : pod["status"]["conditions"].items())
      out += "  " + each["type"].text() + " \t" + each["status"].text() + " \n";
  }
  out += describe_volumes(pod["spec"], "") + "QoS Class:\t" + qos_class(pod) + "\n";
  out += describe_labels("Node-Selectors", pod["spec"]["nodeSelector"]) +
         describe_tolerations(pod["spec"], "Tolerations");
  return out + describe_events(call, target);
}

std::string sets_text(const std::vector<const JsonValue*>& sets) {
  std::vector<std::string> texts;
  for (const JsonValue* set : sets)
    texts.push_back(fmt::format("{} ({}/{} replicas created)", (*set)["metadata"]["name"].text(),
                                (*set)["status"]["replicas"].whole(), (*set)["spec"]["replicas"].whole()));
  return texts.empty() ? "<none>" : join(texts, ", ");
}

std::string replica_sets_text(KubectlCall& call, const Target& target) {
  const auto sets = owned_replica_sets(call, target);
  const JsonValue wanted = plain_template(target.object);
  std::vector<const JsonValue*> old_sets, new_sets;
  for (const auto& set : sets)
    (new_sets.empty() && plain_template(set) == wanted ? new_sets : old_sets).push_back(&set);
  return "OldReplicaSets:\t" + sets_text(old_sets) + "\nNewReplicaSet:\t" + sets_text(new_sets) + "\n";
}

std::string strategy_text(const JsonValue& spec) {
  const JsonValue& strategy = spec["strategy"];
  std::string out = "StrategyType:\t" + strategy["type"].text() + "\n";
  out += fmt::format("MinReadySeconds:\t{}\n", spec["minReadySeconds"].whole());
  if (const JsonValue& rolling = strategy["rollingUpdate"]; rolling.is_object())
    out += fmt::format("RollingUpdateStrategy:\t{} max unavailable, {} max surge\n",
                       display_text(rolling["maxUnavailable"]), display_text(rolling["maxSurge"]));
  return out;
}

std::string describe_deployment(KubectlCall& call, const Target& target) {
  const JsonValue& metadata = target.object["metadata"];
  const JsonValue& spec = target.object["spec"];
  const JsonValue& status = target.object["status"];
  std::vector<std::string> selector;
  for (const auto& [key, value] : spec["selector"]["matchLabels"].members())
    selector.push_back(key + "=" + display_text(value));
  std::string out = "Name:\t" + target.name + "\nNamespace:\t" + target.namespace_ + "\n";
  out += "CreationTimestamp:\t" + rfc1123(metadata["creationTimestamp"].text()) + "\n";
  out += describe_labels("Labels", metadata["labels"]) +
         describe_annotations("Annotations", metadata["annotations"]);
  out += "Selector:\t" + join(selector, ",") + "\n";
  out += fmt::format("Replicas:\t{} desired | {} updated | {} total | {} available | {} unavailable\n",
                     spec["replicas"].whole(), status["updatedReplicas"].whole(), status["replicas"].whole(),
                     status["availableReplicas"].whole(), status["unavailableReplicas"].whole());
  out += strategy_text(spec) + "Pod Template:\n" + describe_template(spec["template"], "  ");
  if (!status["conditions"].is_empty()) {
    out += "Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------\n";
    for (const auto& each : status["conditions"].items())
      out +=
          fmt::format("  {} \t{}\t{}\n", each["type"].text(), each["status"].text(), each["reason"].text());
  }
  out += replica_sets_text(call, target);  // a request each: never two in one expression
  return out + describe_events(call, target);
}

}  // namespace

void describe(KubectlCall& call) {
  if (call.words.empty())
    return call.fail(
        "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete "
        "list of "
        "supported resources.");
  const auto arguments = read_resource_arguments(call.words);
  if (!arguments) return call.fail(arguments.error().message);
  if (arguments->named.empty()) call.flags.add("all", "true");  // describe pods: every one of them
  const auto targets = get_targets(call, call.words);
  if (targets.empty() && call.result.exit_code == 0)
    call.print_error(fmt::format("No resources found in {} namespace.", call.namespace_()));
  bool first = true;
  for (const auto& target : targets) {
    if (!std::exchange(first, false)) call.result.out += "\n\n";
    const std::string_view kind = target.type->kind;
    const std::string text = kind == "Pod"          ? describe_pod(call, target)
                             : kind == "Deployment" ? describe_deployment(call, target)
                                                    : describe_kind(call, target);
    call.result.out += align_tabs(text, describe_layout);
  }
}

}  // namespace muster::kubectl_handlers
