#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "api/kube/patch_json.hpp"

namespace muster::kube {

namespace {

constexpr std::string_view order_prefix = "$setElementOrder/";
constexpr std::string_view delete_prefix = "$deleteFromPrimitiveList/";

/// How a list field merges; empty key: it is replaced.
struct ListRule {
  std::string key;
  bool set = false;  ///< of plain values, merged as a set
  bool merges() const { return set || !key.empty(); }
};

/// patchMergeKey of the struct tags in k8s.io/api core/v1/types.go and meta/v1/types.go.
ListRule rule_of(const std::string& field, const std::string& kind) {
  static const std::map<std::string, std::string> keys{
      {"containers", "name"},
      {"initContainers", "name"},
      {"ephemeralContainers", "name"},
      {"env", "name"},
      {"volumes", "name"},
      {"volumeMounts", "mountPath"},
      {"volumeDevices", "devicePath"},
      {"conditions", "type"},
      {"imagePullSecrets", "name"},
      {"resourceClaims", "name"},
      {"hostAliases", "ip"},
      {"podIPs", "ip"},
      {"hostIPs", "ip"},
      {"ownerReferences", "uid"},
      {"topologySpreadConstraints", "topologyKey"},
  };
  if (field == "finalizers" || field == "podCIDRs") return {{}, true};
  if (field == "ports") return {kind == "Service" ? "port" : "containerPort", false};
  if (field == "addresses" && kind == "Node") return {"type", false};
  const auto found = keys.find(field);
  return found == keys.end() ? ListRule{} : ListRule{found->second, false};
}

class Merge {
 public:
  explicit Merge(std::string kind) : kind_(std::move(kind)) {}

  void into_map(Json& target, const Json& patch);
  const std::string& error() const { return error_; }

 private:
  void into_field(Json& target, const std::string& key, const Json& value, const Json& patch);
  void into_list(Json& target, const Json& patch, const Json& order, const std::string& field);
  void into_set(Json& target, const Json& patch);
  bool merge_element(Json& target, const Json& element, const ListRule& rule);
  void directives(Json& target, const Json& patch);
  void order_untouched_lists(Json& target, const Json& patch);

