#include "cluster_model/controllers/replica_set_controller.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/scale_down_order.hpp"
#include "cluster_model/names.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource source{"replicaset-controller", ""};

bool owns(const Object& replica_set, const Object& pod) {
  const OwnerReference* owner = controller_of(pod.meta);
  return owner && owner->uid == replica_set.meta.uid;
}

OwnerReference reference_to(const Object& replica_set) {
  return {replica_set.api_version, replica_set.kind, replica_set.meta.name, replica_set.meta.uid, true};
}

}  // namespace

std::vector<int> slow_start_batches(int count) {
  std::vector<int> batches;
  for (int size = 1; count > 0; size *= 2) {
    batches.push_back(std::min(size, count));
    count -= batches.back();
  }
  return batches;
}

Object new_pod(const Object& replica_set, const std::string& name) {
  const PodTemplate& pod_template = *replica_set.as<ReplicaSet>().pod_template;
  Object pod;
  pod.api_version = "v1";
  pod.kind = "Pod";
  pod.meta.namespace_ = replica_set.meta.namespace_;
  pod.meta.name = name;
  pod.meta.labels = pod_template.labels;
  pod.meta.annotations = pod_template.annotations;
  pod.meta.owners = {reference_to(replica_set)};
  pod.meta.rest =
      std::make_shared<const std::string>("{\"generateName\":\"" + replica_set.meta.name + "-\"}");
  pod.body = Pod{pod_template.spec, {}};
  return pod;
}

ReplicaSet::Status replica_set_status(const Object& replica_set, const std::vector<ObjectPtr>& active,
                                      SimTime now) {
  const auto& spec = replica_set.as<ReplicaSet>();
  ReplicaSet::Status status;
  status.observed_generation = replica_set.meta.generation;
  for (const ObjectPtr& pod : active) {
    status.replicas += 1;
    status.fully_labeled += selects(spec.pod_template->labels, pod->meta.labels);
    status.ready += is_ready(pod->as<Pod>());
    status.available += is_available(pod->as<Pod>(), spec.min_ready, now);
  }
  return status;
}

ReplicaSetController::ReplicaSetController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "replicaset", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void ReplicaSetController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::ReplicaSet) return queue_.add(key);
  if (key.kind != Kind::Pod) return;
  if (const OwnerReference* owner = controller_of(object.meta)) {
    queue_.add({Kind::ReplicaSet, key.namespace_, owner->name});
    return;
  }
  for (const ObjectPtr& set : context_.store.list(Kind::ReplicaSet, key.namespace_)) {
    if (selects(set->as<ReplicaSet>().selector, object.meta.labels)) queue_.add(set->key());
  }
}

void ReplicaSetController::resync() {
  for (const ObjectPtr& object : context_.store.list(Kind::ReplicaSet)) enqueue(object->key());
}

void ReplicaSetController::reconcile(const ObjectKey& key) {
  const ObjectPtr set = context_.store.find(key);
  if (!set || set->meta.deletion_at) return;
  std::vector<ObjectPtr> active = claim_pods(*set);
  const int missing = set->as<ReplicaSet>().replicas - static_cast<int>(active.size());
  if (missing > 0) create_pods(*set, missing);
  if (missing < 0) delete_pods(*set, active, -missing);
  write_status(set, missing == 0 ? active : claim_pods(*set));
}

std::vector<ObjectPtr> ReplicaSetController::claim_pods(const Object& replica_set) {
  const auto& spec = replica_set.as<ReplicaSet>();
  std::vector<ObjectPtr> active;
  for (ObjectPtr pod : context_.store.list(Kind::Pod, replica_set.meta.namespace_)) {
    const bool matches = selects(spec.selector, pod->meta.labels);
    const bool owned = owns(replica_set, *pod);
    if (!is_active(*pod) || (!owned && (!matches || controller_of(pod->meta)))) continue;
    if (owned != matches) {  // adopted, or released and from now on on its own
      Object next = *pod;
      if (owned) {
        std::erase_if(next.meta.owners, [](const OwnerReference& owner) { return owner.controller; });
      } else {
        next.meta.owners.push_back(reference_to(replica_set));
      }
      pod = context_.api.write(std::move(next), false);
    }
    if (matches) active.push_back(pod);
  }
  return active;
}

std::string ReplicaSetController::next_pod_name(const Object& replica_set) {
  std::uint64_t& made = pods_made_[replica_set.meta.uid];
  const std::string owner = entity_of(replica_set.key()) + "/" + replica_set.meta.uid;
  for (;;) {
    const std::string name = replica_set.meta.name + "-" + name_suffix(context_.seed, owner, made++);
    if (!context_.store.find(Kind::Pod, replica_set.meta.namespace_, name)) return name;
  }
}

void ReplicaSetController::create_pods(const Object& replica_set, int count) {
  for (const int batch : slow_start_batches(count)) {
    bool failed = false;
    for (int i = 0; i < batch; ++i) failed = !create_pod(replica_set) || failed;
    if (failed) return queue_.add_at(replica_set.key(), context_.engine.now() + 10s);
  }
}

bool ReplicaSetController::create_pod(const Object& replica_set) {
  const Result<ObjectPtr> pod = context_.api.create(new_pod(replica_set, next_pod_name(replica_set)));
  if (!pod) {
    context_.events.warning(replica_set, source, "FailedCreate", "Error creating: " + pod.error().text());
    return false;
  }
  context_.events.normal(replica_set, source, "SuccessfulCreate", "Created pod: " + pod.value()->meta.name);
  return true;
}

void ReplicaSetController::delete_pods(const Object& replica_set, const std::vector<ObjectPtr>& active,
                                       int count) {
  const std::vector<ObjectPtr> victims = scale_down_order(active, context_.engine.now());
  for (int i = 0; i < count; ++i) {
    const ObjectPtr& pod = victims[static_cast<std::size_t>(i)];
    if (!context_.api.remove(pod->key())) continue;
    context_.events.normal(replica_set, source, "SuccessfulDelete", "Deleted pod: " + pod->meta.name);
  }
}

void ReplicaSetController::write_status(const ObjectPtr& replica_set, const std::vector<ObjectPtr>& active) {
  const SimTime now = context_.engine.now();
  const SimDuration min_ready = replica_set->as<ReplicaSet>().min_ready;
  Object next = *replica_set;
  next.as<ReplicaSet>().status = replica_set_status(next, active, now);
  if (next.as<ReplicaSet>().status != replica_set->as<ReplicaSet>().status) context_.api.write(next, false);
  for (const ObjectPtr& pod : active) {
    const SimTime since = ready_since(pod->as<Pod>());
    if (since != sim_never && since + min_ready > now) queue_.add_at(replica_set->key(), since + min_ready);
  }
}

}  // namespace muster
