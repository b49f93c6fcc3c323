// kubectl apply (client side): create, or a patch of what differs from the live object and of what the last
// applied configuration had and this one has not. Lists with a merge key are sent whole; removing one element
// of such a list is not built.
#include <fmt/format.h>

#include <array>

#include "responders/kubectl/files.hpp"
#include "responders/kubectl/handlers.hpp"

namespace muster::kubectl_handlers {
namespace {

constexpr const char* last_applied = "kubectl.kubernetes.io/last-applied-configuration";

/// True if `live` has everything that `wanted` says: the server may have added defaults.
bool covers(const JsonValue& live, const JsonValue& wanted) {
  if (wanted.is_object()) {
    for (const auto& [key, value] : wanted.members())
      if (!value.is_null() && !covers(live[key], value)) return false;
    return true;
  }
  if (!wanted.is_array()) return live == wanted;
  if (live.items().size() != wanted.items().size()) return false;
  for (std::size_t i = 0; i < wanted.items().size(); ++i)
    if (!covers(live.at(i), wanted.at(i))) return false;
  return true;
}

/// What of `wanted` is not in `live`, and null for what `before` had and `wanted` has not.
JsonValue difference(const JsonValue& before, const JsonValue& wanted, const JsonValue& live) {
  JsonValue patch = JsonValue::object();
  for (const auto& [key, value] : wanted.members()) {
    if (value.is_object() && live[key].is_object()) {
      JsonValue inner = difference(before[key], value, live[key]);
      if (!inner.is_empty()) patch.member(key) = std::move(inner);
    } else if (!covers(live[key], value)) {
      patch.member(key) = value;
    }
  }
  for (const auto& [key, value] : before.members())
    if (!wanted.has(key) && live.has(key)) patch.member(key) = JsonValue();
  return patch;
}

JsonValue with_last_applied(const JsonValue& object) {
  JsonValue recorded = object;
  recorded.member("metadata").member("annotations").erase(last_applied);
  JsonValue result = recorded;
  result.member("metadata").member("annotations").member(last_applied) = to_json(recorded) + "\n";
  return result;
}

void create_object(KubectlCall& call, const Target& target, const JsonValue& object, const char* manager) {
  const ApiReply reply = call.api.post(fmt::format("{}?fieldManager={}&fieldValidation=Strict",
                                                   collection_path(*target.type, target.namespace_), manager),
                                       object);
  if (!reply.ok()) return call.fail(reply);
  call.print(target.printed() + " created");
}

void apply_one(KubectlCall& call, const Target& target) {
  const ApiReply live = call.api.get(target.path());
  if (live.status == 404)
    return create_object(call, target, with_last_applied(target.object), "kubectl-client-side-apply");
  if (!live.ok()) return call.fail(live);
  const std::string& recorded = live.body["metadata"]["annotations"][last_applied].text();
  if (recorded.empty())
    call.print_error(
        fmt::format("Warning: resource {}/{} is missing the {} annotation which is required by kubectl "
                    "apply. kubectl apply should "
                    "only be used on resources created declaratively by either kubectl create --save-config "
                    "or kubectl apply. The "
                    "missing annotation will be patched automatically.",
                    target.type->plural, target.name, last_applied));
  const auto before = parse_json(recorded.empty() ? "{}" : recorded);
  const JsonValue patch =
      difference(before ? *before : JsonValue(), with_last_applied(target.object), live.body);
  if (patch.is_empty()) return call.print(target.printed() + " unchanged");
  const ApiReply reply = call.api.patch(target.path() + "?fieldManager=kubectl-client-side-apply",
                                        patch_type::strategic, to_json(patch));
  if (!reply.ok()) return call.fail(reply);
  call.print(target.printed() + " configured");
}

bool has_file(KubectlCall& call) {
  if (!call.words.empty())
    call.fail_usage(fmt::format("Unexpected args: [{}]", call.words.front()));
  else if (!call.flags.has("filename"))
    call.fail("must specify one of -f and -k");
  else
    return true;
  return false;
}

}  // namespace

void apply(KubectlCall& call) {
  if (!has_file(call)) return;
  for (const auto& target : objects_of_flags(call)) apply_one(call, target);
}

void create_file(KubectlCall& call) {
  if (!has_file(call)) return;
  for (const auto& target : objects_of_flags(call))
    create_object(call, target, target.object, "kubectl-create");
}

}  // namespace muster::kubectl_handlers
