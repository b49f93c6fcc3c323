#include "cluster_model/controllers/daemon_set_controller.hpp"

#include <algorithm>
#include <array>

#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/revision_history.hpp"
#include "cluster_model/controllers/rollout.hpp"
#include "cluster_model/controllers/stateful_set_pods.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource daemon_set_controller{"daemonset-controller", ""};

/// The node that a pod is on, or is meant for.
const std::string& node_of(const Object& pod) {
  const PodSpec& spec = pod.as<Pod>().spec;
  return spec.node_name.empty() ? spec.required_node : spec.node_name;
}

bool matters(const Change& change) {
  if (change.type != Change::Type::modified) return true;
  const auto& before = change.before->as<Node>();
  const auto& after = change.after->as<Node>();
  return before.taints != after.taints || change.before->meta.labels != change.after->meta.labels;
}

}  // namespace

void add_daemon_tolerations(PodSpec& spec) {
  const std::array<Taint, 6> tolerated{{{taint_not_ready, "", "NoExecute", {}},
                                        {taint_unreachable, "", "NoExecute", {}},
                                        {taint_disk_pressure, "", "NoSchedule", {}},
                                        {taint_memory_pressure, "", "NoSchedule", {}},
                                        {taint_pid_pressure, "", "NoSchedule", {}},
                                        {taint_unschedulable, "", "NoSchedule", {}}}};
  for (const Taint& taint : tolerated)
    spec.tolerations.push_back({taint.key, "Exists", "", taint.effect, {}});
}

DaemonFit daemon_fit(const PodTemplate& pod_template, const Object& node) {
  PodSpec spec = pod_template.spec;
  add_daemon_tolerations(spec);
  const bool chosen = spec.node_selector.empty() || selects(spec.node_selector, node.meta.labels);
  DaemonFit fit{chosen, chosen};
  for (const Taint& taint : node.as<Node>().taints) {
    if (toleration_of(spec.tolerations, taint)) continue;
    fit.run = fit.run && taint.effect == "PreferNoSchedule";
    fit.stay = fit.stay && taint.effect != "NoExecute";
  }
  return fit;
}

Object daemon_pod(const Object& set, const Object& revision, const std::string& node,
                  const std::string& name) {
  Object pod = pod_from_template(set, *set.as<DaemonSet>().pod_template, name);
  pod.meta.labels[revision_hash_label] = revision_hash(revision);
  auto& spec = pod.as<Pod>().spec;
  spec.required_node = node;
  add_daemon_tolerations(spec);
  return pod;
}

DaemonSetController::DaemonSetController(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "daemonset", context.profile.cluster.controller,
             [this](const ObjectKey& key) { reconcile(key); }) {}

void DaemonSetController::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::DaemonSet) return queue_.add(key);
  if (key.kind == Kind::Node && matters(change)) return resync();
  if (key.kind != Kind::Pod) return;
  if (const auto former = former_controller(change, Kind::DaemonSet)) queue_.add(*former);
  const OwnerReference* owner = controller_of(object.meta);
  if (owner && owner->kind == "DaemonSet") queue_.add({Kind::DaemonSet, key.namespace_, owner->name});
}

void DaemonSetController::resync() {
  for (const ObjectPtr& set : context_.store.list(Kind::DaemonSet)) enqueue(set->key());
}

std::string DaemonSetController::next_pod_name(const Object& set) {
  return free_pod_name(context_, set, pods_made_[set.meta.uid]);
}

bool DaemonSetController::is_up(const Object& set, const Object& pod) const {
  return !pod.meta.deletion_at &&
         is_available(pod.as<Pod>(), set.as<DaemonSet>().min_ready, context_.engine.now());
}

void DaemonSetController::reconcile(const ObjectKey& key) {
  const ObjectPtr set = context_.store.find(key);
  if (!set || set->meta.deletion_at || !set->as<DaemonSet>().pod_template) return;
  const auto& spec = set->as<DaemonSet>();
  const ObjectPtr revision = claim_revision(context_, *set, *spec.pod_template);
  if (!revision) return;
  ByNode pods;
  const std::vector<ObjectPtr> mine =
      claim_pods(context_, *set, spec.selector, [](const Object&) { return true; });
  for (const ObjectPtr& pod : mine) pods[node_of(*pod)].push_back(pod);
  place(*set, *revision, pods);
  if (!spec.on_delete) roll(*set, revision_hash(*revision), pods);
  Object next = *set;
  next.as<DaemonSet>().status = status_of(next, revision_hash(*revision));
  if (next.as<DaemonSet>().status != spec.status) context_.api.write(next, false);
  forget_revisions(context_, *set, mine, revision->meta.name, {}, spec.revision_history_limit);
  for (const ObjectPtr& pod : mine) {
    const SimTime since = ready_since(pod->as<Pod>());
    if (since != sim_never && since + spec.min_ready > context_.engine.now())
      queue_.add_at(key, since + spec.min_ready);
  }
}

