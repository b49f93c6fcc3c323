#include "cluster_model/controllers/endpoint_controller.hpp"

#include <optional>

#include "cluster_model/names.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

/// Nothing if the pod is no endpoint of this service.
std::optional<Endpoint> endpoint_of(const Service& service, const Object& object) {
  const auto& pod = object.as<Pod>();
  if (pod.status.pod_ip.empty() || is_finished(pod) || !selects(service.selector, object.meta.labels))
    return std::nullopt;
  Endpoint endpoint;
  endpoint.pod = object.meta.name;
  endpoint.ip = pod.status.pod_ip;
  endpoint.node = pod.spec.node_name;
  endpoint.serving = is_ready(pod);
  endpoint.terminating = object.meta.deletion_at.has_value();
  endpoint.ready = endpoint.serving && !endpoint.terminating;
  return endpoint;
}

}  // namespace

EndpointSlice endpoint_slice(const Object& service, const std::vector<ObjectPtr>& pods) {
  const auto& spec = service.as<Service>();
  EndpointSlice slice;
  slice.service = service.meta.name;
  slice.ports = spec.ports;
  for (const ObjectPtr& pod : pods) {
    if (auto endpoint = endpoint_of(spec, *pod)) slice.endpoints.push_back(*std::move(endpoint));
  }
  return slice;  // sorted by pod name, as the store lists them
}

EndpointController::EndpointController(ControlContext& context, ServiceRouting& routing)
    : context_(context),
      routing_(routing),
      queue_(context.engine, context.seed, "endpointslice", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void EndpointController::watch(const Change& change) {
  const ObjectKey key = change.after->key();
  if (key.kind == Kind::Service) {
    known_.erase(key);
    return queue_.add(key);
  }
  if (key.kind == Kind::EndpointSlice && change.type == Change::Type::deleted) {
    return queue_.add({Kind::Service, key.namespace_, change.after->as<EndpointSlice>().service});
  }
  if (key.kind != Kind::Pod) return;
  for (const ObjectPtr& service : context_.store.list(Kind::Service, key.namespace_)) {
    const StringMap& selector = service->as<Service>().selector;
    const bool matched = change.before && selects(selector, change.before->meta.labels);
    if (!matched && !selects(selector, change.after->meta.labels)) continue;
    note(*service, change);
    queue_.add(service->key());
  }
}

/// Keeps what is known of the service's endpoints up to date with one pod's change.
void EndpointController::note(const Object& service, const Change& change) {
  const auto known = known_.find(service.key());
  if (known == known_.end()) return;
  const Object& pod = *change.after;
  auto endpoint =
      change.type == Change::Type::deleted ? std::nullopt : endpoint_of(service.as<Service>(), pod);
  if (endpoint) {
    known->second[pod.meta.name] = *std::move(endpoint);
  } else {
    known->second.erase(pod.meta.name);
  }
}

void EndpointController::resync() {
  known_.clear();
  for (const ObjectPtr& object : context_.store.list(Kind::Service)) enqueue(object->key());
}

void EndpointController::check_invariants() const {
  for (const auto& [key, known] : known_) {
    const ObjectPtr service = context_.store.find(key);
    if (!service) continue;
    const EndpointSlice whole = endpoint_slice(*service, context_.store.list(Kind::Pod, key.namespace_));
    MUSTER_ASSERT(whole.endpoints.size() == known.size(), "an endpoint was lost or doubled");
    for (const Endpoint& endpoint : whole.endpoints) {
      const auto found = known.find(endpoint.pod);
      MUSTER_ASSERT(found != known.end() && found->second == endpoint, "an endpoint is out of date");
    }
  }
}

EndpointSlice EndpointController::present_slice(const Object& service) {
  const auto [found, fresh] = known_.try_emplace(service.key());
  if (fresh) {
    EndpointSlice whole = endpoint_slice(service, context_.store.list(Kind::Pod, service.meta.namespace_));
    for (Endpoint& endpoint : whole.endpoints) found->second[endpoint.pod] = std::move(endpoint);
  }
  EndpointSlice slice;
  slice.service = service.meta.name;
  slice.ports = service.as<Service>().ports;
  slice.endpoints.reserve(found->second.size());
  for (const auto& [pod, endpoint] : found->second) slice.endpoints.push_back(endpoint);
  return slice;
}

Object EndpointController::slice_object(const Object& service, EndpointSlice slice) const {
  Object object;
  object.api_version = "discovery.k8s.io/v1";
  object.kind = "EndpointSlice";
  object.meta.namespace_ = service.meta.namespace_;
  object.meta.name = service.meta.name + "-" + name_suffix(context_.seed, entity_of(service.key()), 0);
  object.meta.labels = {{"kubernetes.io/service-name", service.meta.name},
                        {"endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"}};
  object.meta.owners = {{service.api_version, service.kind, service.meta.name, service.meta.uid, true}};
  object.body = std::move(slice);
  return object;
}

void EndpointController::reconcile(const ObjectKey& key) {
  const ObjectPtr service = context_.store.find(key);
  if (!service || service->as<Service>().selector.empty()) {
    known_.erase(key);
    return routing_.follow(key, nullptr);
  }
  Object next = slice_object(*service, present_slice(*service));
  const ObjectPtr before = context_.store.find(next.key());
  ObjectPtr written = before;
  if (!before) {
    const Result<ObjectPtr> created = context_.api.create(std::move(next));
    if (!created) return;
    written = created.value();
  } else if (before->as<EndpointSlice>().endpoints != next.as<EndpointSlice>().endpoints ||
             before->as<EndpointSlice>().ports != next.as<EndpointSlice>().ports) {
    next.meta = before->meta;
    next.rest = before->rest;
    written = context_.api.write(std::move(next), false);
  }
  routing_.follow(key, &written->as<EndpointSlice>());
}

void EndpointController::settle(const ObjectKey& key, SimTime created) {
  const ObjectPtr service = context_.store.find(key);
  if (!service || service->as<Service>().selector.empty()) return;
  EndpointSlice whole = endpoint_slice(*service, context_.store.list(Kind::Pod, service->meta.namespace_));
  const Result<ObjectPtr> slice = context_.api.create_old(slice_object(*service, std::move(whole)), created);
  if (slice) routing_.follow_now(key, slice.value()->as<EndpointSlice>());
}

}  // namespace muster
