#include <fmt/format.h>

#include <charconv>

#include "api/kube/clues.hpp"
#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"
#include "api/kube/view.hpp"
#include "api/kube/watch_stream.hpp"

namespace muster::kube {

namespace {

std::variant<Selection, Answer> selection_of(const Call& call) {
  Selection selection;
  selection.type = &call.type();
  selection.namespace_ = call.path.namespace_;
  auto labels = LabelSelector::parse(call.url.parameter("labelSelector"));
  if (!labels) return bad_request(labels.error().message);
  auto fields = FieldSelector::parse(call.url.parameter("fieldSelector"), call.type().kind);
  if (!fields) return bad_request(fields.error().message);
  selection.labels = *std::move(labels);
  selection.fields = *std::move(fields);
  return selection;
}

Answer watch(const Call& call, const Cluster& cluster, Selection selection) {
  const std::string& text = call.url.parameter("resourceVersion");
  std::uint64_t version = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, version);
  if (!text.empty() && (read.ec != std::errc{} || read.ptr != end)) {
    return bad_request(fmt::format("invalid resource version \"{}\"", text));
  }
  Answer answer;
  answer.stream =
      std::make_shared<WatchStream>(cluster.objects(), std::move(selection), version, cluster.epoch());
  return answer;
}

/// What no version of the object holds, because it moves all the time: heartbeats.
Json shown(const Object& object, const Cluster& cluster) {
  Json json = encode_object(object, cluster.epoch());
  if (const auto* lease = std::get_if<Lease>(&object.body)) {
    const auto renewed = cluster.last_heartbeat(lease->holder);
    if (renewed) json["spec"]["renewTime"] = format_rfc3339_micro(cluster.epoch(), *renewed);
  }
  if (!std::holds_alternative<Node>(object.body) || !json["status"].contains("conditions")) return json;
  const auto renewed = cluster.last_heartbeat(object.meta.name);
  if (!renewed) return json;
  for (Json& condition : json["status"]["conditions"])
    condition["lastHeartbeatTime"] = format_rfc3339(cluster.epoch(), *renewed);
  return json;
}

Answer list_answer(const Call& call, const Cluster& cluster, const Selection& selection) {
  const std::vector<ObjectPtr> objects = list(cluster.objects(), selection);
  Json body{{"kind", std::string(call.type().kind) + "List"}, {"apiVersion", call.type().api_version()}};
  body["metadata"]["resourceVersion"] = std::to_string(cluster.objects().resource_version());
  body["items"] = Json::array();
  for (const ObjectPtr& object : objects) body["items"].push_back(shown(*object, cluster));
  Answer answer = json_answer(200, body);
  Clues clues;
  add_list_clues(clues, objects);
  answer.clues = sorted(clues);
  return answer;
}

}  // namespace

Answer get_object(const Call& call, const Cluster& cluster) {
  const ObjectPtr object = find(cluster.objects(), call.type(), call.path.namespace_, call.path.name);
  if (!object) return not_found(call.type(), call.path.name);
  Answer answer = json_answer(200, shown(*object, cluster));
  Clues clues;
  add_read_clues(clues, *object);
  answer.clues = sorted(clues);
  return answer;
}

Answer get_collection(const Call& call, const Cluster& cluster) {
  auto selection = selection_of(call);
  if (auto* problem = std::get_if<Answer>(&selection)) return *problem;
  if (call.url.flag("watch")) return watch(call, cluster, std::get<Selection>(std::move(selection)));
  return list_answer(call, cluster, std::get<Selection>(selection));
}

}  // namespace muster::kube
