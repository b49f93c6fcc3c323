#include "api/kube/view.hpp"

#include "api/kube/fields_json.hpp"
#include "api/kube/resource_path.hpp"

namespace muster::kube {

namespace {

Json address_of(const Endpoint& endpoint, const std::string& namespace_) {
  Json json{{"ip", endpoint.ip}};
  put(json, "nodeName", endpoint.node);
  if (!endpoint.pod.empty()) {
    json["targetRef"] = {{"kind", "Pod"}, {"name", endpoint.pod}, {"namespace", namespace_}};
  }
  return json;
}

Json subset_of(const EndpointSlice& slice, const std::string& namespace_) {
  Json subset = Json::object();
  for (const Endpoint& endpoint : slice.endpoints) {
    if (endpoint.terminating) continue;
    subset[endpoint.ready ? "addresses" : "notReadyAddresses"].push_back(address_of(endpoint, namespace_));
  }
  if (subset.empty()) return subset;
  for (const ServicePort& port : slice.ports) {
    Json json{{"port", port.port}, {"protocol", port.protocol}};
    put(json, "name", port.name);
    subset["ports"].push_back(std::move(json));
  }
  return subset;
}

/// One slice per Service is kept here, so an Endpoints object has one subset.
ObjectPtr endpoints_of(const Object& object) {
  const EndpointSlice& slice = object.as<EndpointSlice>();
  Object shown;
  shown.api_version = "v1";
  shown.kind = "Endpoints";
  shown.meta = object.meta;
  shown.meta.name = slice.service;
  shown.meta.owners.clear();
  Json rest = Json::object();
  if (Json subset = subset_of(slice, object.meta.namespace_); !subset.empty())
    rest["subsets"].push_back(subset);
  shown.body = OtherObject{std::make_shared<const std::string>(print_json(rest))};
  return std::make_shared<const Object>(std::move(shown));
}

std::string group_of(const std::string& api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string::npos ? std::string() : api_version.substr(0, slash);
}

bool is_endpoints(const ResourceType& type) {
  return type.model == Kind::EndpointSlice && std::string_view(type.kind) == "Endpoints";
}

}  // namespace

ObjectPtr view(const ResourceType& type, const ObjectPtr& object) {
  if (!object || object->key().kind != type.model) return nullptr;
  if (is_endpoints(type)) return endpoints_of(*object);
  const bool other_group = group_of(object->api_version) != type.group && type.model != Kind::Event;
  if (object->kind != type.kind || other_group) return nullptr;
  if (type.model == Kind::Other || object->api_version == type.api_version()) return object;
  Object shown = *object;  // another version of the same kind
  shown.api_version = type.api_version();
  return std::make_shared<const Object>(std::move(shown));
}

ObjectPtr Selection::pick(const ObjectPtr& object) const {
  if (!object || (!namespace_.empty() && object->meta.namespace_ != namespace_)) return nullptr;
  ObjectPtr shown = view(*type, object);
  if (!shown || !labels.matches(shown->meta.labels) || !fields.matches(*shown)) return nullptr;
  return shown;
}

std::vector<ObjectPtr> list(const ObjectStore& store, const Selection& selection) {
  std::vector<ObjectPtr> found;
  for (const ObjectPtr& object : store.list(selection.type->model, selection.namespace_)) {
    if (ObjectPtr shown = selection.pick(object)) found.push_back(std::move(shown));
  }
  return found;
}

ObjectPtr find(const ObjectStore& store, const ResourceType& type, const std::string& namespace_,
               const std::string& name) {
  if (!is_endpoints(type)) {
    ResourcePath path;
    path.type = &type;
    path.namespace_ = namespace_;
    path.name = name;
    return view(type, store.find(path.key()));
  }
  for (const ObjectPtr& slice : store.list(type.model, namespace_)) {
    if (slice->as<EndpointSlice>().service == name) return view(type, slice);
  }
  return nullptr;
}

}  // namespace muster::kube
