#include "cluster_model/controllers/taint_eviction.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource source{"taint-eviction-controller", ""};

std::string named(const ObjectKey& pod) {
  return pod.namespace_ + "/" + pod.name;
}

}  // namespace

std::optional<SimDuration> tolerated_for(const std::vector<Toleration>& tolerations,
                                         const std::vector<Taint>& taints) {
  std::optional<SimDuration> least;
  for (const Taint& taint : taints) {
    if (taint.effect != "NoExecute") continue;
    const Toleration* toleration = toleration_of(tolerations, taint);
    if (!toleration) return SimDuration::zero();
    if (!toleration->seconds) continue;
    const SimDuration here = std::max<SimDuration>(*toleration->seconds, SimDuration::zero());
    least = least ? std::min(*least, here) : here;
  }
  return least;
}

void TaintEviction::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::Node && change.type == Change::Type::modified) {
    if (object.as<Node>().taints != change.before->as<Node>().taints) look_at_node(object);
  }
  if (key.kind != Kind::Pod) return;
  if (change.type == Change::Type::deleted || is_finished(object.as<Pod>())) {
    scheduled_.erase(key);
    return;
  }
  const std::string& node_name = object.as<Pod>().spec.node_name;
  const bool moved = !change.before || change.before->as<Pod>().spec.node_name != node_name ||
                     change.before->as<Pod>().spec.tolerations != object.as<Pod>().spec.tolerations;
  if (!moved || node_name.empty()) return;
  const ObjectPtr node = context_.store.find(Kind::Node, {}, node_name);
  if (node) look_at_pod(object, node->as<Node>().taints);
}

void TaintEviction::resync() {
  for (const ObjectPtr& node : context_.store.list(Kind::Node)) look_at_node(*node);
}

void TaintEviction::look_at_node(const Object& node) {
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod)) {
    if (pod->as<Pod>().spec.node_name == node.meta.name) look_at_pod(*pod, node.as<Node>().taints);
  }
}

void TaintEviction::look_at_pod(const Object& pod, const std::vector<Taint>& taints) {
  const ObjectKey key = pod.key();
  if (pod.meta.deletion_at || is_finished(pod.as<Pod>())) return;
  const std::optional<SimDuration> stay = tolerated_for(pod.as<Pod>().spec.tolerations, taints);
  const bool tainted = std::any_of(taints.begin(), taints.end(),
                                   [](const Taint& taint) { return taint.effect == "NoExecute"; });
  const auto known = scheduled_.find(key);
  if (!tainted || !stay) return cancel(key);
  const SimTime since = known == scheduled_.end() ? context_.engine.now() : known->second.since;
  if (known != scheduled_.end() && known->second.due == since + *stay) return;
  schedule(pod, since, since + *stay);
}

void TaintEviction::schedule(const Object& pod, SimTime since, SimTime due) {
  const ObjectKey key = pod.key();
  Scheduled& entry = scheduled_[key];
  entry.uid = pod.meta.uid;
  entry.since = since;
  entry.due = due;
  entry.timer =
      std::make_unique<Timer>(context_.engine, [this, key, uid = pod.meta.uid] { evict(key, uid); });
  entry.timer->start_at(std::max(due, context_.engine.now()));
}

/// The event may not be written from inside the store's announcement.
void TaintEviction::cancel(const ObjectKey& key) {
  const auto known = scheduled_.find(key);
  if (known == scheduled_.end()) return;
  const std::string uid = known->second.uid;
  known->second.timer = std::make_unique<Timer>(context_.engine, [this, key, uid] {
    const ObjectPtr pod = context_.store.find(key);
    scheduled_.erase(key);
    if (!pod || pod->meta.uid != uid) return;
    context_.events.normal(*pod, source, "TaintManagerEviction",
                           fmt::format("Cancelling deletion of Pod {}", named(key)));
  });
  known->second.due = sim_never;
  known->second.timer->start_at(context_.engine.now());
}

void TaintEviction::evict(const ObjectKey& key, const std::string& uid) {
  scheduled_.erase(key);
  const ObjectPtr pod = context_.store.find(key);
  if (!pod || pod->meta.uid != uid || pod->meta.deletion_at) return;
  context_.events.normal(*pod, source, "TaintManagerEviction",
                         fmt::format("Marking for deletion Pod {}", named(key)));
  Object next = *context_.store.find(key);
  set_pod_condition(next.as<Pod>().status, "DisruptionTarget", true, "DeletionByTaintManager",
                    "Taint manager: deleting due to NoExecute taint", context_.engine.now());
  context_.api.write(std::move(next), false);
  (void)context_.api.remove(key).has_value();
}

}  // namespace muster
