// kubectl apply, create -f and diff: objects from files. Client-side apply patches what differs from
// the live object and takes away what the last applied configuration had and this one has not.
#include <fmt/format.h>

#include "responders/kubectl/files.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/kubectl/strategic_diff.hpp"
#include "responders/kubectl/unified_diff.hpp"

namespace muster::kubectl_handlers {
namespace {

constexpr const char* last_applied = "kubectl.kubernetes.io/last-applied-configuration";

JsonValue with_last_applied(const JsonValue& object) {
  JsonValue recorded = object;
  recorded.member("metadata").member("annotations").erase(last_applied);
  JsonValue result = recorded;
  result.member("metadata").member("annotations").member(last_applied) = to_json(recorded) + "\n";
  return result;
}

void create_object(KubectlCall& call, Target target, const JsonValue& object, const char* manager,
                   DryRun dry_run) {
  if (dry_run == DryRun::client) return print_done(call, target, "created", dry_run);
  const std::string path =
      fmt::format("{}?fieldManager={}&fieldValidation={}", collection_path(*target.type, target.namespace_),
                  manager, call.flags.truth("validate", true) ? "Strict" : "Ignore");
  const ApiReply reply = call.api.post(with_dry_run(path, dry_run), object);
  if (!reply.ok()) {
    std::string error = server_error(reply);
    const auto colon = error.find(": ");  // the file is named as the real one names it
    if (call.command == "create" && error.starts_with("Error from server") && colon != std::string::npos)
      error.insert(colon + 2, fmt::format("error when creating \"{}\": ", name_of_file(call)));
    call.print_error(error);
    call.result.exit_code = 1;
    return;
  }
  target.object = reply.body;
  print_done(call, target, "created", dry_run);
}

void warn_of_missing_annotation(KubectlCall& call, const Target& target) {
  call.print_error(
      fmt::format("Warning: resource {}/{} is missing the {} annotation which is required by kubectl apply. "
                  "kubectl apply "
                  "should only be used on resources created declaratively by either kubectl create "
                  "--save-config or kubectl "
                  "apply. The missing annotation will be patched automatically.",
                  target.type->plural, target.name, last_applied));
}

/// What a client-side apply would send; null if nothing differs.
JsonValue apply_patch(const Target& target, const JsonValue& live) {
  const std::string& recorded = live["metadata"]["annotations"][last_applied].text();
  const auto before = parse_json(recorded.empty() ? "{}" : recorded);
  return strategic_diff(before ? *before : JsonValue(), with_last_applied(target.object), live);
}

void apply_one(KubectlCall& call, Target target, DryRun dry_run) {
  const ApiReply live = call.api.get(target.path());
  if (live.status == 404)
    return create_object(call, target, with_last_applied(target.object), "kubectl-client-side-apply",
                         dry_run);
  if (!live.ok()) return call.fail(live);
  if (live.body["metadata"]["annotations"][last_applied].text().empty())
    warn_of_missing_annotation(call, target);
  const JsonValue patch = apply_patch(target, live.body);
  target.object = live.body;
  if (patch.is_null()) return print_done(call, target, "unchanged", dry_run);
  if (dry_run == DryRun::client) return print_done(call, target, "configured", dry_run);
  const std::string path = target.path() + "?fieldManager=kubectl-client-side-apply&fieldValidation=Strict";
  const ApiReply reply = call.api.patch(with_dry_run(path, dry_run), patch_type::strategic, to_json(patch));
  if (!reply.ok()) return call.fail(reply);
  target.object = reply.body;
  print_done(call, target, "configured", dry_run);
}

void apply_on_server(KubectlCall& call, Target target, DryRun dry_run) {
  const std::string path = fmt::format("{}?fieldManager={}&fieldValidation=Strict&force={}", target.path(),
                                       call.flags.text("field-manager", "kubectl"),
                                       call.flags.truth("force-conflicts") ? "true" : "false");
  const ApiReply reply =
      call.api.patch(with_dry_run(path, dry_run), patch_type::apply, to_json(target.object));
  if (!reply.ok()) return call.fail(reply);
  target.object = reply.body;
  print_done(call, target, "serverside-applied", dry_run);
}

/// Group.Version.Kind.Namespace.Name, as kubectl diff names its files.
std::string diff_name(const Target& target) {
  const std::string group = target.type->group.empty() ? "" : std::string(target.type->group) + ".";
  return fmt::format("{}{}.{}.{}.{}", group, target.type->version, target.type->kind, target.namespace_,
                     target.name);
}

void diff_one(KubectlCall& call, const Target& target) {
  const ApiReply live = call.api.get(target.path());
  if (!live.ok() && live.status != 404) return call.fail(live);
  ApiReply merged;
  if (live.status == 404) {
    merged = call.api.post(with_dry_run(collection_path(*target.type, target.namespace_) +
                                            "?fieldManager=kubectl-client-side-apply",
                                        DryRun::server),
                           with_last_applied(target.object));
  } else {
    const JsonValue patch = apply_patch(target, live.body);
    if (patch.is_null()) return;
    merged = call.api.patch(
        with_dry_run(target.path() + "?fieldManager=kubectl-client-side-apply", DryRun::server),
        patch_type::strategic, to_json(patch));
  }
  if (!merged.ok()) return call.fail(merged);
  const std::string name = diff_name(target);
  const std::string before = live.ok() ? to_yaml(shown_object(call, live.body)) : "";
  const std::string text = unified_diff("/tmp/LIVE/" + name, "/tmp/MERGED/" + name, before,
                                        to_yaml(shown_object(call, merged.body)));
  if (text.empty()) return;
  call.result.out += fmt::format("diff -u -N /tmp/LIVE/{} /tmp/MERGED/{}\n{}", name, name, text);
  if (call.result.exit_code == 0) call.result.exit_code = 1;  // differences were found
}

}  // namespace

void apply(KubectlCall& call) {
  if (!takes_only_files(call)) return;
  const auto dry_run = dry_run_of(call);
  if (!dry_run) return;
  const bool on_server = call.flags.truth("server-side");
  for (const auto& target : objects_of_flags(call))
    on_server ? apply_on_server(call, target, *dry_run) : apply_one(call, target, *dry_run);
}

void create_file(KubectlCall& call) {
  if (!takes_only_files(call)) return;
  const auto dry_run = dry_run_of(call);
  if (!dry_run) return;
  for (const auto& target : objects_of_flags(call)) {
    const JsonValue object =
        call.flags.truth("save-config") ? with_last_applied(target.object) : target.object;
    create_object(call, target, object, "kubectl-create", *dry_run);
  }
}

void diff(KubectlCall& call) {
  if (!takes_only_files(call)) return;
  for (const auto& target : objects_of_flags(call)) diff_one(call, target);
}

}  // namespace muster::kubectl_handlers
