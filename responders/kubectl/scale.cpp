// kubectl scale.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"

namespace muster::kubectl_handlers {
namespace {

/// With --current-replicas: read the scale, compare, and write it back whole.
void scale_if(KubectlCall& call, const Target& target, std::int64_t expected, std::int64_t replicas) {
  const std::string path = target.path() + "/scale";
  ApiReply reply = call.api.get(path);
  if (!reply.ok()) return call.fail(reply);
  const std::int64_t present = reply.body["spec"]["replicas"].whole();
  if (present != expected)
    return call.fail(fmt::format("Expected replicas to be {}, was {}", expected, present));
  reply.body.member("spec").member("replicas") = replicas;
  const ApiReply written = call.api.put(path, reply.body);
  if (!written.ok()) return call.fail(written);
  call.print(target.printed() + " scaled");
}

void scale_one(KubectlCall& call, const Target& target) {
  const std::string_view kind = target.type->kind;
  if (kind != "Deployment" && kind != "ReplicaSet" && kind != "StatefulSet") {
    call.print_error("Error from server (NotFound): the server could not find the requested resource");
    call.result.exit_code = 1;
    return;
  }
  const std::int64_t replicas = call.flags.whole("replicas");
  const std::int64_t expected = call.flags.whole("current-replicas", -1);
  if (expected >= 0) return scale_if(call, target, expected, replicas);
  const auto dry_run = dry_run_of(call);
  if (!dry_run) return;
  if (*dry_run == DryRun::client) return print_done(call, target, "scaled", *dry_run);
  JsonValue patch = JsonValue::object();
  patch.member("spec").member("replicas") = replicas;
  const std::string path = with_dry_run(target.path() + "/scale", *dry_run);
  const ApiReply reply = call.api.patch(path, patch_type::merge, to_json(patch));
  if (!reply.ok()) return call.fail(reply);
  print_done(call, target, "scaled", *dry_run);
}

}  // namespace

void scale(KubectlCall& call) {
  if (call.words.empty()) return call.fail(nothing_named);
  if (!call.flags.has("replicas")) return call.fail("required flag(s) \"replicas\" not set");
  if (call.flags.whole("replicas") < 0)
    return call.fail("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
  for (const auto& target : get_targets(call, call.words)) scale_one(call, target);
}

}  // namespace muster::kubectl_handlers
