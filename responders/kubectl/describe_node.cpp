// kubectl describe node, and of objects without a description of their own.
#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/describe_parts.hpp"
#include "responders/kubectl/describe_template.hpp"
#include "responders/kubectl/quantity_text.hpp"
#include "responders/text/lines.hpp"

namespace muster::describers {
namespace {

std::string roles_of(const JsonValue& labels) {
  static constexpr std::string_view prefix = "node-role.kubernetes.io/";
  std::vector<std::string> roles;
  for (const auto& [key, value] : labels.members())
    if (key.starts_with(prefix)) roles.push_back(key.substr(prefix.size()));
  return roles.empty() ? "<none>" : join(roles, ",");
}

std::string taints_text(const JsonValue& taints) {
  std::vector<std::string> all;
  for (const JsonValue& taint : taints.items()) {
    const std::string& value = taint["value"].text();
    all.push_back(fmt::format("{}{}:{}", taint["key"].text(), value.empty() ? "" : "=" + value,
                              taint["effect"].text()));
  }
  return all.empty() ? "<none>" : join(all, "\n\t");
}

std::string lease_text(KubectlCall& call, const std::string& node) {
  const ApiReply reply =
      call.api.get("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + node);
  if (!reply.ok()) return "Lease:\tFailed to get lease: " + reply.body["message"].text() + "\n";
  const JsonValue& spec = reply.body["spec"];
  const auto moment = [&](const char* field) {
    return spec.has(field) ? rfc1123(spec[field].text()) : std::string("<unset>");
  };
  return fmt::format("Lease:\n  HolderIdentity:\t{}\n  AcquireTime:\t{}\n  RenewTime:\t{}\n",
                     spec.has("holderIdentity") ? spec["holderIdentity"].text() : "<unset>",
                     moment("acquireTime"), moment("renewTime"));
}

std::string conditions_text(const JsonValue& conditions) {
  if (conditions.is_empty()) return {};
  std::string out =
      "Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n"
      "  ----\t------\t-----------------\t------------------\t------\t-------\n";
  for (const JsonValue& each : conditions.items())
    out += fmt::format("  {} \t{} \t{} \t{} \t{} \t{}\n", each["type"].text(), each["status"].text(),
                       rfc1123(each["lastHeartbeatTime"].text()), rfc1123(each["lastTransitionTime"].text()),
                       each["reason"].text(), each["message"].text());
  return out;
}

std::string resources_text(const char* title, const JsonValue& resources) {
  if (resources.is_empty()) return {};
  std::string out = fmt::format("{}:\n", title);
  for (const auto& [name, value] : resources.members())
    out += fmt::format("  {}:\t{}\n", name, display_text(value));
  return out;
}

std::string system_info(const JsonValue& info) {
  struct Line {
    const char *title, *field;
  };
  static constexpr Line lines[] = {{"Machine ID", "machineID"},
                                   {"System UUID", "systemUUID"},
                                   {"Boot ID", "bootID"},
                                   {"Kernel Version", "kernelVersion"},
                                   {"OS Image", "osImage"},
                                   {"Operating System", "operatingSystem"},
                                   {"Architecture", "architecture"},
                                   {"Container Runtime Version", "containerRuntimeVersion"},
                                   {"Kubelet Version", "kubeletVersion"},
                                   {"Kube-Proxy Version", "kubeProxyVersion"}};
  std::string out = "System Info:\n";
  for (const Line& line : lines) out += fmt::format("  {}:\t{}\n", line.title, info[line.field].text());
  return out;
}

/// Sums of one resource over the containers of a pod.
struct Amounts {
  std::int64_t cpu_requests = 0, cpu_limits = 0, memory_requests = 0, memory_limits = 0;
  void add(const Amounts& other) {
    cpu_requests += other.cpu_requests;
    cpu_limits += other.cpu_limits;
    memory_requests += other.memory_requests;
    memory_limits += other.memory_limits;
  }
};

Amounts amounts_of(const JsonValue& pod) {
  Amounts sum;
  for (const JsonValue& container : pod["spec"]["containers"].items()) {
    const JsonValue &requests = container["resources"]["requests"],
                    &limits = container["resources"]["limits"];
    sum.cpu_requests += millis_of(display_text(requests["cpu"]));
    sum.cpu_limits += millis_of(display_text(limits["cpu"]));
    sum.memory_requests += bytes_of(display_text(requests["memory"]));
    sum.memory_limits += bytes_of(display_text(limits["memory"]));
  }
  return sum;
}

std::string share(std::int64_t part, std::int64_t whole) {
  return fmt::format("({}%)", whole > 0 ? part * 100 / whole : 0);
}

std::string pods_text(KubectlCall& call, const JsonValue::Array& pods, std::int64_t cpu,
                      std::int64_t memory) {
  std::string out = fmt::format("Non-terminated Pods:\t({} in total)\n", pods.size());
  out +=
      "  Namespace\tName\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n"
      "  ---------\t----\t------------\t----------\t---------------\t-------------\t---\n";
  for (const JsonValue& pod : pods) {
    const Amounts sum = amounts_of(pod);
    const JsonValue& metadata = pod["metadata"];
    out +=
        fmt::format("  {}\t{}\t{} {}\t{} {}\t{} {}\t{} {}\t{}\n", metadata["namespace"].text(),
                    metadata["name"].text(), millis_text(sum.cpu_requests), share(sum.cpu_requests, cpu),
                    millis_text(sum.cpu_limits), share(sum.cpu_limits, cpu), bytes_text(sum.memory_requests),
                    share(sum.memory_requests, memory), bytes_text(sum.memory_limits),
                    share(sum.memory_limits, memory), call.clock().age(metadata["creationTimestamp"].text()));
  }
  return out;
}

std::string allocated_text(const JsonValue::Array& pods, std::int64_t cpu, std::int64_t memory) {
  Amounts sum;
  for (const JsonValue& pod : pods) sum.add(amounts_of(pod));
  std::string out =
      "Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n"
      "  Resource\tRequests\tLimits\n  --------\t--------\t------\n";
  out += fmt::format("  cpu\t{} {}\t{} {}\n", millis_text(sum.cpu_requests), share(sum.cpu_requests, cpu),
                     millis_text(sum.cpu_limits), share(sum.cpu_limits, cpu));
  out += fmt::format("  memory\t{} {}\t{} {}\n", bytes_text(sum.memory_requests),
                     share(sum.memory_requests, memory), bytes_text(sum.memory_limits),
                     share(sum.memory_limits, memory));
  return out + "  ephemeral-storage\t0 (0%)\t0 (0%)\n";
}

/// "resourceVersion" as "Resource Version".
std::string title_of(const std::string& field) {
  std::string out;
  for (const char c : field) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool run = !out.empty() && out.back() >= 'A' && out.back() <= 'Z';
    if (upper && !out.empty() && !run) out += ' ';
    out += out.empty() && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return out == "Api Version" ? "API Version" : out == "Uid" ? "UID" : out;
}

void print_fields(const JsonValue& value, const std::string& indent, std::string& out) {
  for (const auto& [field, inner] : value.members()) {
    if (inner.is_null()) continue;
    if (inner.is_object()) {
      out += indent + title_of(field) + ":\n";
      print_fields(inner, indent + "  ", out);
    } else if (inner.is_array()) {
      out += indent + title_of(field) + ":\n";
      for (const JsonValue& each : inner.items()) {
        if (each.is_object())
          print_fields(each, indent + "  ", out);
        else
          out += indent + "  " + display_text(each) + "\n";
      }
    } else {
      out += indent + title_of(field) + ":\t" + display_text(inner) + "\n";
    }
  }
}

}  // namespace

std::string node(KubectlCall& call, const Target& target) {
  const JsonValue& metadata = target.object["metadata"];
  const JsonValue& status = target.object["status"];
  const auto pods =
      list_of(call, "/api/v1/pods?" +
                        query_string({{"fieldSelector", "spec.nodeName=" + target.name +
                                                            ",status.phase!=Succeeded,status.phase!=Failed"},
                                      {"limit", "500"}}));
  std::string out =
      "Name:\t" + target.name + "\nRoles:\t" + roles_of(metadata["labels"]) + "\n" + describe_maps(target);
  out += "CreationTimestamp:\t" + rfc1123(metadata["creationTimestamp"].text()) + "\n";
  out += "Taints:\t" + taints_text(target.object["spec"]["taints"]) + "\n";
  out += std::string("Unschedulable:\t") +
         (target.object["spec"]["unschedulable"].truth() ? "true" : "false") + "\n";
  out += lease_text(call, target.name);
  out += conditions_text(status["conditions"]) + "Addresses:\n";
  for (const JsonValue& address : status["addresses"].items())
    out += fmt::format("  {}:\t{}\n", address["type"].text(), address["address"].text());
  out +=
      resources_text("Capacity", status["capacity"]) + resources_text("Allocatable", status["allocatable"]);
  out += system_info(status["nodeInfo"]);
  if (target.object["spec"].has("podCIDR"))
    out += "PodCIDR:\t" + target.object["spec"]["podCIDR"].text() + "\n";
  const std::int64_t cpu = millis_of(display_text(status["allocatable"]["cpu"]));
  const std::int64_t memory = bytes_of(display_text(status["allocatable"]["memory"]));
  return out + pods_text(call, pods, cpu, memory) + allocated_text(pods, cpu, memory);
}

std::string any_object(KubectlCall&, const Target& target) {
  JsonValue rest = target.object;
  for (const char* shown : {"managedFields", "name", "namespace", "labels", "annotations"})
    rest.member("metadata").erase(shown);
  std::string out = describe_name(target) + describe_maps(target);
  print_fields(rest, "", out);
  return out;
}

}  // namespace muster::describers
