// kubectl patch.
#include <fmt/format.h>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"

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
  const auto dry_run = dry_run_of(call);
  if (!dry_run || !output_is_known(call, false)) return;
  if (call.flags.has("patch-file")) {
    const auto file = call.session.files.find(call.flags.text("patch-file"));
    if (file == call.session.files.end())
      return call.fail(fmt::format("unable to read patch file: open {}: no such file or directory",
                                   call.flags.text("patch-file")));
    call.flags.add("patch", file->second);
  }
  if (!call.flags.has("patch"))
    return call.fail("must specify --patch or --patch-file containing the contents of the patch");
  const char* type = content_type(call.flags.text("type"));
  if (type == nullptr)
    return call.fail(
        fmt::format("--type must be one of [json merge strategic], not \"{}\"", call.flags.text("type")));
  const auto text = patch_text(call.flags.text("patch"));
  if (!text) return call.fail(text.error().message);
  const std::string below = call.flags.has("subresource") ? "/" + call.flags.text("subresource") : "";
  for (auto target : get_targets(call, call.words)) {
    if (*dry_run == DryRun::client) {
      print_done(call, target, "patched", *dry_run);
      continue;
    }
    const std::string path = target.path() + below + "?fieldManager=kubectl-patch";
    const ApiReply reply = call.api.patch(with_dry_run(path, *dry_run), type, *text);
    if (!reply.ok()) {
      call.fail(reply);
      continue;
    }
    const JsonValue before = target.object["metadata"]["resourceVersion"];
    const bool changed = before.is_null() || before != reply.body["metadata"]["resourceVersion"];
    target.object = reply.body;
    print_done(call, target, changed ? "patched" : "patched (no change)", *dry_run);
  }
}

}  // namespace muster::kubectl_handlers
