// kubectl get.
#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/kubectl/targets.hpp"
#include "responders/text/json_path.hpp"

namespace muster::kubectl_handlers {
namespace {

/// Objects of one type, in the order they will be printed.
struct Group {
  const ResourceType* type = nullptr;
  std::vector<JsonValue> objects;
};

struct Fetched {
  std::vector<Group> groups;
  bool single = false;  ///< one object was asked for by name: printed as itself, not as a list
};

std::string list_query(const KubectlCall& call) {
  const bool sorted = call.flags.has("sort-by");
  return query_string({{"labelSelector", call.flags.text("selector")},
                       {"fieldSelector", call.flags.text("field-selector")},
                       {"includeObject", sorted ? "Object" : ""},
                       {"limit", sorted ? "" : "500"}});
}

void fetch_list(KubectlCall& call, const ResourceType& type, Fetched& fetched) {
  const std::string in = call.flags.truth("all-namespaces") ? "" : call.namespace_();
  const ApiReply reply = call.api.get(collection_path(type, in) + "?" + list_query(call));
  if (!reply.ok()) return call.fail(reply);
  Group group{&type, reply.body["items"].items()};
  const std::string api_version =
      type.group.empty() ? std::string(type.version) : fmt::format("{}/{}", type.group, type.version);
  for (auto& object : group.objects) {
    object.member("apiVersion") = api_version;
    object.member("kind") = std::string(type.kind);
  }
  fetched.groups.push_back(std::move(group));
}

void fetch_named(KubectlCall& call, const NamedResource& named, Fetched& fetched) {
  const ApiReply reply = call.api.get(object_path(*named.type, call.namespace_(), named.name));
  if (reply.status == 404 && call.flags.truth("ignore-not-found")) return;
  if (!reply.ok()) return call.fail(reply);
  auto group = std::find_if(fetched.groups.begin(), fetched.groups.end(),
                            [&](const Group& each) { return each.type == named.type; });
  if (group == fetched.groups.end()) group = fetched.groups.insert(group, Group{named.type, {}});
  group->objects.push_back(reply.body);
}

Fetched fetch(KubectlCall& call, const ResourceArguments& arguments) {
  Fetched fetched;
  fetched.single = arguments.named.size() == 1;
  if (!arguments.named.empty() && call.flags.has("selector")) {
    call.fail("name cannot be provided when a selector is specified");
    return fetched;
  }
  for (const auto& named : arguments.named) fetch_named(call, named, fetched);
  if (arguments.named.empty())
    for (const ResourceType* type : arguments.types) fetch_list(call, *type, fetched);
  return fetched;
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

bool sort_groups(KubectlCall& call, Fetched& fetched) {
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
  for (auto& group : fetched.groups)
    std::stable_sort(group.objects.begin(), group.objects.end(),
                     [&](const JsonValue& a, const JsonValue& b) { return sorts_before(key(a), key(b)); });
  return true;
}

void print_tables(KubectlCall& call, const Fetched& fetched) {
  TableOptions options;
  options.wide = call.flags.text("output") == "wide";
  options.with_namespace = call.flags.truth("all-namespaces");
  options.with_labels = call.flags.truth("show-labels");
  options.headers = !call.flags.truth("no-headers");
  options.with_kind = fetched.groups.size() > 1;
  bool printed = false;
  for (const auto& group : fetched.groups) {
    if (group.objects.empty()) continue;
    if (std::exchange(printed, true)) call.print("");
    TableOptions own = options;
    own.with_namespace = options.with_namespace && group.type->namespaced;
    std::vector<const JsonValue*> objects;
    for (const auto& object : group.objects) objects.push_back(&object);
    call.result.out += print_table(*group.type, objects, call.clock(), own);
  }
  if (printed || call.result.exit_code != 0 || call.flags.truth("ignore-not-found")) return;
  const bool everywhere = call.flags.truth("all-namespaces") ||
                          (fetched.groups.size() == 1 && !fetched.groups.front().type->namespaced);
  call.print_error(everywhere ? "No resources found"
                              : fmt::format("No resources found in {} namespace.", call.namespace_()));
}

/// managedFields are hidden, as kubectl hides them.
JsonValue shown_object(JsonValue object) {
  object.member("metadata").erase("managedFields");
  return object;
}

/// The object asked for, or a List of them all.
JsonValue as_one_value(const Fetched& fetched) {
  JsonValue items = JsonValue::array();
  for (const auto& group : fetched.groups)
    for (const auto& object : group.objects) items.append(shown_object(object));
  if (fetched.single && items.items().size() == 1) return items.at(0);
  JsonValue list = JsonValue::object();
  list.member("apiVersion") = "v1";
  list.member("kind") = "List";
  list.member("metadata").member("resourceVersion") = "";
  list.member("items") = std::move(items);
  return list;
}

void print_jsonpath(KubectlCall& call, const Fetched& fetched, std::string_view text) {
  const auto print = JsonPathTemplate::parse(text);
  if (!print) return call.fail(print.error().message);
  call.result.out += print->print(as_one_value(fetched));
}

void print_names(KubectlCall& call, const Fetched& fetched) {
  for (const auto& group : fetched.groups)
    for (const auto& object : group.objects)
      call.print(printed_name(*group.type, object["metadata"]["name"].text()));
}

void print_fetched(KubectlCall& call, const Fetched& fetched) {
  const std::string output = call.flags.text("output");
  if (output.empty() || output == "wide") return print_tables(call, fetched);
  const bool nothing = fetched.groups.empty() && call.result.exit_code != 0;
  if (nothing) return;
  if (output == "name") return print_names(call, fetched);
  if (output == "yaml")
    call.result.out += to_yaml(as_one_value(fetched));
  else if (output == "json")
    call.print(to_pretty_json(as_one_value(fetched)));
  else if (output.starts_with("jsonpath="))
    print_jsonpath(call, fetched, std::string_view(output).substr(9));
}

bool output_is_known(KubectlCall& call) {
  const std::string output = call.flags.text("output");
  for (const char* known : {"", "wide", "name", "yaml", "json"})
    if (output == known) return true;
  if (output.starts_with("jsonpath=")) return true;
  for (const char* real : {"custom-columns", "go-template", "jsonpath-as-json", "jsonpath-file", "template"})
    if (output.starts_with(real)) {
      call.refuse(fmt::format("`kubectl get -o {}` is not available in this drill yet", real));
      return false;
    }
  call.fail(fmt::format(
      "unable to match a printer suitable for the output format \"{}\", allowed formats are: "
      "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,"
      "jsonpath-file,name,template,templatefile,wide,yaml",
      output));
  return false;
}

}  // namespace

void get(KubectlCall& call) {
  if (call.words.empty()) {
    call.print_error(
        "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of "
        "supported "
        "resources.\n");
    call.fail_usage(
        "Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description of "
        "that "
        "resource (e.g. kubectl explain pods).");
    return;
  }
  if (!output_is_known(call)) return;
  const auto arguments = read_resource_arguments(call.words);
  if (!arguments) return call.fail(arguments.error().message);
  Fetched fetched = fetch(call, *arguments);
  if (sort_groups(call, fetched)) print_fetched(call, fetched);
}

}  // namespace muster::kubectl_handlers
