#include "cluster_model/kubelet/kubelet.hpp"

#include <fmt/format.h>

#include "cluster_model/names.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

Kubelet::Kubelet(ControlContext& context, std::string node, int number,
                 std::function<void(const ObjectKey&)> listening)
    : context_(context),
      node_(std::move(node)),
      number_(number),
      listening_(std::move(listening)),
      status_(context, node_),
      queue_(context.engine, context.seed, "kubelet", {}, [this](const ObjectKey& key) { sync(key); }) {}

void Kubelet::sync(const ObjectKey& key) {
  if (!context_.nodes.online(node_)) return;  // it hears nothing, and catches up later
  const ObjectPtr pod = context_.store.find(key);
  for (auto at = workers_.begin(); at != workers_.end();) {
    PodWorker& worker = *at->second;
    const bool current = pod && pod->meta.uid == worker.uid();
    if (worker.key() != key || current) {
      ++at;
      continue;
    }
    worker.abandon();
    const bool gone = worker.done();
    if (gone) context_.logs.forget_pod(worker.uid());
    at = gone ? workers_.erase(at) : std::next(at);
  }
  if (!pod || pod->as<Pod>().spec.node_name != node_) return;
  const auto known = workers_.find(pod->meta.uid);
  if (known != workers_.end()) return known->second->follow(pod);
  if (is_finished(pod->as<Pod>())) return;
  if (!pod->meta.deletion_at) return add_worker(pod).begin();
  (void)context_.api.remove(key, 0s).has_value();  // deleted before anything was started
}

void Kubelet::follow(NodeState before, NodeState now) {
  if (now == NodeState::down && before != NodeState::booting) {
    for (const auto& [uid, worker] : workers_) worker->lose_power();
  }
  if (now != NodeState::up) return;
  status_.post(before == NodeState::booting);
  for (const auto& [uid, worker] : workers_) {
    if (before == NodeState::booting) worker->reboot();
    if (before == NodeState::partitioned) worker->catch_up();
    queue_.add_now(worker->key());
  }
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod)) {
    if (pod->as<Pod>().spec.node_name == node_) queue_.add_now(pod->key());
  }
}

PodWorker& Kubelet::add_worker(const ObjectPtr& pod) {
  const PodWorkerCallbacks callbacks{listening_, [this](const ObjectKey& key) { queue_.add_now(key); }};
  std::unique_ptr<PodWorker>& worker = workers_[pod->meta.uid];
  worker = std::make_unique<PodWorker>(context_, pod, free_address(pod->meta.uid),
                                       fmt::format("10.0.0.{}", 10 + number_), callbacks);
  return *worker;
}

bool Kubelet::resume(const ObjectPtr& pod, SimTime started, PodStatus& status) {
  if (add_worker(pod).resume(started, status)) return true;
  forget(pod->meta.uid);
  return false;
}

void Kubelet::forget(const std::string& uid) {
  workers_.erase(uid);
  context_.logs.forget_pod(uid);
}

ServerId Kubelet::server_for(const std::string& uid, int service) {
  const auto found = workers_.find(uid);
  return found == workers_.end() ? ServerId{} : found->second->server_for(service);
}

void Kubelet::add_usage(std::vector<ContainerUsage>& usage) const {
  for (const auto& [uid, worker] : workers_) {
    if (!worker->abandoned()) worker->add_usage(usage);
  }
}

std::string Kubelet::free_address(const std::string& uid) const {
  std::set<std::string> taken;
  for (const auto& [other, worker] : workers_) {
    if (worker) taken.insert(worker->ip());
  }
  for (std::uint32_t probe = fnv32a(uid);; ++probe) {
    std::string address = fmt::format("10.244.{}.{}", number_, 2 + probe % 253);
    if (!taken.contains(address)) return address;
  }
}

}  // namespace muster
