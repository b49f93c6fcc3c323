#include "cluster_model/control_plane.hpp"

#include "cluster_model/initial_state.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

/// Does the change matter to the pod's kubelet? Its own status writes do not.
bool concerns_kubelet(const Change& change) {
  if (change.type != Change::Type::modified) return true;
  const Object& before = *change.before;
  const Object& after = *change.after;
  const PodSpec& old_spec = before.as<Pod>().spec;
  const PodSpec& spec = after.as<Pod>().spec;
  if (old_spec.node_name != spec.node_name || before.meta.deletion_at != after.meta.deletion_at ||
      before.meta.labels != after.meta.labels) {
    return true;
  }
  for (std::size_t i = 0; i < spec.containers.size(); ++i) {
    if (spec.containers[i].image != old_spec.containers[i].image) return true;
  }
  return false;
}

}  // namespace

ControlPlane::ControlPlane(Engine& engine, FactSink& facts, ObjectStore& store, ContainerLogs& logs,
                           RequestPath& requests, NodeDisks& disks, const SystemProfile& profile,
                           std::uint64_t seed, Epoch epoch)
    : api_(engine, store, seed),
      events_(engine, facts, store, api_, seed),
      nodes_(engine, seed, profile.cluster.node_boot),
      context_{engine,  facts, store,  api_,  events_,   logs, requests,
               profile, seed,  nodes_, disks, registry_, epoch},
      routing_(context_, [this](const ObjectKey& pod, int service) { return server_of(pod, service); }),
      deployments_(context_),
      replica_sets_(context_),
      scheduler_(context_),
      endpoints_(context_, routing_),
      garbage_(context_),
      lifecycle_(context_),
      taint_eviction_(context_),
      disruptions_(context_),
      pod_collector_(context_),
      stateful_sets_(context_),
      daemon_sets_(context_),
      jobs_(context_),
      cron_jobs_(context_),
      volumes_(context_),
      quotas_(context_),
      usage_(engine, [this] { return container_usage(); }),
      autoscalers_(context_, [this](const ObjectKey& pod) { return usage(pod); }),
      ingresses_(context_),
      // One line each, so that additions do not collide.
      // clang-format off
      controllers_{
          &replica_sets_,
          &deployments_,
          &scheduler_,
          &endpoints_,
          &garbage_,
          &lifecycle_,
          &taint_eviction_,
          &disruptions_,
          &pod_collector_,
          &stateful_sets_,
          &daemon_sets_,
          &jobs_,
          &cron_jobs_,
          &volumes_,
          &quotas_,
          &autoscalers_,
          &ingresses_,
      },
      housekeeping_(engine, [this] { keep_house(); }) {
  // clang-format on
  nodes_.subscribe([this](const std::string& node, NodeState before, NodeState now) {
    if (Kubelet* kubelet = kubelet_of(node)) kubelet->follow(before, now);
    lifecycle_.watch_health();
  });
  store.subscribe([this](const Change& change) { watch(change); });
}

Result<void> ControlPlane::settle(const std::vector<Object>& objects) {
  MUSTER_ASSERT(!settled_, "a cluster is settled once");
  if (auto ok = InitialState(*this).build(objects); !ok) return ok;
  settled_ = true;
  housekeeping_.start_in(EvictionManager::monitor_period);
  usage_.begin();
  return {};
}

void ControlPlane::watch(const Change& change) {
  const ObjectKey key = change.after->key();
  scheduler_.count(change);
  replica_sets_.count(change);
  if (key.kind == Kind::Node && change.type == Change::Type::added) add_kubelet(key.name);
  if (key.kind == Kind::Pod) {
    pods_created_ += change.type == Change::Type::added;
    pods_deleted_ += change.type == Change::Type::deleted;
  }
  if (!settled_ || key.kind == Kind::Event) return;
  if (key.kind == Kind::Pod) {
    tell_pod(change);
    Kubelet* kubelet = kubelet_of(change.after->as<Pod>().spec.node_name);
    if (kubelet && concerns_kubelet(change)) kubelet->enqueue(key);
  }
  if (key.kind == Kind::ConfigMap || key.kind == Kind::Secret) {
    for (const auto& [node, kubelet] : kubelets_) kubelet->follow_config(key);
  }
  for (Controller* controller : controllers_) controller->watch(change);
}

