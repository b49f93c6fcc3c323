#include "api/kube/managed/manager.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace muster::kube {

namespace {

struct Entry {
  std::string manager, operation, api_version, time, subresource;
  FieldSet fields;

  bool is(const FieldManager& who, const char* how) const {
    const bool version = operation == "Apply" || api_version == who.api_version;
    return manager == who.name && operation == how && subresource.empty() && version;
  }
};

const Json& member(const Json& json, const char* key) {
  static const Json nothing;
  const auto found = json.is_object() ? json.find(key) : json.end();
  return found == json.end() ? nothing : *found;
}

std::string text(const Json& json, const char* key) {
  const Json& found = member(json, key);
  return found.is_string() ? found.get<std::string>() : std::string();
}

std::vector<Entry> entries_of(const Json& object) {
  std::vector<Entry> entries;
  for (const Json& json : member(member(object, "metadata"), "managedFields")) {
    Entry entry{text(json, "manager"), text(json, "operation"),   text(json, "apiVersion"),
                text(json, "time"),    text(json, "subresource"), field_set_of(member(json, "fieldsV1"))};
    if (!entry.manager.empty() && !entry.fields.empty()) entries.push_back(std::move(entry));
  }
  return entries;
}

/// Sorted as the real server sorts them: appliers first, then by time, then by name.
void write_entries(Json& object, std::vector<Entry> entries) {
  std::erase_if(entries, [](const Entry& entry) { return entry.fields.empty(); });
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.operation, a.time, a.manager) < std::tie(b.operation, b.time, b.manager);
  });
  Json list = Json::array();
  for (const Entry& entry : entries) {
    Json json{{"manager", entry.manager},        {"operation", entry.operation},
              {"apiVersion", entry.api_version}, {"time", entry.time},
              {"fieldsType", "FieldsV1"},        {"fieldsV1", to_json(entry.fields)}};
    put(json, "subresource", entry.subresource);
    list.push_back(std::move(json));
  }
  object["metadata"].erase("managedFields");
  if (!list.empty()) object["metadata"]["managedFields"] = std::move(list);
}

/// The part of an object that managers own: no status, nothing that names the object or that the server sets
/// (managedfields stripmeta.go).
Json owned_part(const Json& object) {
  if (!object.is_object()) return Json::object();
  Json json = object;
  for (const char* key : {"apiVersion", "kind", "status"}) json.erase(key);
  if (!json.contains("metadata") || !json["metadata"].is_object()) return json;
  for (const char* key :
       {"name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation",
        "managedFields", "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"})
    json["metadata"].erase(key);
  if (json["metadata"].empty()) json.erase("metadata");
  return json;
}

Entry& entry_for(std::vector<Entry>& entries, const FieldManager& manager, const char* operation) {
  for (Entry& entry : entries) {
    if (entry.is(manager, operation)) return entry;
  }
  return entries.emplace_back(Entry{manager.name, operation, manager.api_version, manager.time, {}, {}});
}

/// An object whose managers nobody wrote down has one that wrote everything before
/// (managedfields skipnonapplied.go).
std::vector<Entry> owners_of(const Json& live, const SchemaType& type, const FieldManager& manager) {
  std::vector<Entry> entries = entries_of(live);
  if (!entries.empty() || !live.is_object()) return entries;
  FieldSet all = fields_of(owned_part(live), type);
  if (!all.empty())
    entries.push_back(
        {"before-first-apply", "Update", manager.api_version, manager.time, {}, std::move(all)});
  return entries;
}

std::vector<FieldConflict> conflicts_in(const std::vector<Entry>& entries, const FieldManager& manager,
                                        const FieldSet& changed) {
  std::vector<FieldConflict> conflicts;
  for (const Entry& entry : entries) {
    if (entry.is(manager, "Apply")) continue;
    std::string who = fmt::format("\"{}\"", entry.manager);
    if (entry.operation == "Update") who += " using " + entry.api_version;
    for (std::string& path : paths_of(intersection(entry.fields, changed)))
      conflicts.push_back({who, std::move(path)});
  }
  return conflicts;
}

/// What the manager applied before, does not apply now, and nobody else owns.
FieldSet given_up(const std::vector<Entry>& entries, const FieldManager& manager, const FieldSet& applied) {
  FieldSet gone;
  for (const Entry& entry : entries) {
    if (entry.is(manager, "Apply")) gone = difference(entry.fields, with_parents(applied));
  }
  for (const Entry& entry : entries) {
    if (!entry.is(manager, "Apply")) gone = difference(gone, with_parents(entry.fields));
  }
  return gone;
}

}  // namespace

void note_update(const Json& before, Json& after, const SchemaType& type, const FieldManager& manager) {
  const Json old = owned_part(before), now = owned_part(after);
  const FieldSet changed = changed_fields(old, now, type);
  const FieldSet gone = removed_fields(old, now, type);
  std::vector<Entry> entries = entries_of(after);
  if (changed.empty() && gone.empty()) return write_entries(after, std::move(entries));
  const FieldSet lost = union_of(changed, gone);
  for (Entry& entry : entries) {
    if (!entry.is(manager, "Update")) entry.fields = difference(entry.fields, lost);
  }
  Entry& own = entry_for(entries, manager, "Update");
  own.fields = union_of(difference(own.fields, gone), changed);
  own.time = manager.time;
  write_entries(after, std::move(entries));
}

std::variant<Json, std::vector<FieldConflict>> apply_fields(const Json& live, const Json& applied,
                                                            const SchemaType& type,
                                                            const FieldManager& manager, bool force) {
  std::vector<Entry> entries = owners_of(live, type, manager);
  const FieldSet wanted = fields_of(owned_part(applied), type);
  Json merged = live.is_object() ? live : Json::object();
  Json patch = applied;
  if (patch.contains("metadata") && patch["metadata"].is_object()) patch["metadata"].erase("managedFields");
  merge_applied(merged, patch, type);
  take_out(merged, given_up(entries, manager, wanted), type);
  const FieldSet changed = intersection(changed_fields(owned_part(live), owned_part(merged), type), wanted);
  auto conflicts = conflicts_in(entries, manager, changed);
  if (!conflicts.empty() && !force) return conflicts;
  for (Entry& entry : entries) {
    if (!entry.is(manager, "Apply")) entry.fields = difference(entry.fields, changed);
  }
  Entry& own = entry_for(entries, manager, "Apply");
  const bool same = own.fields == wanted && changed.empty() && own.api_version == manager.api_version;
  own.fields = wanted;
  own.api_version = manager.api_version;
  if (!same) own.time = manager.time;
  write_entries(merged, std::move(entries));
  return merged;
}

}  // namespace muster::kube
