#include "responders/kubectl/get_fetch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/files.hpp"
#include "responders/text/json_path.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string list_query(const KubectlCall& call) {
  const bool sorted = call.flags.has("sort-by");
  return query_string({{"labelSelector", call.flags.text("selector")},
                       {"fieldSelector", call.flags.text("field-selector")},
                       {"includeObject", sorted ? "Object" : ""},
                       {"limit", sorted ? "" : "500"}});
}

std::string api_version(const ResourceType& type) {
  return type.group.empty() ? std::string(type.version) : fmt::format("{}/{}", type.group, type.version);
}

FetchedGroup group_of(const ResourceType& type, const ApiReply& reply) {
  FetchedGroup group{&type, {}, {}, reply.body["metadata"]["resourceVersion"].text()};
  if (is_table(reply.body)) {
    group.table = reply.body;
    return group;
  }
  group.objects = reply.body.has("items") ? reply.body["items"].items() : JsonValue::Array{reply.body};
  for (auto& object : group.objects) {
    object.member("apiVersion") = api_version(type);
    object.member("kind") = std::string(type.kind);
  }
  return group;
}

void fetch_list(KubectlCall& call, const ResourceType& type, bool tables, Fetched& fetched) {
  const std::string in = call.flags.truth("all-namespaces") ? "" : call.namespace_();
  const std::string path = collection_path(type, in) + "?" + list_query(call);
  const ApiReply reply = tables ? call.api.get_table(path) : call.api.get(path);
  if (!reply.ok()) return call.fail(reply);
  fetched.groups.push_back(group_of(type, reply));
}

/// Objects of one type are shown together.
void add_to(Fetched& fetched, FetchedGroup group) {
  const auto known = std::find_if(fetched.groups.begin(), fetched.groups.end(),
                                  [&](const FetchedGroup& each) { return each.type == group.type; });
  if (known == fetched.groups.end()) {
    fetched.groups.push_back(std::move(group));
    return;
  }
  for (auto& object : group.objects) known->objects.push_back(std::move(object));
  for (const auto& row : group.table["rows"].items()) known->table.member("rows").append(row);
}

void fetch_named(KubectlCall& call, const NamedResource& named, const std::string& in, bool tables,
                 Fetched& fetched) {
  const std::string path = object_path(*named.type, in, named.name);
  const ApiReply reply = tables ? call.api.get_table(path) : call.api.get(path);
  if (reply.status == 404 && call.flags.truth("ignore-not-found")) return;
  if (!reply.ok()) return call.fail(reply);
  add_to(fetched, group_of(*named.type, reply));
}

/// Natural order of digits in names, as kubectl's sorter has it (fvbommel/sortorder).
bool natural_less(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (!digit(a[i]) || !digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
      continue;
    }
    while (i < a.size() && a[i] == '0') ++i;
    while (j < b.size() && b[j] == '0') ++j;
    std::size_t a_end = i, b_end = j;
    while (a_end < a.size() && digit(a[a_end])) ++a_end;
    while (b_end < b.size() && digit(b[b_end])) ++b_end;
    if (a_end - i != b_end - j) return a_end - i < b_end - j;
    if (const int order = a.substr(i, a_end - i).compare(b.substr(j, b_end - j)); order != 0)
      return order < 0;
    i = a_end, j = b_end;
  }
  return a.size() - i < b.size() - j;
}

/// What is not there sorts first.
bool sorts_before(const JsonValue* a, const JsonValue* b) {
  if (a == nullptr || b == nullptr) return a == nullptr && b != nullptr;
  if (a->is_number() && b->is_number()) return a->real() < b->real();
  return natural_less(display_text(*a), display_text(*b));
}

}  // namespace

Fetched fetch_resources(KubectlCall& call, bool tables) {
  Fetched fetched;
  if (call.flags.has("filename")) {
    const auto targets = objects_of_flags(call);
    fetched.single = targets.size() == 1;
    for (const auto& target : targets)
      fetch_named(call, NamedResource{target.type, target.name}, target.namespace_, tables, fetched);
    return fetched;
  }
  const auto arguments = read_resource_arguments(call.words);
  if (!arguments) {
    call.fail(arguments.error().message);
    return fetched;
  }
  fetched.named = arguments->named;
  fetched.single = arguments->named.size() == 1;
  if (!arguments->named.empty() && (call.flags.has("selector") || call.flags.truth("all-namespaces"))) {
    call.fail(call.flags.has("selector") ? "name cannot be provided when a selector is specified"
                                         : "a resource cannot be retrieved by name across all namespaces");
    return fetched;
  }
  for (const auto& named : arguments->named) fetch_named(call, named, call.namespace_(), tables, fetched);
  if (arguments->named.empty())
    for (const ResourceType* type : arguments->types) fetch_list(call, *type, tables, fetched);
  return fetched;
}

bool sort_fetched(KubectlCall& call, Fetched& fetched) {
  if (!call.flags.has("sort-by")) return true;
  const auto path = JsonPath::parse(call.flags.text("sort-by"));
  if (!path) {
    call.fail(path.error().message);
    return false;
  }
  const auto key = [&](const JsonValue& object) -> const JsonValue* {
    const auto found = path->find(object);
    return found.empty() || found.front()->is_null() ? nullptr : found.front();
  };
  for (auto& group : fetched.groups) {
    std::stable_sort(group.objects.begin(), group.objects.end(),
                     [&](const JsonValue& a, const JsonValue& b) { return sorts_before(key(a), key(b)); });
    if (!group.table.is_object()) continue;
    auto& rows = group.table.member("rows").mutable_items();
    std::stable_sort(rows.begin(), rows.end(), [&](const JsonValue& a, const JsonValue& b) {
      return sorts_before(key(a["object"]), key(b["object"]));
    });
  }
  return true;
}

}  // namespace muster
