#include "cluster_model/initial_state.hpp"

#include <fmt/format.h>

#include <set>

#include "cluster_model/controllers/deployment_status.hpp"
#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/rollout.hpp"
#include "cluster_model/controllers/volume_fit.hpp"
#include "cluster_model/default_nodes.hpp"
#include "cluster_model/defaults.hpp"
#include "cluster_model/kubelet/node_status.hpp"
#include "cluster_model/objects/templates.hpp"
#include "cluster_model/pod_facts.hpp"
#include "sim/random.hpp"

namespace muster {

std::vector<std::string> default_node_names() {
  std::vector<std::string> names;
  for (int i = 1; i <= defaults::nodes; ++i) names.push_back(fmt::format("node-{}", i));
  return names;
}

namespace {

void collect_images(const PodSpec& spec, std::set<std::string>& images) {
  for (const Container& container : spec.containers) images.insert(container.image);
  for (const Container& container : spec.init_containers) images.insert(container.image);
}

/// Every image that the objects' pods use, sorted.
std::vector<std::string> images_in(const std::vector<Object>& objects) {
  std::set<std::string> images;
  for (const Object& object : objects) {
    if (const auto* pod = std::get_if<Pod>(&object.body)) collect_images(pod->spec, images);
    if (const PodTemplate* pods = template_of(object)) collect_images(pods->spec, images);
  }
  return {images.begin(), images.end()};
}

Object plain_object(const char* kind, const std::string& name) {
  Object object;
  object.api_version = "v1";
  object.kind = kind;
  object.meta.name = name;
  return object;
}

Object lease_of(const std::string& node) {
  Object lease = plain_object("Lease", node);
  lease.api_version = "coordination.k8s.io/v1";
  lease.meta.namespace_ = lease_namespace;
  lease.body = Lease{node, NodeHealth::lease_duration, {}};
  return lease;
}

std::vector<Object> default_nodes() {
  std::vector<Object> nodes;
  for (const std::string& name : default_node_names()) {
    Object node = plain_object("Node", name);
    node.meta.labels = {{"kubernetes.io/hostname", node.meta.name}, {"kubernetes.io/os", "linux"}};
    Node body;
    body.cpu_millis = defaults::node_cpu_millis;
    body.memory_bytes = defaults::node_memory_bytes;
    node.body = std::move(body);
    nodes.push_back(std::move(node));
  }
  return nodes;
}

}  // namespace

Result<void> InitialState::build(const std::vector<Object>& objects) {
  installed_ = some_time_ago("system", 480h, 960h);  // 20 to 40 days
  if (auto ok = create_namespaces(objects); !ok) return ok;
  if (auto ok = create_nodes(objects); !ok) return ok;
  for (const Object& object : objects) {
    const Kind kind = object.key().kind;
    if (kind == Kind::Namespace || kind == Kind::Node) continue;
    const std::string entity = "release/" + object.meta.namespace_ + "/" + object.meta.name;
    const bool workload = kind == Kind::Pod || template_of(object);
    const SimTime created = workload ? some_time_ago(entity, 24h, 144h) : installed_;  // 1 to 6 days
    if (auto ok = create(object, created); !ok) return ok;
  }
  if (auto ok = create_storage_classes(objects); !ok) return ok;
  settle_workloads();
  for (const ObjectPtr& deployment : plane_.context_.store.list(Kind::Deployment)) release(deployment);
  for (const ObjectPtr& set : plane_.context_.store.list(Kind::ReplicaSet)) {
    if (!controller_of(set->meta)) plane_.replica_sets_.enqueue(set->key());
  }
  place_bare_pods();
  for (const ObjectPtr& budget : plane_.context_.store.list(Kind::PodDisruptionBudget)) {
    plane_.disruptions_.settle(budget->key());
  }
  settle_quotas();
  for (const ObjectPtr& service : plane_.context_.store.list(Kind::Service)) {
    plane_.endpoints_.settle(service->key(), installed_);
  }
  plane_.ingresses_.settle();
  return {};
}

Result<void> InitialState::create(const Object& object, SimTime created) {
  Object given = object;
  const Kind kind = given.key().kind;
  if (is_namespaced(kind) && kind != Kind::Other && given.meta.namespace_.empty())
    given.meta.namespace_ = "default";
  Result<ObjectPtr> made = plane_.api_.create_old(std::move(given), created);
  if (made) return {};
  Error error = made.error();
  error.message = fmt::format("{} \"{}\": {}", object.kind, object.meta.name, error.message);
  return error;
}

Result<void> InitialState::create_namespaces(const std::vector<Object>& objects) {
  std::set<std::string> implied{"default", "kube-system", lease_namespace};
  for (const Object& object : objects) {
    if (object.key().kind == Kind::Namespace) {
      if (auto ok = create(object, installed_); !ok) return ok;
    } else if (!object.meta.namespace_.empty()) {
      implied.insert(object.meta.namespace_);
    }
  }
  for (const std::string& name : implied) {
    if (plane_.context_.store.find(Kind::Namespace, {}, name)) continue;
    Object object = plain_object("Namespace", name);
    object.body = Namespace_{};
    if (auto ok = create(object, installed_); !ok) return ok;
  }
  return {};
}

Result<void> InitialState::create_nodes(const std::vector<Object>& objects) {
  std::vector<Object> nodes;
  for (const Object& object : objects) {
    if (object.key().kind == Kind::Node) nodes.push_back(object);
  }
  if (nodes.empty()) nodes = default_nodes();
  const std::vector<std::string> images = images_in(objects);
  for (Object& node : nodes) {
    auto& body = node.as<Node>();
    std::set<std::string> present(body.images.begin(), body.images.end());
    present.insert(images.begin(), images.end());
    body.images.assign(present.begin(), present.end());
    if (body.conditions.empty()) body.conditions = node_conditions(false, false, installed_);
    if (auto ok = create(node, installed_); !ok) return ok;
    if (auto ok = create(lease_of(node.meta.name), installed_); !ok) return ok;
  }
  return {};
}

SimTime InitialState::some_time_ago(const std::string& entity, SimDuration least, SimDuration most) const {
  const RandomStream luck(plane_.context_.seed, entity, "age");
  const std::int64_t seconds = (most - least) / 1s;
  return sim_start - least -
         1s * static_cast<std::int64_t>(below(luck.at(0), static_cast<std::uint64_t>(seconds)));
}

void InitialState::release(const ObjectPtr& deployment) {
  const auto& spec = deployment->as<Deployment>();
  const int most = spec.replicas + rollout_limits(spec).surge;
  const SimTime released = deployment->meta.created;
  const Result<ObjectPtr> set =
      plane_.api_.create_old(new_replica_set(*deployment, spec.replicas, most, 1, 0), released);
  if (set && !spec.paused && start_pods(*set.value(), released))
    return complete(deployment, set.value(), released);
  if (set) take_back(*set.value());
  plane_.deployments_.enqueue(deployment->key());
}

bool InitialState::start_pods(const Object& replica_set, SimTime released) {
  for (int i = 0; i < replica_set.as<ReplicaSet>().replicas; ++i) {
    const std::string name = plane_.replica_sets_.next_pod_name(replica_set);
    // One after the other, as the rollout went.
    const SimTime created = released + 15s * i;
    const Result<ObjectPtr> pod = plane_.api_.create_old(new_pod(replica_set, name), created);
    if (!pod || !place(pod.value(), created + 3s)) return false;
  }
  return true;
}

bool InitialState::place(const ObjectPtr& pod, SimTime started) {
  Object bound = *pod;
  if (!volume_verdict(plane_.context_.store, *pod).ready) return false;
  std::string& node = bound.as<Pod>().spec.node_name;
  if (node.empty()) node = plane_.scheduler_.choose(*pod);
  Kubelet* kubelet = plane_.kubelet_of(node);
  if (!kubelet) return false;
  const ObjectPtr placed = plane_.context_.api.write(bound, false);
  if (!kubelet->resume(placed, started, bound.as<Pod>().status)) return false;
  plane_.context_.api.write(std::move(bound), false);
  return true;
}

void InitialState::place_bare_pods() {
  for (const ObjectPtr& pod : plane_.context_.store.list(Kind::Pod)) {
    if (controller_of(pod->meta) || place(pod, pod->meta.created + 3s)) continue;
    Kubelet* kubelet = plane_.kubelet_of(plane_.context_.store.find(pod->key())->as<Pod>().spec.node_name);
    if (kubelet) kubelet->enqueue(pod->key());
    if (!kubelet) plane_.scheduler_.enqueue(pod->key());
  }
}

void InitialState::take_back(const Object& replica_set) {
  ControlContext& context = plane_.context_;
  take_back_pods(replica_set);
  (void)context.store.remove(replica_set.key()).has_value();
}

void InitialState::complete(const ObjectPtr& deployment, const ObjectPtr& replica_set, SimTime released) {
  ControlContext& context = plane_.context_;
  const std::vector<ObjectPtr> pods = controlled_pods(context.store, *replica_set);
  Object set = *replica_set;
  set.as<ReplicaSet>().status = replica_set_status(set, pods, context.engine.now());
  const ObjectPtr ready_set = context.api.write(std::move(set), false);

  Object next = *deployment;
  next.meta.annotations[revision_annotation] = "1";
  const SimTime ready = released + 15s * static_cast<std::int64_t>(pods.size());
  next.as<Deployment>().status = rollout_status(next, ready_set, {ready_set}, ready);
  context.api.write(next, false);
  plane_.deployments_.announce(next);
}

}  // namespace muster
