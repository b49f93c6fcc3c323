#include "api/kube/managed/field_set.hpp"

#include <fmt/format.h>

namespace muster::kube {

namespace {

/// A value that is owned as a whole, whatever is in it.
bool is_leaf(const Json& value, const SchemaField* field) {
  if (!value.is_structured() || value.empty()) return true;
  if (!field || field->atomic || field->scalar == 'o') return true;
  if (field->shape == SchemaField::Shape::one) return !field->type || !value.is_object();
  if (field->shape == SchemaField::Shape::map) return !value.is_object();
  return !value.is_array();
}

struct Child {
  std::string key;  ///< in a FieldSet
  const Json* value = nullptr;
  const SchemaField* field = nullptr;  ///< null: a leaf
  bool member = false;                 ///< its own path counts too
};

/// A field's element, looked at as a field of its own.
const SchemaField* element_field(const SchemaField& field) {
  static std::map<const SchemaField*, SchemaField> made;
  const auto [at, fresh] = made.try_emplace(&field);
  if (fresh) {
    at->second = field;
    at->second.shape = SchemaField::Shape::one;
    at->second.atomic = field.type && field.type->atomic;
  }
  return &at->second;
}

/// What lies below a value that is no leaf.
std::vector<Child> children(const Json& value, const SchemaField& field) {
  std::vector<Child> found;
  if (field.shape == SchemaField::Shape::one) {
    for (const auto& [key, member] : value.items())
      found.push_back({"f:" + key, &member, field.type ? field.type->find(key) : nullptr, false});
  } else if (field.shape == SchemaField::Shape::map) {
    for (const auto& [key, member] : value.items())
      found.push_back({"f:" + key, &member, element_field(field), true});
  } else if (field.set) {
    for (const Json& element : value) found.push_back({"v:" + print_json(element), &element, nullptr, true});
  } else {
    for (const Json& element : value)
      found.push_back({element_key(element, field), &element, element_field(field), true});
  }
  return found;
}

FieldSet set_of(const Json& value, const SchemaField& field) {
  FieldSet set;
  for (const Child& child : children(value, field)) {
    FieldSet& below_it = set.below[child.key];
    const bool leaf = is_leaf(*child.value, child.field);
    if (!leaf) below_it = set_of(*child.value, *child.field);
    below_it.member = leaf || child.member;
  }
  return set;
}

FieldSet set_of_child(const Child& child) {
  const bool leaf = is_leaf(*child.value, child.field);
  FieldSet set = leaf ? FieldSet{} : set_of(*child.value, *child.field);
  set.member = leaf || child.member;
  return set;
}

FieldSet changes(const Json& before, const Json& after, const SchemaField& field) {
  std::map<std::string, Child> old;
  for (Child& child : children(before, field)) old.emplace(child.key, child);
  FieldSet set;
  for (const Child& child : children(after, field)) {
    const auto found = old.find(child.key);
    if (found == old.end()) {
      set.below[child.key] = set_of_child(child);
    } else if (*found->second.value != *child.value) {
      const bool whole = is_leaf(*child.value, child.field) || is_leaf(*found->second.value, child.field);
      FieldSet below_it =
          whole ? set_of_child(child) : changes(*found->second.value, *child.value, *child.field);
      if (!below_it.empty()) set.below[child.key] = std::move(below_it);
    }
  }
  return set;
}

FieldSet losses(const Json& before, const Json& after, const SchemaField& field) {
  std::map<std::string, Child> kept;
  for (Child& child : children(after, field)) kept.emplace(child.key, child);
  FieldSet set;
  for (const Child& child : children(before, field)) {
    const auto found = kept.find(child.key);
    if (found == kept.end()) {
      set.below[child.key] = set_of_child(child);
    } else if (!is_leaf(*child.value, child.field) && !is_leaf(*found->second.value, child.field)) {
      FieldSet below_it = losses(*child.value, *found->second.value, *child.field);
      if (!below_it.empty()) set.below[child.key] = std::move(below_it);
    }
  }
  return set;
}

SchemaField whole_object(const SchemaType& type) {
  SchemaField field;
  field.type = &type;
  field.type_name = type.name;
  return field;
}

/// k:{"name":"web"} -> [name="web"], f:image -> .image, v:"x" -> [="x"].
std::string path_element(const std::string& key) {
  const std::string rest = key.substr(2);
  if (key[0] == 'f') return "." + rest;
  if (key[0] == 'v') return "[=" + rest + "]";
  const Json keys = Json::parse(rest, nullptr, false);
  std::string text;
  if (!keys.is_object()) return "[" + rest + "]";
  for (const auto& [name, value] : keys.items())
    text += fmt::format("{}{}={}", text.empty() ? "" : ",", name, print_json(value));
  return "[" + text + "]";
}

void list_paths(const FieldSet& set, const std::string& prefix, std::vector<std::string>& paths) {
  if (set.member) paths.push_back(prefix);
  for (const auto& [key, child] : set.below) list_paths(child, prefix + path_element(key), paths);
}

void take_from(Json& value, const FieldSet& set, const SchemaField& field);

void take_from_members(Json& value, const FieldSet& set, const SchemaField& field) {
  for (const auto& [key, child] : set.below) {
    if (!key.starts_with("f:")) continue;
    const std::string name = key.substr(2);
    const auto found = value.find(name);
    if (found == value.end()) continue;
    const SchemaField* below_it = field.shape == SchemaField::Shape::map ? element_field(field)
                                  : field.type                           ? field.type->find(name)
                                                                         : nullptr;
    if (child.member || is_leaf(*found, below_it)) {
      value.erase(found);
      continue;
    }
    take_from(*found, child, *below_it);
    if (found->empty()) value.erase(name);
  }
}

void take_from(Json& value, const FieldSet& set, const SchemaField& field) {
  if (value.is_object()) return take_from_members(value, set, field);
  if (!value.is_array()) return;
  for (std::size_t i = value.size(); i-- > 0;) {
    const std::string key = field.set ? "v:" + print_json(value[i]) : element_key(value[i], field);
    const auto found = set.below.find(key);
    if (found == set.below.end()) continue;
    if (found->second.member) {
      value.erase(i);
    } else {
      take_from(value[i], found->second, *element_field(field));
    }
  }
}

void merge_value(Json& live, const Json& patch, const SchemaField* field);

std::size_t place_of(const Json& list, const std::string& key, const SchemaField& field) {
  std::size_t at = 0;
  while (at < list.size() && (field.set ? "v:" + print_json(list[at]) : element_key(list[at], field)) != key)
    ++at;
  return at;
}

/// Elements stand as the patch orders them; what only the live list has keeps its place before the next
/// shared one.
void merge_list(Json& live, const Json& patch, const SchemaField& field) {
  Json merged = Json::array();
  const auto key_of = [&](const Json& element) {
    return field.set ? "v:" + print_json(element) : element_key(element, field);
  };
  std::size_t next = 0;
  const auto copy_own = [&](std::size_t end) {
    for (; next < end; ++next) {
      if (place_of(patch, key_of(live[next]), field) == patch.size()) merged.push_back(live[next]);
    }
  };
  for (const Json& element : patch) {
    const std::size_t at = place_of(live, key_of(element), field);
    if (at == live.size()) {
      merged.push_back(element);
      continue;
    }
    if (at >= next) copy_own(at);
    Json both = live[at];
    if (!field.set) merge_value(both, element, element_field(field));
    merged.push_back(std::move(both));
  }
  copy_own(live.size());
  live = std::move(merged);
}

void merge_value(Json& live, const Json& patch, const SchemaField* field) {
  const bool nothing_said = patch.is_structured() && patch.empty() && field && !field->atomic;
  if (nothing_said && live.type() == patch.type()) return;
  if (is_leaf(patch, field) || live.type() != patch.type()) {
    live = patch;
    return;
  }
  if (patch.is_array()) return merge_list(live, patch, *field);
  for (const auto& [key, value] : patch.items()) {
    const SchemaField* below_it = field->shape == SchemaField::Shape::map ? element_field(*field)
                                  : field->type                           ? field->type->find(key)
                                                                          : nullptr;
    merge_value(live[key], value, below_it);
  }
}

}  // namespace

std::string element_key(const Json& element, const SchemaField& field) {
  Json keys = Json::object();
  for (const std::string& key : field.keys) {
    if (element.is_object() && element.contains(key))
      keys[key] = element[key];
    else if (key == "protocol")
      keys[key] = "TCP";  // its default, which counts in a key
  }
  return "k:" + print_json(keys);
}

FieldSet fields_of(const Json& object, const SchemaType& type) {
  return set_of(object, whole_object(type));
}

FieldSet changed_fields(const Json& before, const Json& after, const SchemaType& type) {
  return changes(before, after, whole_object(type));
}

FieldSet removed_fields(const Json& before, const Json& after, const SchemaType& type) {
  return losses(before, after, whole_object(type));
}

Json to_json(const FieldSet& set) {
  Json json = Json::object();
  if (set.member && !set.below.empty()) json["."] = Json::object();
  for (const auto& [key, child] : set.below) json[key] = to_json(child);
  return json;
}

FieldSet field_set_of(const Json& fields_v1) {
  FieldSet set;
  if (!fields_v1.is_object()) return set;
  for (const auto& [key, child] : fields_v1.items()) {
    if (key == ".") {
      set.member = true;
    } else {
      FieldSet below_it = field_set_of(child);
      if (below_it.empty()) below_it.member = true;
      set.below[key] = std::move(below_it);
    }
  }
  return set;
}

FieldSet union_of(FieldSet a, const FieldSet& b) {
  a.member = a.member || b.member;
  for (const auto& [key, child] : b.below) a.below[key] = union_of(std::move(a.below[key]), child);
  return a;
}

FieldSet difference(const FieldSet& a, const FieldSet& b) {
  FieldSet left;
  left.member = a.member && !b.member;
  for (const auto& [key, child] : a.below) {
    const auto found = b.below.find(key);
    FieldSet rest = found == b.below.end() ? child : difference(child, found->second);
    if (!rest.empty()) left.below[key] = std::move(rest);
  }
  return left;
}

FieldSet intersection(const FieldSet& a, const FieldSet& b) {
  FieldSet both;
  both.member = a.member && b.member;
  for (const auto& [key, child] : a.below) {
    const auto found = b.below.find(key);
    if (found == b.below.end()) continue;
    FieldSet shared = intersection(child, found->second);
    if (!shared.empty()) both.below[key] = std::move(shared);
  }
  return both;
}

FieldSet with_parents(FieldSet set) {
  for (auto& [key, child] : set.below) {
    child = with_parents(std::move(child));
    child.member = true;
  }
  return set;
}

std::vector<std::string> paths_of(const FieldSet& set) {
  std::vector<std::string> paths;
  list_paths(set, {}, paths);
  return paths;
}

void take_out(Json& object, const FieldSet& set, const SchemaType& type) {
  take_from(object, set, whole_object(type));
}

void merge_applied(Json& live, const Json& patch, const SchemaType& type) {
  const SchemaField field = whole_object(type);
  merge_value(live, patch, &field);
}

}  // namespace muster::kube
