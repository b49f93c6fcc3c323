// kubectl describe of workloads, configuration, budgets, quotas and volumes
// (k8s.io/kubectl/pkg/describe/describe.go).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "responders/kubectl/describe_parts.hpp"
#include "responders/kubectl/describe_template.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/base64.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string number(const JsonValue& value) {
  return fmt::format("{}", value.whole());
}
std::string or_none(const std::string& text) {
  return text.empty() ? "<none>" : text;
}
std::string created(const JsonValue& object) {
  return "CreationTimestamp:\t" + rfc1123(object["metadata"]["creationTimestamp"].text()) + "\n";
}
std::string pod_template(const JsonValue& spec) {
  return "Pod Template:\n" + describe_template(spec["template"], "  ");
}
std::string conditions_text(const JsonValue& conditions) {
  if (conditions.is_empty()) return {};
  std::string out = "Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------\n";
  for (const JsonValue& each : conditions.items())
    out += fmt::format("  {} \t{}\t{}\n", each["type"].text(), each["status"].text(), each["reason"].text());
  return out;
}

std::string replica_set(KubectlCall& call, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  std::string out = describe_name(target) + "Selector:\t" + selector_text(spec["selector"]) + "\n" +
                    describe_maps(target) + describe_owner(target.object);
  out += fmt::format("Replicas:\t{} current / {} desired\n", target.object["status"]["replicas"].whole(),
                     spec["replicas"].whole());
  out += describe_pods_status(call, target);
  return out + pod_template(spec) + conditions_text(target.object["status"]["conditions"]);
}

std::string stateful_set(KubectlCall& call, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  std::string out = describe_name(target) + created(target.object) + "Selector:\t" +
                    selector_text(spec["selector"]) + "\n" + describe_maps(target);
  out += fmt::format("Replicas:\t{} desired | {} total\n", spec["replicas"].whole(),
                     target.object["status"]["replicas"].whole());
  out += "Update Strategy:\t" + spec["updateStrategy"]["type"].text() + "\n";
  if (const JsonValue& rolling = spec["updateStrategy"]["rollingUpdate"]; rolling.has("partition"))
    out += "  Partition:\t" + number(rolling["partition"]) + "\n";
  out += describe_pods_status(call, target);
  out += pod_template(spec) + "Volume Claims:";
  if (spec["volumeClaimTemplates"].is_empty()) return out + "\t<none>\n";
  out += "\n";
  for (const JsonValue& claim : spec["volumeClaimTemplates"].items())
    out += fmt::format(
        "  Name:\t{}\n  StorageClass:\t{}\n  Labels:\t{}\n  Annotations:\t{}\n  Capacity:\t{}\n"
        "  Access Modes:\t[{}]\n",
        claim["metadata"]["name"].text(), claim["spec"]["storageClassName"].text(),
        labels_text(claim["metadata"]["labels"]), labels_text(claim["metadata"]["annotations"]),
        display_text(claim["spec"]["resources"]["requests"]["storage"]),
        claim["spec"]["accessModes"].at(0).text());
  return out;
}

std::string daemon_set(KubectlCall& call, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const JsonValue& status = target.object["status"];
  std::string out = describe_name(target) + "Selector:\t" + selector_text(spec["selector"]) + "\n" +
                    "Node-Selector:\t" + labels_text(spec["template"]["spec"]["nodeSelector"]) + "\n" +
                    describe_maps(target);
  out += "Desired Number of Nodes Scheduled: " + number(status["desiredNumberScheduled"]) + "\n";
  out += "Current Number of Nodes Scheduled: " + number(status["currentNumberScheduled"]) + "\n";
  out += "Number of Nodes Scheduled with Up-to-date Pods: " + number(status["updatedNumberScheduled"]) + "\n";
  out += "Number of Nodes Scheduled with Available Pods: " + number(status["numberAvailable"]) + "\n";
  out += "Number of Nodes Misscheduled: " + number(status["numberMisscheduled"]) + "\n";
  out += describe_pods_status(call, target);
  return out + pod_template(spec);
}

