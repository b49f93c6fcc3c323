// kubectl rollout undo, history, restart, pause, resume (k8s.io/kubectl/pkg/polymorphichelpers).
#include "responders/kubectl/rollout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "responders/kubectl/describe_template.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/tab_writer.hpp"

namespace muster {

std::int64_t revision_of(const JsonValue& replica_set) {
  const std::string& text = replica_set["metadata"]["annotations"][revision_annotation].text();
  std::int64_t revision = 0;
  std::from_chars(text.data(), text.data() + text.size(), revision);
  return revision;
}

std::vector<JsonValue> owned_replica_sets(KubectlCall& call, const Target& deployment) {
  const ResourceType& type = *find_resource_type("replicasets");
  const std::string selector = labels_text(deployment.object["spec"]["selector"]["matchLabels"]);
  const ApiReply reply = call.api.get(collection_path(type, deployment.namespace_) + "?" +
                                      query_string({{"labelSelector", selector}}));
  if (!reply.ok()) call.fail(reply);
  std::vector<JsonValue> owned;
  for (const auto& item : reply.body["items"].items())
    for (const auto& owner : item["metadata"]["ownerReferences"].items())
      if (owner["controller"].truth() && owner["uid"] == deployment.object["metadata"]["uid"])
        owned.push_back(item);
  std::stable_sort(owned.begin(), owned.end(),
                   [](const JsonValue& a, const JsonValue& b) { return revision_of(a) < revision_of(b); });
  return owned;
}

JsonValue plain_template(const JsonValue& object) {
  JsonValue result = object["spec"]["template"];
  JsonValue& metadata = result.member("metadata");
  if (metadata["labels"].is_object()) metadata.member("labels").erase("pod-template-hash");
  metadata.erase("creationTimestamp");
  return result;
}

void patch_deployment(KubectlCall& call, const Target& target, const JsonValue& patch,
                      std::string_view manager, std::string_view done) {
  const ApiReply reply = call.api.patch(fmt::format("{}?fieldManager={}", target.path(), manager),
                                        patch_type::strategic, to_json(patch));
  if (!reply.ok()) return call.fail(reply);
  call.print(fmt::format("{} {}", target.printed(), done));
}

namespace kubectl_handlers {
namespace {

/// Annotations that belong to the Deployment itself and are not taken from the old ReplicaSet
/// (deployment_util.go).
constexpr std::array own_annotations{"kubectl.kubernetes.io/last-applied-configuration",
                                     "deployment.kubernetes.io/revision",
                                     "deployment.kubernetes.io/revision-history",
                                     "deployment.kubernetes.io/desired-replicas",
                                     "deployment.kubernetes.io/max-replicas",
                                     "deprecated.deployment.rollback.to"};

bool is_own_annotation(const std::string& key) {
  return std::find(own_annotations.begin(), own_annotations.end(), key) != own_annotations.end();
}

JsonValue rolled_back_annotations(const JsonValue& deployment, const JsonValue& replica_set) {
  JsonValue result = JsonValue::object();
  for (const auto& [key, value] : deployment["metadata"]["annotations"].members())
    if (is_own_annotation(key)) result.member(key) = value;
  for (const auto& [key, value] : replica_set["metadata"]["annotations"].members())
    if (!is_own_annotation(key)) result.member(key) = value;
  return result;
}

JsonValue replace_operation(const char* path, JsonValue value) {
  JsonValue operation = JsonValue::object();
  operation.member("op") = "replace";
  operation.member("path") = path;
  operation.member("value") = std::move(value);
  return operation;
}

std::string undo_patch(const JsonValue& deployment, const JsonValue& replica_set) {
  JsonValue pod_template = plain_template(replica_set);
  pod_template.member("metadata").member("creationTimestamp") = JsonValue();  // as the real one encodes it
  JsonValue patch = JsonValue::array();
  patch.append(replace_operation("/spec/template", std::move(pod_template)));
  patch.append(replace_operation("/metadata/annotations", rolled_back_annotations(deployment, replica_set)));
  return to_json(patch);
}

/// The wanted revision, or with 0 the second highest there is. Null after printing why there is none.
const JsonValue* revision_to_restore(KubectlCall& call, const Target& target,
                                     const std::vector<JsonValue>& sets) {
  const std::int64_t wanted = call.flags.whole("to-revision", 0);
  if (wanted < 0) {
    call.fail(fmt::format("revision number cannot be negative: {}", wanted));
    return nullptr;
  }
  if (wanted > 0) {
    const auto found = std::find_if(sets.begin(), sets.end(),
                                    [&](const JsonValue& set) { return revision_of(set) == wanted; });
    if (found != sets.end()) return &*found;
    call.fail(fmt::format("unable to find specified revision {} in history", wanted));
    return nullptr;
  }
  if (sets.size() >= 2) return &sets[sets.size() - 2];
  call.fail(fmt::format("no rollout history found for deployment \"{}\"", target.name));
  return nullptr;
}

/// The real one leaves the tabs of this text as they are.
std::string template_text(const JsonValue& pod_template) {
  return "Pod Template:\n" + describe_template(pod_template, "  ");
}

void undo_one(KubectlCall& call, const Target& target, DryRun dry_run) {
  const auto sets = owned_replica_sets(call, target);
  if (call.result.exit_code != 0) return;
  const JsonValue* old = revision_to_restore(call, target, sets);
  if (old == nullptr) return;
  if (dry_run == DryRun::client)
    return print_done(call, target, template_text((*old)["spec"]["template"]), dry_run);
  if (target.object["spec"]["paused"].truth())
    return call.fail(
        "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try "
        "again");
  if (plain_template(*old) == plain_template(target.object))
    return print_done(
        call, target,
        fmt::format("skipped rollback (current template already matches revision {})", revision_of(*old)),
        dry_run);
  const ApiReply reply =
      call.api.patch(with_dry_run(target.path(), dry_run), patch_type::json, undo_patch(target.object, *old));
  if (!reply.ok()) return call.fail(reply);
  print_done(call, target, "rolled back", dry_run);
}

void print_revision(KubectlCall& call, const JsonValue& replica_set) {
  JsonValue shown = replica_set["spec"]["template"];
  const JsonValue& cause = replica_set["metadata"]["annotations"]["kubernetes.io/change-cause"];
  if (!cause.is_empty())
    shown.member("metadata").member("annotations").member("kubernetes.io/change-cause") = cause;
  call.result.out += template_text(shown);
  call.print("");
}

JsonValue paused_patch(JsonValue value) {
  JsonValue patch = JsonValue::object();
  patch.member("spec").member("paused") = std::move(value);
  return patch;
}

}  // namespace

void rollout_undo(KubectlCall& call) {
  if (!output_is_known(call, false)) return;
  const auto dry_run = dry_run_of(call);
  if (!dry_run) return;
  for (const auto& target : get_deployments(call, call.words)) undo_one(call, target, *dry_run);
}

void rollout_history(KubectlCall& call) {
  for (const auto& target : get_deployments(call, call.words)) {
    const auto sets = owned_replica_sets(call, target);
    const std::int64_t wanted = call.flags.whole("revision", 0);
    if (wanted > 0) {
      const auto found = std::find_if(sets.begin(), sets.end(),
                                      [&](const JsonValue& set) { return revision_of(set) == wanted; });
      if (found == sets.end()) return call.fail("unable to find the specified revision");
      call.print(fmt::format("{} with revision #{}", target.printed(), wanted));
      print_revision(call, *found);
      continue;
    }
    std::string table = "REVISION\tCHANGE-CAUSE\n";
    for (const auto& set : sets) {
      const std::string& cause = set["metadata"]["annotations"]["kubernetes.io/change-cause"].text();
      table += fmt::format("{}\t{}\n", revision_of(set), cause.empty() ? "<none>" : cause);
    }
    call.print(target.printed() + " ");
    call.result.out += align_tabs(table, describe_layout);
    call.print("");
  }
}

void rollout_restart(KubectlCall& call) {
  for (const auto& target : get_workloads(call, call.words, rolled_kinds)) {
    if (target.object["spec"]["paused"].truth())
      return call.fail(fmt::format(
          "deployments.apps \"{}\" can't restart paused deployment (run rollout resume first)", target.name));
    JsonValue patch = JsonValue::object();
    patch.member("spec")
        .member("template")
        .member("metadata")
        .member("annotations")
        .member("kubectl.kubernetes.io/restartedAt") = call.clock().now_text();
    patch_deployment(call, target, patch, "kubectl-rollout", "restarted");
  }
}

void rollout_pause(KubectlCall& call) {
  for (const auto& target : get_deployments(call, call.words)) {
    if (target.object["spec"]["paused"].truth())
      return call.fail(fmt::format("deployments.apps \"{}\" is already paused", target.name));
    patch_deployment(call, target, paused_patch(true), "kubectl-rollout", "paused");
  }
}

void rollout_resume(KubectlCall& call) {
  for (const auto& target : get_deployments(call, call.words)) {
    if (!target.object["spec"]["paused"].truth())
      return call.fail(fmt::format("deployments.apps \"{}\" is not paused", target.name));
    patch_deployment(call, target, paused_patch(JsonValue()), "kubectl-rollout", "resumed");
  }
}

}  // namespace kubectl_handlers
}  // namespace muster
