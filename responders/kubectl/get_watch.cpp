// kubectl get -w.
#include <fmt/format.h>

#include "responders/kubectl/get_fetch.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

/// A person who watches presses Ctrl-C at some time. An assumption of this console.
constexpr SimDuration watch_limit = 60s;

std::string watch_path(const KubectlCall& call, const FetchedGroup& group, const Fetched& fetched) {
  const std::string in = call.flags.truth("all-namespaces") ? "" : call.namespace_();
  std::string fields = call.flags.text("field-selector");
  if (fetched.single && !fetched.named.empty()) fields = "metadata.name=" + fetched.named.front().name;
  return collection_path(*group.type, in) + "?" +
         query_string({{"labelSelector", call.flags.text("selector")},
                       {"fieldSelector", fields},
                       {"resourceVersion", fetched.single ? "0" : group.resource_version},
                       {"watch", "true"}});
}

/// A row of the object that a watch told of, as the table before it has them.
std::string row_of(KubectlCall& call, const FetchedGroup& group, const JsonValue& object, JsonValue& columns,
                   TableOptions options) {
  options.headers = false;
  const JsonValue table = is_table(object) ? object : plain_table({object}, call.clock());
  if (table.has("columnDefinitions")) columns = table["columnDefinitions"];
  return align_rows(table_rows(table, columns, *group.type, options));
}

struct WatchPrinter {
  KubectlCall& call;
  const FetchedGroup& group;
  const TableOptions& options;
  JsonValue columns;
  bool skips_first;  // the object that the list has shown already

  void print(const JsonValue& event) {
    const std::string& type = event["type"].text();
    if (type == "BOOKMARK" || (std::exchange(skips_first, false) && type == "ADDED")) return;
    if (type == "ERROR") return call.fail(event["object"]["message"].text());
    const std::string output = output_format(call);
    if (output == "name") {
      call.print(printed_name(*group.type, event["object"]["metadata"]["name"].text()));
    } else if (!output.empty() && output != "wide") {
      if (output == "yaml") call.print("---");
      print_value(call, shown_object(call, event["object"]));
    } else {
      call.result.out += row_of(call, group, event["object"], columns, options);
    }
  }
};

}  // namespace

Task<void> watch_fetched(KubectlCall& call, const Fetched& fetched, const TableOptions& options) {
  if (fetched.groups.size() != 1) {
    if (call.result.exit_code == 0) call.fail("you may only specify a single resource type");
    co_return;
  }
  const FetchedGroup& group = fetched.groups.front();
  const bool tables = group.table.is_object();
  const std::string path = watch_path(call, group, fetched);
  const ApiReply watch = tables ? call.api.get_table(path) : call.api.get(path);
  if (!watch.ok() || watch.stream == nullptr) {
    call.fail(watch);
    co_return;
  }
  WatchPrinter printer{call, group, options, group.table["columnDefinitions"], fetched.single};
  const SimTime deadline = call.session.host.now() + watch_limit;
  while (!watch.stream->ended() || watch.stream->ready()) {
    stream_ready waiting(call.session.host, watch.stream, deadline);
    const bool more = co_await waiting;
    if (!more) {
      call.print_error(fmt::format("^C (muster: stopped watching after {})", format_duration(watch_limit)));
      call.result.exit_code = 130;  // 128 + SIGINT
      break;
    }
    for (const auto& line : watch.stream->take())
      if (const auto event = parse_json(line)) printer.print(*event);
  }
}

}  // namespace muster
