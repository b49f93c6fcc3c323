// kubectl drain: cordon the node, then evict its pods one after the other until each is gone. Model:
// kubernetes/kubectl pkg/drain.
#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/cordon.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"

namespace muster::kubectl_handlers {
namespace {

struct DrainPod {
  std::string namespace_, name, uid;
  bool evicted = false;
};

/// What may not, or need not, be deleted.
struct DrainPlan {
  std::vector<DrainPod> pods;
  std::vector<std::string> unmanaged, daemons, local_storage;
};

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string controller_kind(const JsonValue& pod) {
  for (const JsonValue& owner : pod["metadata"]["ownerReferences"].items()) {
    if (owner["controller"].truth()) return owner["kind"].text();
  }
  return {};
}

bool has_empty_dir(const JsonValue& pod) {
  const auto& volumes = pod["spec"]["volumes"].items();
  return std::any_of(volumes.begin(), volumes.end(), [](const JsonValue& v) { return v.has("emptyDir"); });
}

DrainPlan plan_drain(const JsonValue& pods) {
  DrainPlan plan;
  for (const JsonValue& pod : pods["items"].items()) {
    const JsonValue& meta = pod["metadata"];
    const std::string name = meta["namespace"].text() + "/" + meta["name"].text();
    const std::string& phase = pod["status"]["phase"].text();
    const bool finished = phase == "Succeeded" || phase == "Failed";
    const std::string kind = controller_kind(pod);
    if (kind == "DaemonSet" && !finished) {
      plan.daemons.push_back(name);
      continue;
    }
    if (kind.empty() && !finished) plan.unmanaged.push_back(name);
    if (has_empty_dir(pod) && !finished) plan.local_storage.push_back(name);
    plan.pods.push_back({meta["namespace"].text(), meta["name"].text(), meta["uid"].text(), false});
  }
  return plan;
}

/// What stands in the way, as kubectl lists it; empty if nothing does.
std::string obstacles(const KubectlCall& call, const DrainPlan& plan) {
  std::vector<std::string> found;
  if (!plan.unmanaged.empty() && !call.flags.truth("force"))
    found.push_back("cannot delete Pods declare no controller (use --force to override): " +
                    joined(plan.unmanaged));
  if (!plan.daemons.empty() && !call.flags.truth("ignore-daemonsets"))
    found.push_back("cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): " +
                    joined(plan.daemons));
  if (!plan.local_storage.empty() && !call.flags.truth("delete-emptydir-data"))
    found.push_back("cannot delete Pods with local storage (use --delete-emptydir-data to override): " +
                    joined(plan.local_storage));
  if (found.size() < 2) return joined(found);
  return "[" + joined(found) + "]";
}

void print_warnings(KubectlCall& call, const DrainPlan& plan) {
  std::vector<std::string> warnings;
  if (!plan.daemons.empty()) warnings.push_back("ignoring DaemonSet-managed Pods: " + joined(plan.daemons));
  if (!plan.unmanaged.empty())
    warnings.push_back("deleting Pods that declare no controller: " + joined(plan.unmanaged));
  if (!warnings.empty()) call.print_error(fmt::format("Warning: {}", fmt::join(warnings, "; ")));
}

std::string pod_path(const DrainPod& pod) {
  return object_path(*find_resource_type("pods"), pod.namespace_, pod.name);
}

/// One try. A budget that says no is asked again later; any other refusal ends the drain.
bool try_evict(KubectlCall& call, DrainPod& pod) {
  JsonValue eviction = JsonValue::object();
  eviction.member("apiVersion") = "policy/v1";
  eviction.member("kind") = "Eviction";
  eviction.member("metadata").member("name") = pod.name;
  eviction.member("metadata").member("namespace") = pod.namespace_;
  const std::int64_t grace = call.flags.whole("grace-period", -1);
  if (grace >= 0) eviction.member("deleteOptions").member("gracePeriodSeconds") = grace;
  call.print(fmt::format("evicting pod {}/{}", pod.namespace_, pod.name));
  const ApiReply reply = call.api.post(pod_path(pod) + "/eviction", eviction);
  if (reply.ok() || reply.status == 404) return pod.evicted = true;
  const std::string why = reply.body["message"].text();
  if (reply.status == 429) {
    call.print_error(fmt::format("error when evicting pods/\"{}\" -n \"{}\" (will retry after 5s): {}",
                                 pod.name, pod.namespace_, why));
    return true;
  }
  call.fail(fmt::format("error when evicting pods/\"{}\" -n \"{}\": {}", pod.name, pod.namespace_, why));
  return false;
}

bool is_gone(KubectlCall& call, const DrainPod& pod) {
  const ApiReply reply = call.api.get(pod_path(pod));
  return reply.status == 404 || (reply.ok() && reply.body["metadata"]["uid"].text() != pod.uid);
}

/// A second passes; evicted pods that are gone are said to be.
Task<void> wait_a_second(KubectlCall& call, std::vector<DrainPod>& pods) {
  sleep_for second(call.session.host, 1s);
  co_await second;
  std::erase_if(pods, [&](const DrainPod& pod) {
    if (!pod.evicted || !is_gone(call, pod)) return false;
    call.print(fmt::format("pod/{} evicted", pod.name));
    return true;
  });
}

/// --dry-run: said of each pod, and asked of a server that does not do it; nothing is waited for. Every
/// line of a dry run is marked by who calls the handler.
bool evict_in_a_dry_run(KubectlCall& call, std::vector<DrainPod>& pods, DryRun dry_run) {
  for (DrainPod& pod : pods) {
    if (dry_run == DryRun::server && !try_evict(call, pod)) return false;
    if (dry_run == DryRun::client) call.print(fmt::format("evicting pod {}/{}", pod.namespace_, pod.name));
  }
  return true;
}

Task<bool> evict_all(KubectlCall& call, std::vector<DrainPod> pods) {
  const auto dry_run = dry_run_of(call);
  if (dry_run && *dry_run != DryRun::none) co_return evict_in_a_dry_run(call, pods, *dry_run);
  const SimDuration limit = call.flags.duration("timeout");
  const SimTime deadline = limit > SimDuration::zero() ? call.session.host.now() + limit : sim_never;
  for (int second = 0; !pods.empty(); ++second) {
    for (DrainPod& pod : pods) {
      if (second % 5 == 0 && !pod.evicted && !try_evict(call, pod)) co_return false;
    }
    if (call.session.host.now() >= deadline) {
      call.fail(fmt::format("error when waiting for pod \"{}\" to terminate: global timeout reached: {}",
                            pods.front().name, format_duration(limit)));
      co_return false;
    }
    Task<void> waiting = wait_a_second(call, pods);
    co_await waiting;
  }
  co_return true;
}

Task<bool> drain_one(KubectlCall& call, const std::string& node) {
  if (!set_cordon(call, node, true)) co_return false;
  const ApiReply pods = call.api.get(collection_path(*find_resource_type("pods"), "") + "?" +
                                     query_string({{"fieldSelector", "spec.nodeName=" + node},
                                                   {"labelSelector", call.flags.text("pod-selector", "")}}));
  if (!pods.ok()) {
    call.fail(pods);
    co_return false;
  }
  const DrainPlan plan = plan_drain(pods.body);
  const std::string problem = obstacles(call, plan);
  if (!problem.empty()) {
    call.fail(
        fmt::format("unable to drain node \"{}\" due to error: {}, continuing command...", node, problem));
    call.print_error(fmt::format("There are pending nodes to be drained:\n {}\n{}", node, problem));
    co_return false;
  }
  print_warnings(call, plan);
  Task<bool> evicting = evict_all(call, plan.pods);
  const bool done = co_await evicting;
  if (done) call.print(fmt::format("node/{} drained", node));
  co_return done;
}

}  // namespace

Task<void> drain(KubectlCall& call) {
  if (call.words.empty()) {
    call.fail_usage("USAGE: drain NODE [flags]");
    co_return;
  }
  for (const std::string& node : call.words) {
    Task<bool> draining = drain_one(call, node);
    co_await draining;
  }
}

}  // namespace muster::kubectl_handlers
