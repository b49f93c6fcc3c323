// kubectl replace: PUT, or with --force DELETE and POST (k8s.io/kubectl/pkg/cmd/replace/replace.go).
#include <fmt/format.h>

#include "responders/kubectl/delete.hpp"
#include "responders/kubectl/files.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"

namespace muster::kubectl_handlers {
namespace {

constexpr SimDuration longest_deletion = 5min;  // of --force without --timeout

/// The file is named as the real one names it.
void fail_to_replace(KubectlCall& call, const ApiReply& reply) {
  std::string error = server_error(reply);
  const auto colon = error.find(": ");
  if (error.starts_with("Error from server") && colon != std::string::npos)
    error.insert(colon + 2, fmt::format("error when replacing \"{}\": ", name_of_file(call)));
  call.print_error(error);
  call.result.exit_code = 1;
}

void replace_one(KubectlCall& call, Target target, DryRun dry_run) {
  const ApiReply live = call.api.get(target.path());
  if (!live.ok()) return fail_to_replace(call, live);
  target.object.member("metadata").member("resourceVersion") = live.body["metadata"]["resourceVersion"];
  if (dry_run == DryRun::client) return print_done(call, target, "replaced", dry_run);
  const std::string path = target.path() + "?fieldManager=kubectl-replace&fieldValidation=Strict";
  const ApiReply reply = call.api.put(with_dry_run(path, dry_run), target.object);
  if (!reply.ok()) return fail_to_replace(call, reply);
  target.object = reply.body;
  print_done(call, target, "replaced", dry_run);
}

/// All are deleted and gone before the first is created.
Task<void> replace_by_force(KubectlCall& call) {
  const std::vector<Target> targets = objects_of_flags(call);
  const std::int64_t given = call.flags.whole("grace-period", -1);
  const std::int64_t grace = given == 0 ? 1 : given;
  const SimTime deadline = call.session.host.now() + call.flags.duration("timeout", longest_deletion);
  for (const Target& target : targets) {
    Task<bool> deleting = delete_and_wait(call, target, grace, deadline);
    const bool gone = co_await deleting;
    if (!gone) co_return;
  }
  for (Target target : targets) {
    const ApiReply reply = call.api.post(collection_path(*target.type, target.namespace_) +
                                             "?fieldManager=kubectl-replace&fieldValidation=Strict",
                                         target.object);
    if (!reply.ok()) {
      call.fail(reply);
      co_return;
    }
    target.object = reply.body;
    print_done(call, target, "replaced");
  }
}

/// What --force and --dry-run, and --grace-period without --force, mean is an error.
std::string wrong_flags(const KubectlCall& call, DryRun dry_run) {
  const bool force = call.flags.truth("force");
  if (!force && call.flags.whole("grace-period", -1) >= 0)
    return "--grace-period must have --force specified";
  if (!force && call.flags.has("timeout")) return "--timeout must have --force specified";
  if (force && dry_run != DryRun::none) return "--dry-run can not be used when --force is set";
  return {};
}

}  // namespace

Task<void> replace(KubectlCall& call) {
  if (!takes_only_files(call)) co_return;
  const auto dry_run = dry_run_of(call);
  if (!dry_run) co_return;
  const std::string wrong = wrong_flags(call, *dry_run);
  if (!wrong.empty()) {
    call.fail(wrong);
    co_return;
  }
  if (call.flags.truth("force")) {
    Task<void> replacing = replace_by_force(call);
    co_await replacing;
    co_return;
  }
  for (const auto& target : objects_of_flags(call)) replace_one(call, target, *dry_run);
}

}  // namespace muster::kubectl_handlers