  std::string kind_;
  std::string error_;
};

std::string directive_of(const Json& json) {
  if (!json.is_object() || !json.contains("$patch")) return {};
  return json["$patch"].is_string() ? json["$patch"].get<std::string>() : "?";
}

bool same_element(const Json& a, const Json& b, const ListRule& rule) {
  if (rule.set) return a == b;
  return a.is_object() && b.is_object() && a.contains(rule.key) && b.contains(rule.key) &&
         a[rule.key] == b[rule.key];
}

std::size_t position(const Json& list, const Json& element, const ListRule& rule) {
  std::size_t at = 0;
  while (at < list.size() && !same_element(list[at], element, rule)) ++at;
  return at;
}

void sort_by(std::vector<Json>& elements, const Json& order, const ListRule& rule) {
  std::stable_sort(elements.begin(), elements.end(), [&](const Json& a, const Json& b) {
    return position(order, a, rule) < position(order, b, rule);
  });
}

/// strategicpatch.normalizeElementOrder: elements that `order` names stand as there, the others as on the
/// server, and of two that were both on the server the earlier one comes first.
void arrange(Json& list, const Json& order, const Json& server, const ListRule& rule) {
  std::vector<Json> named, others;
  for (Json& element : list) {
    (position(order, element, rule) < order.size() ? named : others).push_back(std::move(element));
  }
  sort_by(named, order, rule);
  sort_by(others, server, rule);
  list = Json::array();
  std::size_t i = 0, j = 0;
  while (i < others.size() || j < named.size()) {
    const bool both = i < others.size() && j < named.size();
    const std::size_t left = both ? position(server, others[i], rule) : 0;
    const std::size_t right = both ? position(server, named[j], rule) : 0;
    const bool other_first =
        both ? left < server.size() && right < server.size() && left < right : j >= named.size();
    list.push_back(std::move(other_first ? others[i++] : named[j++]));
  }
}

void Merge::directives(Json& target, const Json& patch) {
  for (const auto& [key, value] : patch.items()) {
    if (key == "$retainKeys" && value.is_array()) {
      for (auto at = target.begin(); at != target.end();) {
        at = std::find(value.begin(), value.end(), Json(at.key())) == value.end() ? target.erase(at)
                                                                                  : std::next(at);
      }
    } else if (key.starts_with(delete_prefix) && value.is_array()) {
      const auto list = target.find(key.substr(delete_prefix.size()));
      if (list == target.end() || !list->is_array()) continue;
      for (const Json& gone : value) list->erase(std::remove(list->begin(), list->end(), gone), list->end());
    }
  }
}

void Merge::into_map(Json& target, const Json& patch) {
  const std::string directive = directive_of(patch);
  if (directive == "delete" || directive == "replace") {
    target = Json::object();
    if (directive == "delete") return;
  } else if (!directive.empty() && directive != "merge") {
    error_ = fmt::format("unrecognized patch type found: {}", directive);
  }
  if (!target.is_object()) target = Json::object();
  directives(target, patch);
  for (const auto& [key, value] : patch.items()) {
    if (key[0] != '$') into_field(target, key, value, patch);
  }
  order_untouched_lists(target, patch);
}

void Merge::into_field(Json& target, const std::string& key, const Json& value, const Json& patch) {
  if (value.is_null()) {
    target.erase(key);
  } else if (value.is_object()) {
    into_map(target[key], value);
  } else if (value.is_array()) {
    const auto order = patch.find(std::string(order_prefix) + key);
    into_list(target[key], value, order == patch.end() || !order->is_array() ? Json() : *order, key);
  } else {
    target[key] = value;
  }
}

/// "$setElementOrder/env" without "env": only the order changes.
void Merge::order_untouched_lists(Json& target, const Json& patch) {
  for (const auto& [key, value] : patch.items()) {
    if (!key.starts_with(order_prefix) || !value.is_array()) continue;
    const std::string field = key.substr(order_prefix.size());
    const ListRule rule = rule_of(field, kind_);
    if (patch.contains(field) || !target.contains(field) || !target[field].is_array() || !rule.merges())
      continue;
    const Json server = target[field];
    arrange(target[field], value, server, rule);
  }
}

/// False if the element cannot be told from others.
bool Merge::merge_element(Json& target, const Json& element, const ListRule& rule) {
  if (!element.is_object() || !element.contains(rule.key)) return false;
  const std::size_t at = position(target, element, rule);
  if (directive_of(element) == "delete") {
    if (at < target.size()) target.erase(at);
    return true;
  }
  if (at == target.size()) target.push_back(Json::object());
  into_map(target[at], element);
  return true;
}

void Merge::into_set(Json& target, const Json& patch) {
  for (const Json& value : patch) {
    if (std::find(target.begin(), target.end(), value) == target.end()) target.push_back(value);
  }
}

void Merge::into_list(Json& target, const Json& patch, const Json& order, const std::string& field) {
  const ListRule rule = rule_of(field, kind_);
  const bool of_objects =
      std::all_of(patch.begin(), patch.end(), [](const Json& e) { return e.is_object(); });
  const bool replaces = std::any_of(patch.begin(), patch.end(), [](const Json& e) {
    return directive_of(e) == "replace" && e.size() == 1;
  });
  if (!target.is_array()) target = Json::array();
  const Json server = target;
  if (!rule.merges() || replaces || (!rule.set && !of_objects)) {
    target = Json::array();
    for (const Json& element : patch) {
      if (replaces && directive_of(element) == "replace" && element.size() == 1) continue;
      target.push_back(element);
    }
    return;
  }
  if (rule.set) {
    into_set(target, patch);
  } else {
    for (const Json& element : patch) {
      if (merge_element(target, element, rule)) continue;
      error_ = fmt::format("map: {} does not contain declared merge key: {}", print_json(element), rule.key);
      return;
    }
  }
  arrange(target, order.is_array() ? order : patch, server, rule);
}

}  // namespace

Result<void> apply_strategic_patch(Json& target, const Json& patch, const std::string& kind) {
  if (!patch.is_object()) return invalid_input("a strategic merge patch is a mapping");
  Json changed = target;
  Merge merge(kind);
  merge.into_map(changed, patch);
  if (!merge.error().empty()) return invalid_input(merge.error());
  target = std::move(changed);
  return {};
}

}  // namespace muster::kube