void ControlPlane::keep_house() {
  for (const auto& [node, kubelet] : kubelets_) {
    if (nodes_.running(node)) kubelet->check_pressure();
  }
  housekeeping_.start_in(EvictionManager::monitor_period);
}

ContainerWorker* ControlPlane::container(const ObjectKey& pod, const std::string& name) const {
  const ObjectPtr object = context_.store.find(pod);
  const Kubelet* kubelet = object ? kubelet_of(object->as<Pod>().spec.node_name) : nullptr;
  return kubelet ? kubelet->container(object->meta.uid, name) : nullptr;
}

void ControlPlane::resync() {
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod)) {
    if (Kubelet* kubelet = kubelet_of(pod->as<Pod>().spec.node_name)) kubelet->enqueue(pod->key());
  }
  for (Controller* controller : controllers_) controller->resync();
}

std::vector<ContainerUsage> ControlPlane::container_usage() const {
  std::vector<ContainerUsage> usage;
  for (const auto& [node, kubelet] : kubelets_) {
    if (nodes_.online(node)) kubelet->add_usage(usage);
  }
  return usage;
}

void ControlPlane::tell_pod(const Change& change) {
  const Object& object = *change.after;
  const auto& pod = object.as<Pod>();
  const auto tell = [&](PodChange what) {
    context_.facts.record(context_.engine.now(), PodFact{object.meta.namespace_,
                                                         object.meta.name,
                                                         what,
                                                         pod.spec.containers.front().image,
                                                         pod.spec.node_name,
                                                         {},
                                                         0,
                                                         restarts_of(pod)});
  };
  if (change.type == Change::Type::added) tell(PodChange::created);
  if (change.type == Change::Type::deleted) tell(PodChange::deleted);
  const bool marked =
      change.type == Change::Type::modified && object.meta.deletion_at && !change.before->meta.deletion_at;
  if (marked) tell(PodChange::terminating);
}

void ControlPlane::add_kubelet(const std::string& node) {
  const int number = static_cast<int>(kubelets_.size()) + 1;
  std::unique_ptr<Kubelet>& kubelet = kubelets_[node];
  if (kubelet) return;
  kubelet = std::make_unique<Kubelet>(context_, node, number,
                                      [this](const ObjectKey& pod) { routing_.refresh(pod); });
}

Kubelet* ControlPlane::kubelet_of(const std::string& node) const {
  const auto found = kubelets_.find(node);
  return found == kubelets_.end() ? nullptr : found->second.get();
}

ServerId ControlPlane::server_of(const ObjectKey& pod, int service) const {
  const ObjectPtr object = context_.store.find(pod);
  Kubelet* kubelet = object ? kubelet_of(object->as<Pod>().spec.node_name) : nullptr;
  return kubelet ? kubelet->server_for(object->meta.uid, service) : ServerId{};
}

void ControlPlane::check_invariants() const {
  replica_sets_.check_invariants();
  endpoints_.check_invariants();
  const std::vector<ObjectPtr> pods = context_.store.list(Kind::Pod);
  MUSTER_ASSERT(pods_created_ - pods_deleted_ == pods.size(), "a pod was lost or doubled");
  for (const ObjectPtr& object : pods) {
    const auto& pod = object->as<Pod>();
    const Kubelet* kubelet = kubelet_of(pod.spec.node_name);
    if (!kubelet || is_finished(pod) || !nodes_.online(kubelet->node())) continue;
    MUSTER_ASSERT(kubelet->workers().contains(object->meta.uid), "a bound pod has no worker");
  }
  for (const auto& [node, kubelet] : kubelets_) {
    for (const auto& [uid, worker] : kubelet->workers()) {
      const ObjectPtr object = context_.store.find(worker->key());
      const bool current = object && object->meta.uid == uid;
      MUSTER_ASSERT(current || worker->abandoned() || !nodes_.online(node), "a process outlives its pod");
    }
  }
  for (const ObjectPtr& slice : context_.store.list(Kind::EndpointSlice)) {
    for (const Endpoint& endpoint : slice->as<EndpointSlice>().endpoints) {
      MUSTER_ASSERT(!endpoint.ready || (endpoint.serving && !endpoint.terminating),
                    "an endpoint that is not ready");
    }
  }
}

}  // namespace muster
