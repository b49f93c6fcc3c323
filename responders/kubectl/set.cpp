// kubectl set image, set resources, set env: strategic merge patches of a deployment's pod template.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/rollout.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The part of `words` before the first KEY=VALUE or KEY-, and the rest.
struct SplitWords {
  std::vector<std::string> resources, changes;
};

SplitWords split_words(const std::vector<std::string>& words) {
  SplitWords split;
  for (const auto& word : words) {
    const bool change = word.find('=') != std::string::npos || (word.size() > 1 && word.ends_with('-'));
    (change || !split.changes.empty() ? split.changes : split.resources).push_back(word);
  }
  return split;
}

const JsonValue::Array& containers_of(const Target& target) {
  return target.object["spec"]["template"]["spec"]["containers"].items();
}

/// Whether `wanted` ("app", "a,b", "*" or "") means this container.
bool chosen(const std::string& wanted, const std::string& name) {
  if (wanted.empty() || wanted == "*") return true;
  const auto names = split_at(wanted, ',');
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Sends the containers that `change` has changed; an unchanged deployment gets no request.
void patch_containers(KubectlCall& call, const Target& target, std::string_view done,
                      const std::function<void(const JsonValue& container, JsonValue& changes)>& change) {
  JsonValue order = JsonValue::array(), changed = JsonValue::array();
  for (const auto& container : containers_of(target)) {
    JsonValue name = JsonValue::object();
    name.member("name") = container["name"].text();
    order.append(name);
    JsonValue changes = name;
    change(container, changes);
    if (changes != name) changed.append(std::move(changes));
  }
  if (changed.is_empty()) return;
  JsonValue patch = JsonValue::object();
  JsonValue& spec = patch.member("spec").member("template").member("spec");
  spec.member("$setElementOrder/containers") = std::move(order);
  spec.member("containers") = std::move(changed);
  patch_deployment(call, target, patch, "kubectl-set", done);
}

bool has_container(const Target& target, const std::string& name) {
  const auto& all = containers_of(target);
  return name == "*" || std::any_of(all.begin(), all.end(), [&](const JsonValue& container) {
           return container["name"].text() == name;
         });
}

/// "memory=16Gi,cpu=8". Error: kubectl's text.
Result<Pairs> read_quantities(const std::string& text) {
  Pairs pairs;
  if (text.empty()) return pairs;
  for (const auto& part : split_at(text, ',')) {
    const auto equals = part.find('=');
    if (equals == std::string::npos || part.find('=', equals + 1) != std::string::npos)
      return invalid_input(fmt::format("Invalid argument syntax {}, expected <resource>=<value>", part));
    const std::string value = part.substr(equals + 1);
    if (value.empty() || value.find_first_not_of("0123456789.eEkKMGTPimun-+") != std::string::npos)
      return invalid_input(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    pairs.emplace_back(part.substr(0, equals), value);
  }
  return pairs;
}

void add_quantities(JsonValue& changes, const JsonValue& present, const char* kind, const Pairs& pairs) {
  for (const auto& [name, value] : pairs)
    if (display_text(present["resources"][kind][name]) != value)
      changes.member("resources").member(kind).member(name) = value;
}

JsonValue env_change(const std::string& word) {
  JsonValue variable = JsonValue::object();
  const auto equals = word.find('=');
  if (equals == std::string::npos) {
    variable.member("$patch") = "delete";
    variable.member("name") = word.substr(0, word.size() - 1);
  } else {
    variable.member("name") = word.substr(0, equals);
    variable.member("value") = word.substr(equals + 1);
  }
  return variable;
}

/// Whether the variable is already as `change` wants it.
bool env_is_so(const JsonValue& container, const JsonValue& change) {
  for (const auto& present : container["env"].items())
    if (present["name"] == change["name"])
      return !change.has("$patch") && present["value"] == change["value"] && present.has("value");
  return change.has("$patch");
}

/// "# deployments web, container app" and NAME=VALUE of each.
void list_env(KubectlCall& call, const std::vector<std::string>& resources) {
  for (const auto& target : get_workloads(call, resources, rolled_kinds))
    for (const auto& container : containers_of(target)) {
      call.print(
          fmt::format("# {} {}, container {}", target.type->plural, target.name, container["name"].text()));
      for (const auto& variable : container["env"].items()) {
        const JsonValue& from = variable["valueFrom"];
        if (from.is_null()) {
          call.print(fmt::format("{}={}", variable["name"].text(), variable["value"].text()));
          continue;
        }
        const bool secret = from.has("secretKeyRef");
        const JsonValue& key = from[secret ? "secretKeyRef" : "configMapKeyRef"];
        call.print(fmt::format("# {} from {} {}, key {}", variable["name"].text(),
                               secret ? "secret" : "configmap", key["name"].text(), key["key"].text()));
      }
    }
}

/// --from configmap/NAME or secret/NAME: a reference for each key. False after printing why not.
bool import_env(KubectlCall& call, std::vector<JsonValue>& variables) {
  const auto sources = get_targets(call, {call.flags.text("from")});
  if (sources.empty()) return false;
  const bool secret = sources.front().type->kind == "Secret";
  for (const auto& [key, value] : sources.front().object["data"].members()) {
    std::string name = call.flags.text("prefix");
    for (const char c : key)
      name += c == '-' || c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    JsonValue variable = JsonValue::object();
    variable.member("name") = name;
    JsonValue& from = variable.member("valueFrom").member(secret ? "secretKeyRef" : "configMapKeyRef");
    from.member("name") = sources.front().name;
    from.member("key") = key;
    variables.push_back(std::move(variable));
  }
  return true;
}

}  // namespace

void set_service_account(KubectlCall& call) {
  if (call.words.size() < 2) return call.fail("serviceaccount is required");
  const std::string account = call.words.back();
  call.words.pop_back();
  for (const auto& target : get_workloads(call, call.words, rolled_kinds)) {
    JsonValue patch = JsonValue::object();
    patch.member("spec").member("template").member("spec").member("serviceAccountName") = account;
    patch_deployment(call, target, patch, "kubectl-set", "serviceaccount updated");
  }
}

void set_image(KubectlCall& call) {
  const SplitWords words = split_words(call.words);
  if (words.resources.empty())
    return call.fail("one or more resources must be specified as <resource> <name> or <resource>/<name>");
  if (words.changes.empty()) return call.fail("at least one image update is required");
  for (const auto& target : get_workloads(call, words.resources, rolled_kinds)) {
    for (const auto& word : words.changes)
      if (!has_container(target, word.substr(0, word.find('='))))
        call.fail(fmt::format("unable to find container named \"{}\"", word.substr(0, word.find('='))));
    if (call.result.exit_code != 0) return;
    patch_containers(call, target, "image updated", [&](const JsonValue& container, JsonValue& changes) {
      for (const auto& word : words.changes) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || !chosen(word.substr(0, equals), container["name"].text()))
          continue;
        const std::string image = word.substr(equals + 1);
        if (container["image"].text() != image) changes.member("image") = image;
      }
    });
  }
}