std::string job(KubectlCall& call, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const JsonValue& status = target.object["status"];
  std::string out = describe_name(target) + "Selector:\t" + selector_text(spec["selector"]) + "\n" +
                    describe_maps(target) + describe_owner(target.object);
  out += "Parallelism:\t" + number(spec["parallelism"]) + "\n";
  out += "Completions:\t" + (spec.has("completions") ? number(spec["completions"]) : "<unset>") + "\n";
  out += "Completion Mode:\t" + or_none(spec["completionMode"].text()) + "\n";
  out += std::string("Suspend:\t") + (spec["suspend"].truth() ? "true" : "false") + "\n";
  out += "Backoff Limit:\t" + number(spec["backoffLimit"]) + "\n";
  if (status.has("startTime")) out += "Start Time:\t" + rfc1123(status["startTime"].text()) + "\n";
  if (status.has("completionTime")) {
    const auto began = call.clock().seconds_since(status["startTime"].text());
    const auto ended = call.clock().seconds_since(status["completionTime"].text());
    out += "Completed At:\t" + rfc1123(status["completionTime"].text()) + "\n";
    if (began && ended) out += "Duration:\t" + human_duration(*began - *ended) + "\n";
  }
  out += fmt::format("Pods Statuses:\t{} Active ({} Ready) / {} Succeeded / {} Failed\n",
                     status["active"].whole(), status["ready"].whole(), status["succeeded"].whole(),
                     status["failed"].whole());
  return out + pod_template(spec);
}

std::string cron_job(KubectlCall&, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const JsonValue& inner = spec["jobTemplate"]["spec"];
  const auto limit = [&](const char* field) {
    return spec.has(field) ? number(spec[field]) : std::string("<unset>");
  };
  std::string out = describe_name(target) + describe_maps(target);
  out += "Schedule:\t" + spec["schedule"].text() + "\nConcurrency Policy:\t" +
         spec["concurrencyPolicy"].text() + "\n";
  out += std::string("Suspend:\t") + (spec["suspend"].truth() ? "True" : "False") + "\n";
  out += "Successful Job History Limit:\t" + limit("successfulJobsHistoryLimit") + "\n";
  out += "Failed Job History Limit:\t" + limit("failedJobsHistoryLimit") + "\n";
  out += "Starting Deadline Seconds:\t" +
         (spec.has("startingDeadlineSeconds") ? number(spec["startingDeadlineSeconds"]) + "s" : "<unset>") +
         "\n";
  out += "Selector:\t<unset>\nParallelism:\t" +
         (inner.has("parallelism") ? number(inner["parallelism"]) : "<unset>") + "\nCompletions:\t" +
         (inner.has("completions") ? number(inner["completions"]) : "<unset>") + "\n";
  out += pod_template(inner);
  const JsonValue& status = target.object["status"];
  out += "Last Schedule Time:\t" +
         (status.has("lastScheduleTime") ? rfc1123(status["lastScheduleTime"].text()) : "<unset>") + "\n";
  std::vector<std::string> active;
  for (const JsonValue& each : status["active"].items()) active.push_back(each["name"].text());
  return out + "Active Jobs:\t" + or_none(join(active, ", ")) + "\n";
}

std::string config_map(KubectlCall&, const Target& target) {
  std::string out = describe_name(target) + describe_maps(target) + "\nData\n====\n";
  for (const auto& [key, value] : target.object["data"].members())
    out += key + ":\n----\n" + value.text() + "\n\n";
  out += "\nBinaryData\n====\n";
  for (const auto& [key, value] : target.object["binaryData"].members())
    out += fmt::format("{}: {} bytes\n", key, base64_decoded(value.text()).value_or("").size());
  return out + "\n";
}

