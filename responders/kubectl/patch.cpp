// kubectl patch.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/targets.hpp"

namespace muster::kubectl_handlers {
namespace {

const char* content_type(const std::string& type) {
  if (type.empty() || type == "strategic") return patch_type::strategic;
  if (type == "merge") return patch_type::merge;
  return type == "json" ? patch_type::json : nullptr;
}

/// The patch may be YAML; it is sent as JSON.
Result<std::string> patch_text(const std::string& given) {
  if (parse_json(given)) return given;
  const auto documents = parse_yaml(given, "");
  if (!documents || documents->size() != 1 ||
      !(documents->front().is_object() || documents->front().is_array()))
    return invalid_input(fmt::format("unable to parse \"{}\": it is neither JSON nor YAML", given));
  return to_json(documents->front());
}

}  // namespace

void patch(KubectlCall& call) {
  if (!call.flags.has("patch"))
    return call.fail("must specify --patch or --patch-file containing the contents of the patch");
  const char* type = content_type(call.flags.text("type"));
  if (type == nullptr)
    return call.fail(
        fmt::format("--type must be one of [json merge strategic], not \"{}\"", call.flags.text("type")));
  const auto text = patch_text(call.flags.text("patch"));
  if (!text) return call.fail(text.error().message);
  const std::string below = call.flags.has("subresource") ? "/" + call.flags.text("subresource") : "";
  for (const auto& target : get_targets(call, call.words)) {
    const ApiReply reply = call.api.patch(target.path() + below + "?fieldManager=kubectl-patch", type, *text);
    if (!reply.ok()) {
      call.fail(reply);
      continue;
    }
    const JsonValue& before = target.object["metadata"]["resourceVersion"];
    const bool changed = before.is_null() || before != reply.body["metadata"]["resourceVersion"];
    call.print(target.printed() + (changed ? " patched" : " patched (no change)"));
  }
}

}  // namespace muster::kubectl_handlers
