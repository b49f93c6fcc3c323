#include "cluster_model/controllers/scheduler.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/controllers/volume_controller.hpp"
#include "cluster_model/controllers/volume_fit.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

const EventSource source{"default-scheduler", ""};

/// Could a pod that fitted nowhere fit now? A heartbeat or a pulled image makes no room.
bool makes_room(const Change& change) {
  if (change.type != Change::Type::modified) return true;
  const auto& before = change.before->as<Node>();
  const auto& after = change.after->as<Node>();
  return before.unschedulable != after.unschedulable || before.taints != after.taints ||
         before.cpu_millis != after.cpu_millis || before.memory_bytes != after.memory_bytes ||
         before.pods != after.pods || change.before->meta.labels != change.after->meta.labels;
}

}  // namespace

SimDuration scheduling_backoff(int attempts) {
  SimDuration wait = 1s;
  for (int i = 1; i < attempts && wait < 10s; ++i) wait *= 2;
  return std::min<SimDuration>(wait, 10s);
}

Scheduler::Scheduler(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "schedule", context.profile.cluster.schedule,
             [this](const ObjectKey& key) { schedule(key); }) {}

void Scheduler::watch(const Change& change) {
  const Object& object = *change.after;
  const ObjectKey key = object.key();
  if (key.kind == Kind::Node && makes_room(change)) retry_waiting();
  if (key.kind == Kind::PersistentVolumeClaim) retry_waiting();
  if (key.kind != Kind::Pod) return;
  if (change.type == Change::Type::added && object.as<Pod>().spec.node_name.empty()) return queue_.add(key);
  const bool room_again = change.type == Change::Type::deleted ||
                          (is_finished(object.as<Pod>()) && !is_finished(change.before->as<Pod>()));
  if (!room_again) return;
  waiting_.erase(key);
  retry_waiting();
}

void Scheduler::resync() {
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod)) {
    if (pod->as<Pod>().spec.node_name.empty()) enqueue(pod->key());
  }
}

void Scheduler::retry_waiting() {
  for (const auto& [key, waiting] : waiting_) {
    queue_.add_at(key, std::max(context_.engine.now(), waiting.tried + scheduling_backoff(waiting.attempts)));
  }
}

void Scheduler::schedule(const ObjectKey& key) {
  const ObjectPtr pod = context_.store.find(key);
  if (!pod || pod->meta.deletion_at || !pod->as<Pod>().spec.node_name.empty()) {
    waiting_.erase(key);
    return;
  }
  const std::vector<NodeRoom>& rooms = rooms_for(*pod);
  const VolumeVerdict volumes = volume_verdict(context_.store, *pod);
  if (!volumes.obstacle.empty()) return refuse(pod, blocked_message(volumes.obstacle, rooms.size()));
  const int chosen = best_node(pod->as<Pod>().spec, rooms);
  if (chosen >= 0 && !volumes.ready) {
    select_node(volumes.to_select, rooms[static_cast<std::size_t>(chosen)].name);
    waiting_[key].tried = context_.engine.now();  // until the claims are bound
  } else if (chosen >= 0) {
    const std::string node = rooms[static_cast<std::size_t>(chosen)].name;  // binding changes the rooms
    bind(pod, node);
  } else {
    refuse(pod, unschedulable_message(pod->as<Pod>().spec, rooms));
  }
}

/// The claims' volumes are made where the pod will run.
void Scheduler::select_node(const std::vector<ObjectPtr>& claims, const std::string& node) {
  for (const ObjectPtr& claim : claims) {
    Object next = *claim;
    if (!next.meta.annotations.try_emplace(selected_node_annotation, node).second) continue;
    context_.api.write(std::move(next), false);
  }
}

const std::vector<NodeRoom>& Scheduler::rooms_for(const Object& pod) {
  const OwnerReference* owner = controller_of(pod.meta);
  return rooms_.rooms_for(owner ? owner->uid : std::string());
}

std::string Scheduler::choose(const Object& pod) {
  const std::vector<NodeRoom>& rooms = rooms_for(pod);
  const int chosen = best_node(pod.as<Pod>().spec, rooms);
  return chosen < 0 ? std::string() : rooms[static_cast<std::size_t>(chosen)].name;
}

void Scheduler::bind(const ObjectPtr& pod, const std::string& node) {
  const SimTime now = context_.engine.now();
  waiting_.erase(pod->key());
  Object next = *pod;
  auto& body = next.as<Pod>();
  body.spec.node_name = node;
  set_pod_condition(body.status, "PodScheduled", true, {}, {}, now);
  const std::string image = body.spec.containers.front().image;
  context_.api.write(std::move(next), false);
  context_.events.normal(
      *pod, source, "Scheduled",
      fmt::format("Successfully assigned {}/{} to {}", pod->meta.namespace_, pod->meta.name, node));
  context_.facts.record(
      now, PodFact{pod->meta.namespace_, pod->meta.name, PodChange::scheduled, image, node, {}, 0, 0});
}

void Scheduler::refuse(const ObjectPtr& pod, const std::string& message) {
  const SimTime now = context_.engine.now();
  Waiting& waiting = waiting_[pod->key()];
  waiting.attempts += 1;
  waiting.tried = now;
  Object next = *pod;
  set_pod_condition(next.as<Pod>().status, "PodScheduled", false, "Unschedulable", message, now);
  if (next.as<Pod>().status != pod->as<Pod>().status) context_.api.write(std::move(next), false);
  context_.events.warning(*pod, source, "FailedScheduling", message);
  if (waiting.attempts == 1) {
    context_.facts.record(now, PodFact{pod->meta.namespace_,
                                       pod->meta.name,
                                       PodChange::unschedulable,
                                       pod->as<Pod>().spec.containers.front().image,
                                       {},
                                       "Unschedulable",
                                       0,
                                       0});
  }
  queue_.add_at(pod->key(), now + forced_retry);
}

}  // namespace muster
