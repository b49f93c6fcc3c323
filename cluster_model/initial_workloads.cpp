// The quiet night of what is neither Deployment nor bare pod: storage, StatefulSets, DaemonSets, Jobs.
#include <algorithm>
#include <set>

#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/revision_history.hpp"
#include "cluster_model/initial_state.hpp"

namespace muster {

namespace {

void collect_classes(const ClaimSpec& claim, std::set<std::string>& classes, bool& unnamed) {
  if (!claim.storage_class) {
    unnamed = true;
  } else if (!claim.storage_class->empty()) {
    classes.insert(*claim.storage_class);
  }
}

Object cluster_class(const std::string& name, bool is_default) {
  Object object;
  object.api_version = "storage.k8s.io/v1";
  object.kind = "StorageClass";
  object.meta.name = name;
  if (is_default) object.meta.annotations[default_class_annotation] = "true";
  object.body = StorageClass{"csi.example.com", true, "Delete", {}};
  return object;
}

}  // namespace

/// Classes are the cluster's, not the system's: those that the manifests name and do not bring are there.
Result<void> InitialState::create_storage_classes(const std::vector<Object>& objects) {
  std::set<std::string> named;
  bool unnamed = false;
  for (const Object& object : objects) {
    if (const auto* claim = std::get_if<PersistentVolumeClaim>(&object.body))
      collect_classes(claim->spec, named, unnamed);
    if (const auto* set = std::get_if<StatefulSet>(&object.body)) {
      for (const ClaimTemplate& claim : set->claims) collect_classes(claim.spec, named, unnamed);
    }
  }
  const ObjectStore& store = plane_.context_.store;
  for (const std::string& name : named) {
    if (store.find(Kind::StorageClass, {}, name)) continue;
    if (auto ok = create(cluster_class(name, false), installed_); !ok) return ok;
  }
  if (!unnamed || default_storage_class(store)) return {};
  return create(cluster_class("standard", true), installed_);
}

void InitialState::settle_workloads() {
  const ObjectStore& store = plane_.context_.store;
  for (const ObjectPtr& claim : store.list(Kind::PersistentVolumeClaim))
    plane_.volumes_.settle(claim, claim->meta.created);
  for (const ObjectPtr& set : store.list(Kind::StatefulSet)) release_stateful(set);
  for (const ObjectPtr& set : store.list(Kind::DaemonSet)) release_daemons(set);
  for (const ObjectPtr& job : store.list(Kind::Job)) complete_job(job);
  for (const ObjectPtr& cron_job : store.list(Kind::CronJob)) plane_.cron_jobs_.settle(cron_job);
  for (const ObjectPtr& autoscaler : store.list(Kind::HorizontalPodAutoscaler))
    plane_.autoscalers_.enqueue(autoscaler->key());
}

void InitialState::settle_quotas() {
  for (const ObjectPtr& quota : plane_.context_.store.list(Kind::ResourceQuota))
    plane_.quotas_.reconcile(quota->key());
}

bool InitialState::start_stateful_pod(const Object& set, const Object& revision, int ordinal) {
  const SimTime created = set.meta.created + 20s * ordinal;
  for (Object& claim : stateful_claims(set, ordinal)) {
    const ObjectPtr there = plane_.context_.store.find(claim.key());
    const Result<ObjectPtr> made =
        there ? Result<ObjectPtr>(there) : plane_.api_.create_old(std::move(claim), created);
    if (!made) return false;
    plane_.volumes_.settle(made.value(), created);
  }
  const Result<ObjectPtr> pod = plane_.api_.create_old(stateful_pod(set, revision, ordinal), created);
  return pod && place(pod.value(), created + 3s);
}

void InitialState::release_stateful(const ObjectPtr& set) {
  ControlContext& context = plane_.context_;
  const auto& spec = set->as<StatefulSet>();
  plane_.stateful_sets_.enqueue(set->key());
  if (!spec.pod_template) return;
  const ObjectPtr revision = first_revision(context, *set, *spec.pod_template, set->meta.created);
  if (!revision) return;
  for (int i = 0; i < spec.replicas; ++i) {
    if (!start_stateful_pod(*set, *revision, i)) return take_back_pods(*set);
  }
  Object next = *set;
  auto& status = next.as<StatefulSet>().status;
  status.current_revision = status.update_revision = revision->meta.name;
  status = plane_.stateful_sets_.status_of(next, controlled_pods(context.store, *set));
  context.api.write(std::move(next), false);
}

void InitialState::release_daemons(const ObjectPtr& set) {
  ControlContext& context = plane_.context_;
  const auto& spec = set->as<DaemonSet>();
  plane_.daemon_sets_.enqueue(set->key());
  if (!spec.pod_template) return;
  const ObjectPtr revision = first_revision(context, *set, *spec.pod_template, set->meta.created);
  if (!revision) return;
  for (const ObjectPtr& node : context.store.list(Kind::Node)) {
    if (!daemon_fit(*spec.pod_template, *node).run) continue;
    const std::string name = plane_.daemon_sets_.next_pod_name(*set);
    const Result<ObjectPtr> pod =
        plane_.api_.create_old(daemon_pod(*set, *revision, node->meta.name, name), set->meta.created);
    if (!pod || !place(pod.value(), set->meta.created + 3s)) return take_back_pods(*set);
  }
  Object next = *set;
  next.as<DaemonSet>().status = plane_.daemon_sets_.status_of(next, revision_hash(*revision));
  context.api.write(std::move(next), false);
}

/// It ran when it was applied, and its pods have been cleared away.
void InitialState::complete_job(const ObjectPtr& stored) {
  Object job = *stored;
  auto& body = job.as<Job>();
  if (body.spec.suspend) return plane_.jobs_.enqueue(stored->key());
  const SimTime begun = job.meta.created, ended = begun + 1min;
  const std::string words = "Reached expected number of succeeded pods";
  body.status.start_time = begun;
  body.status.completion_time = ended;
  body.status.succeeded = body.spec.completions.value_or(1);
  body.status.conditions = {{"SuccessCriteriaMet", "True", "CompletionsReached", words, ended, ended},
                            {"Complete", "True", "CompletionsReached", words, ended, ended}};
  plane_.context_.api.write(std::move(job), false);
  plane_.jobs_.enqueue(stored->key());
}

void InitialState::take_back_pods(const Object& owner) {
  for (const ObjectPtr& pod : controlled_pods(plane_.context_.store, owner)) {
    if (Kubelet* kubelet = plane_.kubelet_of(pod->as<Pod>().spec.node_name)) kubelet->forget(pod->meta.uid);
    (void)plane_.context_.store.remove(pod->key()).has_value();
  }
}

}  // namespace muster
