// kubectl delete: one DELETE per object, then wait until each is gone.
#include <fmt/format.h>

#include "responders/kubectl/delete.hpp"
#include "responders/kubectl/files.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"

namespace muster::kubectl_handlers {
namespace {

/// Seconds of --grace-period, --now and --force; -1 = the object's own.
std::int64_t grace_period(const KubectlCall& call) {
  const bool force = call.flags.truth("force");
  if (call.flags.truth("now")) return 1;
  const std::int64_t given = call.flags.whole("grace-period", -1);
  if (given == 0 && !force) return 1;  // kubectl's protection against an accidental zero
  return given < 0 && force ? 0 : given;
}

/// What is to be deleted, without reading it first when it is named.
std::vector<Target> doomed(KubectlCall& call) {
  if (call.flags.has("filename")) return objects_of_flags(call);
  const auto arguments = read_resource_arguments(call.words);
  if (!arguments || arguments->named.empty()) return get_targets(call, call.words);
  std::vector<Target> targets;
  for (const auto& named : arguments->named)
    targets.push_back(Target{named.type, named.type->namespaced ? call.namespace_() : "", named.name, {}});
  return targets;
}

/// --cascade: background (default), foreground or orphan.
const char* propagation(const KubectlCall& call) {
  const std::string cascade = call.flags.text("cascade", "background");
  return cascade == "orphan" || cascade == "false" ? "Orphan"
         : cascade == "foreground"                 ? "Foreground"
                                                   : "Background";
}

bool delete_one(KubectlCall& call, Target& target, std::int64_t grace, DryRun dry_run) {
  const char* mark = dry_run == DryRun::client   ? " (dry run)"
                     : dry_run == DryRun::server ? " (server dry run)"
                                                 : "";
  const auto told = [&] {
    call.print(call.flags.text("output") == "name" && call.command == "delete"
                   ? target.printed()
                   : fmt::format("{} \"{}\" {}{}", printed_type(*target.type), target.name,
                                 grace == 0 ? "force deleted" : "deleted", mark));
  };
  if (dry_run == DryRun::client) return told(), false;
  JsonValue options = JsonValue::object();
  options.member("propagationPolicy") = propagation(call);
  if (dry_run == DryRun::server) options.member("dryRun").append("All");
  if (grace >= 0) options.member("gracePeriodSeconds") = grace;
  const ApiReply reply = call.api.remove(target.path(), options);
  const bool may_be_missing = call.flags.truth("ignore-not-found") || call.command == "replace";
  if (reply.status == 404 && may_be_missing) return false;
  if (!reply.ok()) {
    call.fail(reply);
    return false;
  }
  const JsonValue& uid = reply.body["metadata"]["uid"];
  target.object.member("metadata").member("uid") = uid.is_null() ? reply.body["details"]["uid"] : uid;
  told();
  return dry_run == DryRun::none;
}

bool says_deleted(const std::vector<std::string>& lines) {
  for (const auto& line : lines) {
    const auto event = parse_json(line);
    if (event && (*event)["type"].text() == "DELETED") return true;
  }
  return false;
}

/// Waits until the object is gone, or another has its name.
Task<void> wait_until_gone(KubectlCall& call, const Target& target, SimTime deadline) {
  const ApiReply present = call.api.get(target.path());
  if (!present.ok() || present.body["metadata"]["uid"] != target.object["metadata"]["uid"]) co_return;
  const ApiReply watch =
      call.api.get(collection_path(*target.type, target.namespace_) + "?" +
                   query_string({{"fieldSelector", "metadata.name=" + target.name},
                                 {"resourceVersion", present.body["metadata"]["resourceVersion"].text()},
                                 {"watch", "true"}}));
  if (!watch.ok() || watch.stream == nullptr) {
    call.fail(watch);
    co_return;
  }
  for (;;) {
    stream_ready waiting(call.session.host, watch.stream, deadline);
    const bool more = co_await waiting;
    if (more && says_deleted(watch.stream->take())) co_return;
    if (!more || watch.stream->ended()) {
      call.fail(
          fmt::format("timed out waiting for the condition on {}/{}", target.type->plural, target.name));
      co_return;
    }
  }
}

}  // namespace

Task<void> remove(KubectlCall& call) {
  const auto dry_run = dry_run_of(call);
  if (!dry_run) co_return;
  auto targets = doomed(call);
  const std::int64_t grace = grace_period(call);
  if (grace == 0 && !targets.empty())
    call.print_error(
        "Warning: Immediate deletion does not wait for confirmation that the running resource has been "
        "terminated. "
        "The resource may continue to run on the cluster indefinitely.");
  std::vector<const Target*> deleted;
  for (auto& target : targets)
    if (delete_one(call, target, grace, *dry_run)) deleted.push_back(&target);
  if (!call.flags.truth("wait", true)) co_return;
  const SimDuration limit = call.flags.duration("timeout");
  const SimTime deadline = limit > SimDuration::zero() ? call.session.host.now() + limit : sim_never;
  for (const Target* target : deleted) {
    Task<void> waiting = wait_until_gone(call, *target, deadline);
    co_await waiting;
  }
}

}  // namespace muster::kubectl_handlers

namespace muster {

Task<bool> delete_and_wait(KubectlCall& call, Target target, std::int64_t grace, SimTime deadline) {
  const bool deleted = kubectl_handlers::delete_one(call, target, grace, DryRun::none);
  if (deleted) {
    Task<void> waiting = kubectl_handlers::wait_until_gone(call, target, deadline);
    co_await waiting;
  }
  co_return call.result.exit_code == 0;
}

}  // namespace muster
