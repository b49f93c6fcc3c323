#include "responders/kubectl/describe_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "responders/kubectl/describe_template.hpp"
#include "responders/kubectl/table.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string event_age(const JsonValue& event, const Clock& clock) {
  const std::string& first = event["firstTimestamp"].text();
  const std::string first_age = clock.age(first.empty() ? event["eventTime"].text() : first);
  if (event["count"].whole() <= 1) return first_age;
  return fmt::format("{} (x{} over {})", clock.age(event["lastTimestamp"].text()), event["count"].whole(),
                     first_age);
}

}  // namespace

std::string describe_events(KubectlCall& call, const Target& target) {
  const bool pod = target.type->kind == "Pod";  // the real one asks for a pod's without the kind
  const std::string selector =
      fmt::format("involvedObject.name={},involvedObject.namespace={},{}involvedObject.uid={}", target.name,
                  target.namespace_, pod ? "" : fmt::format("involvedObject.kind={},", target.type->kind),
                  target.object["metadata"]["uid"].text());
  const ApiReply reply = call.api.get(collection_path(*find_resource_type("events"), target.namespace_) +
                                      "?" + query_string({{"fieldSelector", selector}, {"limit", "500"}}));
  if (!reply.ok()) return {};  // the real one leaves them out too
  auto events = reply.body["items"].items();
  if (events.empty()) return "Events:\t<none>\n";
  std::stable_sort(events.begin(), events.end(), [](const JsonValue& a, const JsonValue& b) {
    return a["lastTimestamp"].text() < b["lastTimestamp"].text();
  });
  std::string out = "Events:\n  Type\tReason\tAge\tFrom\tMessage\n  ----\t------\t----\t----\t-------\n";
  for (const auto& event : events) {
    const std::string& source = event["source"]["component"].text();
    out += fmt::format("  {}\t{}\t{}\t{}\t{}\n", event["type"].text(), event["reason"].text(),
                       event_age(event, call.clock()),
                       source.empty() ? event["reportingComponent"].text() : source,
                       trimmed(event["message"].text()));
  }
  return out;
}

std::string describe_name(const Target& target) {
  std::string out = "Name:\t" + target.name + "\n";
  if (target.type->namespaced) out += "Namespace:\t" + target.namespace_ + "\n";
  return out;
}

std::string describe_maps(const Target& target) {
  const JsonValue& metadata = target.object["metadata"];
  return describe_labels("Labels", metadata["labels"]) +
         describe_annotations("Annotations", metadata["annotations"]);
}

std::string describe_owner(const JsonValue& object) {
  for (const JsonValue& owner : object["metadata"]["ownerReferences"].items())
    if (owner["controller"].truth())
      return "Controlled By:\t" + owner["kind"].text() + "/" + owner["name"].text() + "\n";
  return {};
}

std::string selector_text(const JsonValue& selector) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : selector["matchLabels"].members())
    parts.push_back(key + "=" + display_text(value));
  for (const JsonValue& each : selector["matchExpressions"].items()) {
    std::vector<std::string> values;
    for (const JsonValue& value : each["values"].items()) values.push_back(value.text());
    const std::string& key = each["key"].text();
    const std::string& how = each["operator"].text();
    parts.push_back(how == "Exists" ? key
                    : how == "DoesNotExist"
                        ? "!" + key
                        : fmt::format("{} {} ({})", key, how == "In" ? "in" : "notin", join(values, ",")));
  }
  return parts.empty() ? "<none>" : join(parts, ",");
}

JsonValue::Array list_of(KubectlCall& call, const std::string& path) {
  const ApiReply reply = call.api.get(path);
  if (!reply.ok()) call.fail(reply);
  return reply.body["items"].items();
}

std::string describe_pods_status(KubectlCall& call, const Target& target) {
  const auto pods =
      list_of(call, collection_path(*find_resource_type("pods"), target.namespace_) + "?" +
                        query_string({{"labelSelector", selector_text(target.object["spec"]["selector"])}}));
  static constexpr std::array<std::string_view, 4> phases{"Running", "Pending", "Succeeded", "Failed"};
  std::array<int, 4> counts{};
  for (const JsonValue& pod : pods)
    for (const JsonValue& owner : pod["metadata"]["ownerReferences"].items())
      for (std::size_t i = 0; i < phases.size(); ++i)
        counts[i] +=
            owner["uid"] == target.object["metadata"]["uid"] && pod["status"]["phase"].text() == phases[i];
  return fmt::format("Pods Status:\t{} Running / {} Waiting / {} Succeeded / {} Failed\n", counts[0],
                     counts[1], counts[2], counts[3]);
}

}  // namespace muster