void set_resources(KubectlCall& call) {
  if (!call.flags.has("limits") && !call.flags.has("requests"))
    return call.fail("you must specify an update to requests or limits (in the form of --requests/--limits)");
  const auto limits = read_quantities(call.flags.text("limits"));
  const auto requests = read_quantities(call.flags.text("requests"));
  if (!limits) return call.fail(limits.error().message);
  if (!requests) return call.fail(requests.error().message);
  const std::string wanted = call.flags.text("containers", "*");
  for (const auto& target : get_workloads(call, call.words, rolled_kinds)) {
    patch_containers(call, target, "resource requirements updated",
                     [&](const JsonValue& container, JsonValue& changes) {
                       if (!chosen(wanted, container["name"].text())) return;
                       add_quantities(changes, container, "limits", *limits);
                       add_quantities(changes, container, "requests", *requests);
                     });
  }
}

void set_env(KubectlCall& call) {
  SplitWords words = split_words(call.words);
  for (const auto& each : call.flags.all("env")) words.changes.push_back(each);
  if (call.flags.truth("list")) return list_env(call, words.resources);
  std::vector<JsonValue> imported;
  if (call.flags.has("from") && !import_env(call, imported)) return;
  if (words.changes.empty() && imported.empty())
    return call.fail("at least one environment variable must be provided");
  const std::string wanted = call.flags.text("containers", "*");
  for (const auto& target : get_workloads(call, words.resources, rolled_kinds)) {
    patch_containers(call, target, "env updated", [&](const JsonValue& container, JsonValue& changes) {
      if (!chosen(wanted, container["name"].text())) return;
      for (const auto& word : words.changes) {
        const JsonValue variable = env_change(word);
        if (!env_is_so(container, variable)) changes.member("env").append(variable);
      }
      for (const JsonValue& variable : imported) changes.member("env").append(variable);
    });
  }
}

}  // namespace muster::kubectl_handlers
