// kubectl scale.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/targets.hpp"

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
  if (target.type->kind != "Deployment" && target.type->kind != "ReplicaSet")
    return call.fail(fmt::format("cannot scale a {}", target.type->singular));
  const std::int64_t replicas = call.flags.whole("replicas");
  const std::int64_t expected = call.flags.whole("current-replicas", -1);
  if (expected >= 0) return scale_if(call, target, expected, replicas);
  JsonValue patch = JsonValue::object();
  patch.member("spec").member("replicas") = replicas;
  const ApiReply reply = call.api.patch(target.path() + "/scale", patch_type::merge, to_json(patch));
  if (!reply.ok()) return call.fail(reply);
  call.print(target.printed() + " scaled");
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