std::string secret(KubectlCall&, const Target& target) {
  std::string out = describe_name(target) + describe_maps(target) + "\nType:\t" +
                    target.object["type"].text() + "\n\nData\n====\n";
  for (const auto& [key, value] : target.object["data"].members())
    out += fmt::format("{}:\t{} bytes\n", key, base64_decoded(value.text()).value_or("").size());
  return out;
}

std::string namespace_(KubectlCall& call, const Target& target) {
  std::string out = describe_name(target) + describe_maps(target) + "Status:\t" +
                    target.object["status"]["phase"].text() + "\n";
  const auto quotas = list_of(call, "/api/v1/namespaces/" + target.name + "/resourcequotas");
  if (quotas.empty()) out += "\nNo resource quota.\n";
  for (const JsonValue& quota : quotas) {
    out += "\nResource Quotas\n  Name:\t" + quota["metadata"]["name"].text() +
           "\n  Resource\tUsed\tHard\n  --------\t---\t---\n";
    for (const auto& [resource, hard] : quota["status"]["hard"].members())
      out += fmt::format("  {}\t{}\t{}\n", resource, display_text(quota["status"]["used"][resource]),
                         display_text(hard));
  }
  return out + "\nNo LimitRange resource.\n";
}

std::string quota(KubectlCall&, const Target& target) {
  std::string out = describe_name(target) + "Resource\tUsed\tHard\n--------\t----\t----\n";
  const JsonValue& status = target.object["status"];
  for (const auto& [resource, hard] : status["hard"].members())
    out += fmt::format("{}\t{}\t{}\n", resource, display_text(status["used"][resource]), display_text(hard));
  return out;
}

/// "55% (110m) / 80%", "<unknown> / 80%"
std::string metric_text(const JsonValue& metric, const JsonValue& now) {
  const JsonValue& wanted = metric["resource"]["target"];
  const JsonValue& current = now["resource"]["current"];
  const std::string name = metric["resource"]["name"].text();
  if (wanted.has("averageUtilization")) {
    const std::string present = current.has("averageUtilization")
                                    ? fmt::format("{}% ({})", current["averageUtilization"].whole(),
                                                  display_text(current["averageValue"]))
                                    : "<unknown>";
    return fmt::format("  resource {} on pods  (as a percentage of request):\t{} / {}%\n", name, present,
                       wanted["averageUtilization"].whole());
  }
  return fmt::format("  resource {} on pods:\t{} / {}\n", name,
                     current.has("averageValue") ? display_text(current["averageValue"]) : "<unknown>",
                     display_text(wanted["averageValue"]));
}

std::string autoscaler(KubectlCall&, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const JsonValue& status = target.object["status"];
  std::string out = describe_name(target) + describe_maps(target) + created(target.object);
  const std::string kind = spec["scaleTargetRef"]["kind"].text();
  out += fmt::format("Reference:\t{}/{}\n", kind, spec["scaleTargetRef"]["name"].text());
  out += "Metrics:\t( current / target )\n";
  for (std::size_t i = 0; i < spec["metrics"].items().size(); ++i)
    out += metric_text(spec["metrics"].at(i), status["currentMetrics"].at(i));
  out += "Min replicas:\t" + (spec.has("minReplicas") ? number(spec["minReplicas"]) : "<unset>") + "\n";
  out += "Max replicas:\t" + number(spec["maxReplicas"]) + "\n";
  out += fmt::format("{} pods:\t{} current / {} desired\n", kind, status["currentReplicas"].whole(),
                     status["desiredReplicas"].whole());
  if (status["conditions"].is_empty()) return out;
  out += "Conditions:\n  Type\tStatus\tReason\tMessage\n  ----\t------\t------\t-------\n";
  for (const JsonValue& each : status["conditions"].items())
    out += fmt::format("  {}\t{}\t{}\t{}\n", each["type"].text(), each["status"].text(),
                       each["reason"].text(), each["message"].text());
  return out;
}

