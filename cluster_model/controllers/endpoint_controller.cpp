#include "cluster_model/controllers/endpoint_controller.hpp"

#include "cluster_model/names.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

EndpointSlice endpoint_slice(const Object& service, const std::vector<ObjectPtr>& pods) {
  const auto& spec = service.as<Service>();
  EndpointSlice slice;
  slice.service = service.meta.name;
  slice.ports = spec.ports;
  for (const ObjectPtr& object : pods) {
    const auto& pod = object->as<Pod>();
    if (!selects(spec.selector, object->meta.labels) || pod.status.pod_ip.empty() || is_finished(pod))
      continue;
    Endpoint endpoint;
    endpoint.pod = object->meta.name;
    endpoint.ip = pod.status.pod_ip;
    endpoint.node = pod.spec.node_name;
    endpoint.serving = is_ready(pod);
    endpoint.terminating = object->meta.deletion_at.has_value();
    endpoint.ready = endpoint.serving && !endpoint.terminating;
    slice.endpoints.push_back(std::move(endpoint));
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
  if (key.kind == Kind::Service) return queue_.add(key);
  if (key.kind == Kind::EndpointSlice && change.type == Change::Type::deleted) {
    return queue_.add({Kind::Service, key.namespace_, change.after->as<EndpointSlice>().service});
  }
  if (key.kind != Kind::Pod) return;
  for (const ObjectPtr& service : context_.store.list(Kind::Service, key.namespace_)) {
    const StringMap& selector = service->as<Service>().selector;
    const bool matched = change.before && selects(selector, change.before->meta.labels);
    if (matched || selects(selector, change.after->meta.labels)) queue_.add(service->key());
  }
}

void EndpointController::resync() {
  for (const ObjectPtr& object : context_.store.list(Kind::Service)) enqueue(object->key());
}

Object EndpointController::slice_object(const Object& service) const {
  Object object;
  object.api_version = "discovery.k8s.io/v1";
  object.kind = "EndpointSlice";
  object.meta.namespace_ = service.meta.namespace_;
  object.meta.name = service.meta.name + "-" + name_suffix(context_.seed, entity_of(service.key()), 0);
  object.meta.labels = {{"kubernetes.io/service-name", service.meta.name},
                        {"endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"}};
  object.meta.owners = {{service.api_version, service.kind, service.meta.name, service.meta.uid, true}};
  object.body = endpoint_slice(service, context_.store.list(Kind::Pod, service.meta.namespace_));
  return object;
}

void EndpointController::reconcile(const ObjectKey& key) {
  const ObjectPtr service = context_.store.find(key);
  if (!service || service->as<Service>().selector.empty()) return routing_.follow(key, nullptr);
  Object next = slice_object(*service);
  const EndpointSlice slice = next.as<EndpointSlice>();
  const ObjectPtr before = context_.store.find(next.key());
  if (!before) {
    if (!context_.api.create(std::move(next))) return;
  } else if (before->as<EndpointSlice>().endpoints != slice.endpoints ||
             before->as<EndpointSlice>().ports != slice.ports) {
    Object changed = *before;
    changed.body = slice;
    context_.api.write(std::move(changed), false);
  }
  routing_.follow(key, &slice);
}

void EndpointController::settle(const ObjectKey& key, SimTime created) {
  const ObjectPtr service = context_.store.find(key);
  if (!service || service->as<Service>().selector.empty()) return;
  const Result<ObjectPtr> slice = context_.api.create_old(slice_object(*service), created);
  if (slice) routing_.follow_now(key, slice.value()->as<EndpointSlice>());
}

}  // namespace muster