void DaemonSetController::place(const Object& set, const Object& revision, const ByNode& pods) {
  for (const ObjectPtr& node : context_.store.list(Kind::Node)) {
    const DaemonFit fit = daemon_fit(*set.as<DaemonSet>().pod_template, *node);
    const auto found = pods.find(node->meta.name);
    const std::vector<ObjectPtr> here = found == pods.end() ? std::vector<ObjectPtr>() : found->second;
    bool living = false;
    for (const ObjectPtr& pod : here) {
      if (pod->meta.deletion_at) {
        living = true;  // the next one comes when this one is gone
      } else if (pod->as<Pod>().status.phase == "Failed") {
        context_.events.warning(set, daemon_set_controller, "FailedDaemonPod",
                                "Found failed daemon pod " + set.meta.namespace_ + "/" + pod->meta.name +
                                    " on node " + node->meta.name + ", will try to kill it");
        delete_pod(context_, set, daemon_set_controller, pod->key());
      } else if (!fit.stay || living) {
        delete_pod(context_, set, daemon_set_controller, pod->key());
      } else {
        living = true;
      }
    }
    if (!here.empty() || !fit.run) continue;
    if (create_pod(context_, set, daemon_set_controller,
                   daemon_pod(set, revision, node->meta.name, next_pod_name(set))))
      continue;
    return queue_.add_at(set.key(), context_.engine.now() + 10s);
  }
}

/// Old pods go, as many at once as may be unavailable; those that are down already go first and count.
void DaemonSetController::roll(const Object& set, const std::string& hash, const ByNode& pods) {
  int desired = 0, unavailable = 0;
  std::vector<ObjectPtr> up, down;
  for (const ObjectPtr& node : context_.store.list(Kind::Node)) {
    if (!daemon_fit(*set.as<DaemonSet>().pod_template, *node).run) continue;
    desired += 1;
    const auto found = pods.find(node->meta.name);
    bool available = false;
    if (found != pods.end()) {
      for (const ObjectPtr& pod : found->second) {
        available = available || is_up(set, *pod);
        const auto label = pod->meta.labels.find(revision_hash_label);
        const bool old = label == pod->meta.labels.end() || label->second != hash;
        if (old && !pod->meta.deletion_at) (is_up(set, *pod) ? up : down).push_back(pod);
      }
    }
    unavailable += !available;
  }
  const int most = std::max(1, scaled_value(set.as<DaemonSet>().max_unavailable, desired, true));
  for (const ObjectPtr& pod : down) delete_pod(context_, set, daemon_set_controller, pod->key());
  for (const ObjectPtr& pod : up) {
    if (unavailable >= most) return;
    delete_pod(context_, set, daemon_set_controller, pod->key());
    ++unavailable;
  }
}

DaemonSet::Status DaemonSetController::status_of(const Object& set, const std::string& hash) const {
  const auto& spec = set.as<DaemonSet>();
  DaemonSet::Status status;
  status.observed_generation = set.meta.generation;
  ByNode pods;
  for (const ObjectPtr& pod : controlled_pods(context_.store, set)) pods[node_of(*pod)].push_back(pod);
  for (const ObjectPtr& node : context_.store.list(Kind::Node)) {
    const auto found = pods.find(node->meta.name);
    if (!daemon_fit(*spec.pod_template, *node).run) {
      status.misscheduled += found != pods.end();
      continue;
    }
    status.desired += 1;
    if (found == pods.end()) continue;
    status.current += 1;
    const Object& pod = *found->second.front();
    const auto label = pod.meta.labels.find(revision_hash_label);
    status.updated += label != pod.meta.labels.end() && label->second == hash;
    status.ready += is_ready(pod.as<Pod>());
    status.available += is_up(set, pod);
  }
  status.unavailable = status.desired - status.available;
  return status;
}

}  // namespace muster