std::string budget(KubectlCall&, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const JsonValue& status = target.object["status"];
  std::string out = describe_name(target);
  if (spec.has("minAvailable")) out += "Min available:\t" + display_text(spec["minAvailable"]) + "\n";
  if (spec.has("maxUnavailable")) out += "Max unavailable:\t" + display_text(spec["maxUnavailable"]) + "\n";
  out += "Selector:\t" + selector_text(spec["selector"]) + "\nStatus:\n";
  out += "    Allowed disruptions:\t" + number(status["disruptionsAllowed"]) + "\n";
  out += "    Current:\t" + number(status["currentHealthy"]) + "\n";
  out += "    Desired:\t" + number(status["desiredHealthy"]) + "\n";
  return out + "    Total:\t" + number(status["expectedPods"]) + "\n";
}

/// "RWO,ROX"
std::string short_modes(const JsonValue& modes) {
  std::vector<std::string> all;
  for (const JsonValue& mode : modes.items()) {
    const std::string& text = mode.text();
    all.push_back(text == "ReadWriteOnce"   ? "RWO"
                  : text == "ReadOnlyMany"  ? "ROX"
                  : text == "ReadWriteMany" ? "RWX"
                                            : "RWOP");
  }
  return join(all, ",");
}

std::string claim(KubectlCall& call, const Target& target) {
  const JsonValue& spec = target.object["spec"];
  const JsonValue& status = target.object["status"];
  std::string out = describe_name(target) + "StorageClass:\t" + spec["storageClassName"].text() +
                    "\nStatus:\t" + status["phase"].text() + "\nVolume:\t" + spec["volumeName"].text() +
                    "\n" + describe_maps(target);
  out += "Finalizers:\t[" + target.object["metadata"]["finalizers"].at(0).text() + "]\n";
  const bool bound = !spec["volumeName"].text().empty();
  out += "Capacity:\t" + (bound ? display_text(status["capacity"]["storage"]) : "") + "\nAccess Modes:\t" +
         (bound ? short_modes(spec["accessModes"]) : "") + "\nVolumeMode:\t" +
         (spec.has("volumeMode") ? spec["volumeMode"].text() : "Filesystem") + "\nUsed By:\t";
  std::vector<std::string> users;
  for (const JsonValue& pod : list_of(call, "/api/v1/namespaces/" + target.namespace_ + "/pods"))
    for (const JsonValue& volume : pod["spec"]["volumes"].items())
      if (volume["persistentVolumeClaim"]["claimName"].text() == target.name)
        users.push_back(pod["metadata"]["name"].text());
  return out + or_none(join(users, "\n\t")) + "\n";
}

struct Describer {
  std::string_view kind;
  std::string (*describe)(KubectlCall& call, const Target& target);
  bool events = true;
};
constexpr std::array describer_table{Describer{"ReplicaSet", replica_set},
                                     Describer{"StatefulSet", stateful_set},
                                     Describer{"DaemonSet", daemon_set},
                                     Describer{"Job", job},
                                     Describer{"CronJob", cron_job},
                                     Describer{"ConfigMap", config_map},
                                     Describer{"Secret", secret, false},
                                     Describer{"Namespace", namespace_, false},
                                     Describer{"ResourceQuota", quota, false},
                                     Describer{"HorizontalPodAutoscaler", autoscaler},
                                     Describer{"PodDisruptionBudget", budget},
                                     Describer{"PersistentVolumeClaim", claim},
                                     Describer{"Node", describers::node},
                                     Describer{"Service", describers::service},
                                     Describer{"Endpoints", describers::endpoints},
                                     Describer{"Ingress", describers::ingress},
                                     Describer{"NetworkPolicy", describers::network_policy, false}};

}  // namespace

std::string describe_kind(KubectlCall& call, const Target& target) {
  const auto found = std::find_if(describer_table.begin(), describer_table.end(),
                                  [&](const Describer& each) { return each.kind == target.type->kind; });
  const bool known = found != describer_table.end();
  std::string text = known ? found->describe(call, target) : describers::any_object(call, target);
  if (!known || found->events) text += describe_events(call, target);
  return text;
}

}  // namespace muster
