#include "cluster_model/controllers/node_lifecycle.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/node_taints.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {
const EventSource source{"node-controller", ""};
}  // namespace

NodeLifecycle::NodeLifecycle(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "node-lifecycle", context.profile.cluster.controller,
             [this](const ObjectKey& key) { taint_by_conditions(key); }),
      timer_(context.engine, [this] { tick(); }) {}

void NodeLifecycle::watch(const Change& change) {
  const ObjectKey key = change.after->key();
  if (key.kind == Kind::Node) {
    queue_.add(key);
    if (change.type == Change::Type::deleted) ready_.erase(key.name);
    tick_later();
  }
  if (key.kind != Kind::Pod || change.type == Change::Type::deleted) return;
  // A pod that came to a node that is not ready already.
  const std::string& node = change.after->as<Pod>().spec.node_name;
  if (!node.empty() && ready_.contains(node) && ready_[node] != "True" && is_ready(change.after->as<Pod>()))
    tick_later();
}

void NodeLifecycle::resync() {
  for (const ObjectPtr& node : context_.store.list(Kind::Node)) queue_.add(node->key());
  tick_later();
}

void NodeLifecycle::write_taints(const ObjectPtr& node, std::vector<Taint> taints) {
  if (taints == node->as<Node>().taints) return;
  Object next = *node;
  next.as<Node>().taints = std::move(taints);
  context_.api.write(std::move(next), true);
}

void NodeLifecycle::taint_by_conditions(const ObjectKey& key) {
  const ObjectPtr node = context_.store.find(key);
  if (node) write_taints(node, with_no_schedule_taints(node->as<Node>(), context_.engine.now()));
}

/// Ticks stand on a grid of their own and run only while there is something to watch.
void NodeLifecycle::tick_later() {
  if (timer_.running()) return;
  const SimDuration since = context_.engine.now() - sim_start;
  timer_.start_at(sim_start + (since / monitor_period + 1) * monitor_period);
}

bool NodeLifecycle::all_quiet() const {
  for (const ObjectPtr& node : context_.store.list(Kind::Node)) {
    if (!context_.nodes.online(node->meta.name) || ready_status(node->as<Node>()) != "True") return false;
    if (find_taint(node->as<Node>().taints, taint_unreachable, "NoExecute")) return false;
    if (find_taint(node->as<Node>().taints, taint_not_ready, "NoExecute")) return false;
  }
  return true;
}

void NodeLifecycle::tick() {
  const std::vector<ObjectPtr> nodes = context_.store.list(Kind::Node);
  for (const ObjectPtr& node : nodes) monitor(node);
  set_rates(context_.store.list(Kind::Node));
  for (const ObjectPtr& node : nodes) {
    if (const ObjectPtr now = context_.store.find(node->key())) follow_readiness(now);
  }
  taint_next();
  if (!all_quiet()) tick_later();
}

void NodeLifecycle::monitor(const ObjectPtr& node) {
  const SimTime heard = std::max(context_.nodes.last_heartbeat(node->meta.name), back_at_);
  const std::string before = ready_status(node->as<Node>());
  const bool silent = context_.engine.now() - heard > context_.profile.cluster.node_monitor_grace;
  if (silent && before != "Unknown") mark_unknown(node);
  const ObjectPtr now = context_.store.find(node->key());
  const std::string status = ready_status(now->as<Node>());
  std::string& last = ready_.try_emplace(node->meta.name, "True").first->second;
  if (last == "True" && status != "True") {
    context_.events.normal(*now, source, "NodeNotReady",
                           fmt::format("Node {} status is now: NodeNotReady", node->meta.name));
  }
  last = status;
  if (status != "True") mark_pods_not_ready(node->meta.name);
}

void NodeLifecycle::mark_unknown(const ObjectPtr& node) {
  Object next = *node;
  for (Condition& condition : next.as<Node>().conditions) {
    if (condition.status == "Unknown") continue;
    condition.status = "Unknown";
    condition.reason = "NodeStatusUnknown";
    condition.message = "Kubelet stopped posting node status.";
    condition.last_transition = context_.engine.now();
  }
  context_.api.write(std::move(next), false);
}

void NodeLifecycle::mark_pods_not_ready(const std::string& node) {
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod)) {
    if (pod->as<Pod>().spec.node_name == node && is_ready(pod->as<Pod>())) mark_pod_not_ready(pod);
  }
}

void NodeLifecycle::mark_pod_not_ready(const ObjectPtr& pod) {
  Object next = *pod;
  for (Condition& condition : next.as<Pod>().status.conditions) {
    if (condition.type != "Ready") continue;
    condition.status = "False";
    condition.last_transition = context_.engine.now();
  }
  context_.api.write(std::move(next), false);
  context_.events.warning(*pod, source, "NodeNotReady", "Node is not ready");
  const auto& body = pod->as<Pod>();
  context_.facts.record(
      context_.engine.now(),
      PodFact{pod->meta.namespace_, pod->meta.name, PodChange::unready, body.spec.containers.front().image,
              body.spec.node_name, "NodeNotReady", 0, restarts_of(body)});
}

/// A node that is ready again loses its taint at once; one that is not waits for its turn, unless it has a
/// NoExecute taint already, which is then exchanged.
void NodeLifecycle::follow_readiness(const ObjectPtr& node) {
  const auto& body = node->as<Node>();
  const std::string ready = ready_status(body);
  ZoneEvictions& zone = zones_[zone_of(node->meta.labels)];
  const SimTime now = context_.engine.now();
  const bool tainted = find_taint(body.taints, taint_unreachable, "NoExecute") ||
                       find_taint(body.taints, taint_not_ready, "NoExecute");
  if (ready == "True" || everything_gone_) {
    zone.remove(node->meta.name);
    return write_taints(node, with_no_execute_taint(body, "True", now));
  }
  if (tainted) return write_taints(node, with_no_execute_taint(body, ready, now));
  zone.add(node->meta.name);
}

void NodeLifecycle::set_rates(const std::vector<ObjectPtr>& nodes) {
  struct Count {
    int ready = 0, not_ready = 0;
  };
  std::map<std::string, Count> counts;
  for (const ObjectPtr& node : nodes) {
    Count& count = counts[zone_of(node->meta.labels)];
    (ready_status(node->as<Node>()) == "True" ? count.ready : count.not_ready) += 1;
  }
  bool all_gone = !counts.empty();
  for (const auto& [zone, count] : counts) {
    const ZoneState state = zone_state(count.ready, count.not_ready);
    all_gone = all_gone && state == ZoneState::full_disruption;
    zones_[zone].set_interval(eviction_interval(state, count.ready + count.not_ready));
  }
  if (everything_gone_ && !all_gone) back_at_ = context_.engine.now();
  everything_gone_ = all_gone;
}

void NodeLifecycle::taint_next() {
  const SimTime now = context_.engine.now();
  for (auto& [name, zone] : zones_) {
    const std::string chosen = zone.take(now);
    const ObjectPtr node = chosen.empty() ? nullptr : context_.store.find(Kind::Node, {}, chosen);
    if (node)
      write_taints(node, with_no_execute_taint(node->as<Node>(), ready_status(node->as<Node>()), now));
  }
}

}  // namespace muster
