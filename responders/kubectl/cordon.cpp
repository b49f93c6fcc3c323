// kubectl cordon, uncordon and taint: what a node takes.
#include <fmt/format.h>

#include "responders/kubectl/cordon.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/targets.hpp"

namespace muster {

bool set_cordon(KubectlCall& call, const std::string& name, bool on) {
  const std::string path = object_path(*find_resource_type("nodes"), "", name);
  const ApiReply node = call.api.get(path);
  if (!node.ok()) return call.fail(node), false;
  if (node.body["spec"]["unschedulable"].truth() == on) {
    call.print(fmt::format("node/{} already {}", name, on ? "cordoned" : "uncordoned"));
    return true;
  }
  JsonValue patch = JsonValue::object();
  patch.member("spec").member("unschedulable") = on ? JsonValue(true) : JsonValue();
  const ApiReply reply = call.api.patch(path, patch_type::strategic, to_json(patch));
  if (!reply.ok()) return call.fail(reply), false;
  call.print(fmt::format("node/{} {}", name, on ? "cordoned" : "uncordoned"));
  return true;
}

namespace kubectl_handlers {
namespace {

void cordon_all(KubectlCall& call, bool on) {
  if (call.words.empty())
    return call.fail_usage(fmt::format("USAGE: {} NODE [flags]", on ? "cordon" : "uncordon"));
  for (const std::string& node : call.words) set_cordon(call, node, on);
}

struct TaintChange {
  std::string key, value, effect;  ///< empty effect with `removed`: every effect
  bool removed = false;
};

/// "key=value:Effect", "key:Effect", "key:Effect-", "key-".
Result<TaintChange> read_taint_change(std::string word) {
  const std::string given = word;
  TaintChange change;
  change.removed = word.ends_with('-');
  if (change.removed) word.pop_back();
  const auto colon = word.rfind(':');
  if (colon != std::string::npos) {
    change.effect = word.substr(colon + 1);
    word.resize(colon);
  }
  const auto equals = word.find('=');
  change.key = word.substr(0, equals);
  if (equals != std::string::npos) change.value = word.substr(equals + 1);
  const bool known = change.effect == "NoSchedule" || change.effect == "PreferNoSchedule" ||
                     change.effect == "NoExecute" || (change.removed && change.effect.empty());
  if (change.key.empty() || (!change.removed && change.effect.empty()))
    return invalid_input(fmt::format("at least one taint update is required, found \"{}\"", given));
  if (!known)
    return invalid_input(fmt::format("invalid taint effect: {}, unsupported taint effect", change.effect));
  return change;
}

bool same_place(const JsonValue& taint, const TaintChange& change) {
  return taint["key"].text() == change.key &&
         (change.effect.empty() || taint["effect"].text() == change.effect);
}

/// False after printing what is in the way.
bool apply_change(KubectlCall& call, const std::string& node, const TaintChange& change, JsonValue& taints) {
  JsonValue kept = JsonValue::array();
  bool found = false;
  for (const JsonValue& taint : taints.items()) {
    if (same_place(taint, change)) {
      found = true;
    } else {
      kept.append(taint);
    }
  }
  if (change.removed && !found) return call.fail(fmt::format("taint \"{}\" not found", change.key)), false;
  if (!change.removed && found && !call.flags.truth("overwrite")) {
    call.fail(fmt::format("node {} already has {} taint(s) with same effect(s) and --overwrite is false",
                          node, change.key));
    return false;
  }
  if (!change.removed) {
    JsonValue taint = JsonValue::object();
    taint.member("effect") = change.effect;
    taint.member("key") = change.key;
    if (!change.value.empty()) taint.member("value") = change.value;
    kept.append(std::move(taint));
  }
  taints = std::move(kept);
  return true;
}

void taint_node(KubectlCall& call, const std::string& name, const std::vector<TaintChange>& changes) {
  const std::string path = object_path(*find_resource_type("nodes"), "", name);
  const ApiReply node = call.api.get(path);
  if (!node.ok()) return call.fail(node);
  JsonValue taints = node.body["spec"]["taints"];
  if (!taints.is_array()) taints = JsonValue::array();
  bool added = false, removed = false;
  for (const TaintChange& change : changes) {
    if (!apply_change(call, name, change, taints)) return;
    (change.removed ? removed : added) = true;
  }
  JsonValue patch = JsonValue::object();
  patch.member("spec").member("taints") = std::move(taints);
  const ApiReply reply =
      call.api.patch(path + "?fieldManager=kubectl-taint", patch_type::merge, to_json(patch));
  if (!reply.ok()) return call.fail(reply);
  call.print(fmt::format("node/{} {}", name,
                         added && removed ? "modified"
                         : added          ? "tainted"
                                          : "untainted"));
}

}  // namespace

void cordon(KubectlCall& call) {
  cordon_all(call, true);
}
void uncordon(KubectlCall& call) {
  cordon_all(call, false);
}

void taint(KubectlCall& call) {
  std::vector<std::string> nodes;
  std::vector<TaintChange> changes;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool is_change = word.find(':') != std::string::npos || word.ends_with('-');
    if (!is_change) {
      nodes.push_back(word);
      continue;
    }
    const auto change = read_taint_change(word);
    if (!change) return call.fail(change.error().message);
    changes.push_back(*change);
  }
  if (nodes.empty() || changes.empty()) return call.fail("at least one taint update is required");
  for (const std::string& node : nodes) taint_node(call, node, changes);
}

}  // namespace kubectl_handlers
}  // namespace muster
