#include "api/kube/presenter.hpp"

namespace muster::kube {

namespace {

void rename(Json& json, const char* from, const char* to) {
  const auto found = json.find(from);
  if (found == json.end()) return;
  Json value = std::move(*found);
  json.erase(found);
  json[to] = std::move(value);
}

/// What no version of the object holds, because it moves all the time: heartbeats.
void fill_in_heartbeats(Json& json, const Object& object, const Cluster& cluster) {
  if (const auto* lease = std::get_if<Lease>(&object.body)) {
    const auto renewed = cluster.last_heartbeat(lease->holder);
    if (renewed) json["spec"]["renewTime"] = format_rfc3339_micro(cluster.epoch(), *renewed);
  }
  if (!std::holds_alternative<Node>(object.body) || !json["status"].contains("conditions")) return;
  const auto renewed = cluster.last_heartbeat(object.meta.name);
  if (!renewed) return;
  for (Json& condition : json["status"]["conditions"])
    condition["lastHeartbeatTime"] = format_rfc3339(cluster.epoch(), *renewed);
}

/// What the kubelet reports of its machine, unless the system's manifests say otherwise.
void fill_in_addresses(Json& json, const Object& object, const Cluster& cluster) {
  if (!std::holds_alternative<Node>(object.body) || json["status"].contains("addresses")) return;
  const std::string address = cluster.node_address(object.meta.name);
  if (address.empty()) return;
  json["status"]["addresses"] = {{{"type", "InternalIP"}, {"address", address}},
                                 {{"type", "Hostname"}, {"address", object.meta.name}}};
}

}  // namespace

std::int64_t unix_now(const Cluster& cluster) {
  return cluster.epoch().unix_seconds +
         std::chrono::floor<std::chrono::seconds>(cluster.now().time_since_epoch()).count();
}

Json newer_event(Json event) {
  rename(event, "involvedObject", "regarding");
  rename(event, "message", "note");
  rename(event, "reportingComponent", "reportingController");
  rename(event, "source", "deprecatedSource");
  rename(event, "firstTimestamp", "deprecatedFirstTimestamp");
  rename(event, "lastTimestamp", "deprecatedLastTimestamp");
  rename(event, "count", "deprecatedCount");
  return event;
}

Result<Presenter> Presenter::of(const Call& call, const Cluster& cluster) {
  auto table = table_request(call.request.accept, call.url.parameter("includeObject"));
  if (!table) return table.error();
  return Presenter(call.type(), cluster, *std::move(table));
}

TableMoment Presenter::moment() const {
  return {unix_now(*cluster_), cluster_->epoch()};
}

Json Presenter::full(const Object& object) const {
  Json json = encode_object(object, cluster_->epoch());
  fill_in_heartbeats(json, object, *cluster_);
  fill_in_addresses(json, object, *cluster_);
  return object.api_version == "events.k8s.io/v1" ? newer_event(std::move(json)) : json;
}

Json Presenter::one(const Object& object) const {
  return event(object, true);
}

Json Presenter::event(const Object& object, bool first) const {
  Json json = full(object);
  if (!table_) return json;
  Json metadata{{"resourceVersion", std::to_string(object.meta.resource_version)}};
  return table_of(type_->kind, Json::array({std::move(json)}), std::move(metadata), *table_, moment(), first);
}

Json Presenter::list(const std::vector<ObjectPtr>& objects, Json metadata) const {
  Json items = Json::array();
  for (const ObjectPtr& object : objects) items.push_back(full(*object));
  if (table_) return table_of(type_->kind, items, std::move(metadata), *table_, moment());
  return {{"kind", std::string(type_->kind) + "List"},
          {"apiVersion", type_->api_version()},
          {"metadata", std::move(metadata)},
          {"items", std::move(items)}};
}

}  // namespace muster::kube
