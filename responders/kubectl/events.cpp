// kubectl events (k8s.io/kubectl/pkg/cmd/events).
#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

std::string first_time(const JsonValue& event) {
  const std::string& first = event["firstTimestamp"].text();
  return first.empty() ? event["eventTime"].text() : first;
}
std::string last_time(const JsonValue& event) {
  const std::string& last = event["lastTimestamp"].text();
  return last.empty() ? first_time(event) : last;
}

/// "12s (x5 over 3m)"
std::string seen(const JsonValue& event, const Clock& clock) {
  const auto count = event["count"].whole();
  if (count <= 1) return clock.age(last_time(event));
  return fmt::format("{} (x{} over {})", clock.age(last_time(event)), count, clock.age(first_time(event)));
}

/// The field selector of --for TYPE/NAME. Nothing after printing what is wrong.
std::optional<std::string> selector_of(KubectlCall& call) {
  const std::string about = call.flags.text("for");
  if (about.empty()) return std::string();
  const auto arguments = read_resource_arguments({about});
  if (!arguments || arguments->named.size() != 1) {
    call.fail(arguments ? "--for must be in resource/name form" : arguments.error().message);
    return std::nullopt;
  }
  const NamedResource& named = arguments->named.front();
  const std::string version = named.type->group.empty()
                                  ? std::string(named.type->version)
                                  : fmt::format("{}/{}", named.type->group, named.type->version);
  return fmt::format("involvedObject.kind={},involvedObject.apiVersion={},involvedObject.name={}",
                     named.type->kind, version, named.name);
}

bool is_wanted(const std::string& types, const std::string& type) {
  if (types.empty()) return true;
  const auto all = split_at(types, ',');
  return std::any_of(all.begin(), all.end(),
                     [&](const std::string& each) { return lower_case(each) == lower_case(type); });
}

}  // namespace

void events(KubectlCall& call) {
  if (!output_is_known(call, false)) return;
  const auto selector = selector_of(call);
  if (!selector) return;
  const bool everywhere = call.flags.truth("all-namespaces");
  const std::string path =
      collection_path(*find_resource_type("events"), everywhere ? "" : call.namespace_()) + "?" +
      query_string({{"fieldSelector", *selector}, {"limit", "500"}});
  ApiReply reply = call.api.get(path);
  if (!reply.ok()) return call.fail(reply);
  auto& items = reply.body.member("items").mutable_items();
  std::erase_if(items, [&](const JsonValue& event) {
    return !is_wanted(call.flags.text("types"), event["type"].text());
  });
  std::stable_sort(items.begin(), items.end(),
                   [](const JsonValue& a, const JsonValue& b) { return last_time(a) < last_time(b); });
  if (call.flags.has("output")) return print_value(call, reply.body);
  if (items.empty())
    return call.print_error(everywhere ? "No events found."
                                       : fmt::format("No events found in {} namespace.", call.namespace_()));
  std::vector<std::vector<std::string>> rows;
  if (!call.flags.truth("no-headers")) rows.push_back({"LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"});
  if (everywhere && !rows.empty()) rows.front().insert(rows.front().begin(), "NAMESPACE");
  for (const JsonValue& event : items) {
    const JsonValue& about = event["involvedObject"];
    rows.push_back({seen(event, call.clock()), event["type"].text(), event["reason"].text(),
                    about["kind"].text() + "/" + about["name"].text(),
                    std::string(trimmed(event["message"].text()))});
    if (everywhere) rows.back().insert(rows.back().begin(), event["metadata"]["namespace"].text());
  }
  call.result.out += align_rows(rows);
}

}  // namespace muster::kubectl_handlers
