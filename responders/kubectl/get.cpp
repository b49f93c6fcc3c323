// kubectl get.
#include <fmt/format.h>

#include "responders/kubectl/get_fetch.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

TableOptions table_options(const KubectlCall& call, const Fetched& fetched) {
  TableOptions options;
  options.wide = call.flags.text("output") == "wide";
  options.with_namespace = call.flags.truth("all-namespaces");
  options.with_labels = call.flags.truth("show-labels");
  options.headers = !call.flags.truth("no-headers");
  options.with_kind = fetched.groups.size() > 1 || call.flags.truth("show-kind");
  for (const auto& columns : call.flags.all("label-columns"))
    for (const auto& column : split_at(columns, ',')) options.label_columns.push_back(column);
  return options;
}

std::string table_of(const KubectlCall& call, const FetchedGroup& group, TableOptions options) {
  options.with_namespace = options.with_namespace && group.type->namespaced;
  const JsonValue table = group.table.is_object() ? group.table : plain_table(group.objects, call.clock());
  if (table["rows"].items().empty()) return {};
  return align_rows(table_rows(table, table["columnDefinitions"], *group.type, options));
}

void print_tables(KubectlCall& call, const Fetched& fetched, const TableOptions& options) {
  bool printed = false;
  for (const auto& group : fetched.groups) {
    const std::string table = table_of(call, group, options);
    if (table.empty()) continue;
    if (std::exchange(printed, true)) call.print("");
    call.result.out += table;
  }
  if (printed || call.result.exit_code != 0 || call.flags.truth("ignore-not-found")) return;
  const bool everywhere = call.flags.truth("all-namespaces") ||
                          (fetched.groups.size() == 1 && !fetched.groups.front().type->namespaced);
  call.print_error(everywhere ? "No resources found"
                              : fmt::format("No resources found in {} namespace.", call.namespace_()));
}

/// The object asked for, or a List of them all.
JsonValue as_one_value(const KubectlCall& call, const Fetched& fetched) {
  JsonValue items = JsonValue::array();
  for (const auto& group : fetched.groups)
    for (const auto& object : group.objects) items.append(shown_object(call, object));
  if (fetched.single && items.items().size() == 1) return items.at(0);
  JsonValue list = JsonValue::object();
  list.member("apiVersion") = "v1";
  list.member("kind") = "List";
  list.member("metadata").member("resourceVersion") = "";
  list.member("items") = std::move(items);
  return list;
}

void print_fetched(KubectlCall& call, const Fetched& fetched, bool tables) {
  if (tables) return print_tables(call, fetched, table_options(call, fetched));
  if (fetched.groups.empty()) return;
  if (call.flags.text("output") != "name") return print_value(call, as_one_value(call, fetched));
  for (const auto& group : fetched.groups)
    for (const auto& object : group.objects)
      call.print(printed_name(*group.type, object["metadata"]["name"].text()));
}

void need_a_type(KubectlCall& call) {
  call.print_error(
      "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of "
      "supported resources.\n");
  call.fail_usage(
      "Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description of "
      "that resource (e.g. kubectl explain pods).");
}

void get_raw(KubectlCall& call) {
  const ApiReply reply = call.api.get(call.flags.text("raw"));
  if (!reply.ok()) return call.fail(reply);
  call.result.out += reply.raw;
}

}  // namespace

Task<void> get(KubectlCall& call) {
  if (call.flags.has("raw")) {
    get_raw(call);
    co_return;
  }
  if (call.words.empty() && !call.flags.has("filename")) {
    need_a_type(call);
    co_return;
  }
  if (!output_is_known(call, true)) co_return;
  const std::string output = output_format(call);
  const bool tables = output.empty() || output == "wide";
  Fetched fetched = fetch_resources(call, tables && call.flags.truth("server-print", true));
  if (!sort_fetched(call, fetched)) co_return;
  if (!call.flags.truth("watch-only")) print_fetched(call, fetched, tables);
  if (!call.flags.truth("watch") && !call.flags.truth("watch-only")) co_return;
  if (call.result.exit_code != 0) co_return;
  if (!tables || !call.result.out.empty()) call.result.err.clear();
  Task<void> watching = watch_fetched(call, fetched, table_options(call, fetched));
  co_await watching;
}

}  // namespace muster::kubectl_handlers
