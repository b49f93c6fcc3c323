#include "responders/kubectl/strategic_diff.hpp"

#include <algorithm>
#include <array>

namespace muster {
namespace {

struct MergeKey {
  std::string_view field, key;
};
/// patchMergeKey of the fields with patchStrategy=merge (k8s.io/api core/v1, apps/v1; kubectl reads them from
/// the OpenAPI documents). The first key that the elements have counts.
constexpr std::array merge_keys{MergeKey{"containers", "name"},
                                MergeKey{"initContainers", "name"},
                                MergeKey{"ephemeralContainers", "name"},
                                MergeKey{"env", "name"},
                                MergeKey{"volumes", "name"},
                                MergeKey{"imagePullSecrets", "name"},
                                MergeKey{"ports", "containerPort"},
                                MergeKey{"ports", "port"},
                                MergeKey{"volumeMounts", "mountPath"},
                                MergeKey{"hostAliases", "ip"},
                                MergeKey{"ownerReferences", "uid"},
                                MergeKey{"conditions", "type"},
                                MergeKey{"volumeDevices", "devicePath"},
                                MergeKey{"topologySpreadConstraints", "topologyKey"},
                                MergeKey{"secrets", "name"}};

std::string_view key_of(std::string_view field, const JsonValue& list) {
  for (const MergeKey& each : merge_keys)
    if (each.field == field && !list.items().empty() && list.at(0).has(each.key)) return each.key;
  return {};
}

const JsonValue& element(const JsonValue& list, std::string_view key, const JsonValue& value) {
  static const JsonValue none;
  for (const JsonValue& each : list.items())
    if (each[key] == value) return each;
  return none;
}

/// True if `live` has everything that `wanted` says: the server may have added defaults.
bool covers(const JsonValue& live, const JsonValue& wanted) {
  if (wanted.is_object()) {
    return std::all_of(wanted.members().begin(), wanted.members().end(), [&](const auto& member) {
      return member.second.is_null() || covers(live[member.first], member.second);
    });
  }
  if (!wanted.is_array()) return live == wanted;
  if (live.items().size() != wanted.items().size()) return false;
  for (std::size_t i = 0; i < wanted.items().size(); ++i)
    if (!covers(live.at(i), wanted.at(i))) return false;
  return true;
}

struct Lists {
  const JsonValue &before, &wanted, &live;
};

void add_list(JsonValue& patch, const std::string& field, std::string_view key, const Lists& lists) {
  JsonValue changed = JsonValue::array(), order = JsonValue::array();
  for (const JsonValue& each : lists.wanted.items()) {
    JsonValue place = JsonValue::object();
    place.member(key) = each[key];
    order.append(place);
    const JsonValue& present = element(lists.live, key, each[key]);
    if (present.is_null()) {
      changed.append(each);
      continue;
    }
    JsonValue inner = strategic_diff(element(lists.before, key, each[key]), each, present);
    if (inner.is_null()) continue;
    inner.member(key) = each[key];
    changed.append(std::move(inner));
  }
  for (const JsonValue& each : lists.before.items()) {
    const bool gone =
        element(lists.wanted, key, each[key]).is_null() && !element(lists.live, key, each[key]).is_null();
    if (!gone) continue;
    JsonValue removal = JsonValue::object();
    removal.member("$patch") = "delete";
    removal.member(key) = each[key];
    changed.append(std::move(removal));
  }
  if (changed.is_empty()) return;
  patch.member("$setElementOrder/" + field) = std::move(order);
  patch.member(field) = std::move(changed);
}

}  // namespace

JsonValue strategic_diff(const JsonValue& before, const JsonValue& wanted, const JsonValue& live) {
  JsonValue patch = JsonValue::object();
  for (const auto& [field, value] : wanted.members()) {
    const std::string_view key = value.is_array() ? key_of(field, value) : std::string_view();
    if (value.is_object() && live[field].is_object()) {
      JsonValue inner = strategic_diff(before[field], value, live[field]);
      if (!inner.is_null()) patch.member(field) = std::move(inner);
    } else if (!key.empty() && live[field].is_array()) {
      add_list(patch, field, key, {before[field], value, live[field]});
    } else if (!covers(live[field], value)) {
      patch.member(field) = value;
    }
  }
  for (const auto& [field, value] : before.members())
    if (!wanted.has(field) && live.has(field)) patch.member(field) = JsonValue();
  return patch.is_empty() ? JsonValue() : patch;
}

}  // namespace muster
