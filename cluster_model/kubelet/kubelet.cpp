#include "cluster_model/kubelet/kubelet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/names.hpp"
#include "cluster_model/pod_facts.hpp"
#include "cluster_model/storage/node_disks.hpp"

namespace muster {

Kubelet::Kubelet(ControlContext& context, std::string node, int number,
                 std::function<void(const ObjectKey&)> listening)
    : context_(context),
      node_(std::move(node)),
      number_(number),
      listening_(std::move(listening)),
      status_(context, node_),
      evictions_(context, node_, status_, pods_for_evictions()),
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
  if (!pod->meta.deletion_at) return refuse(pod) ? void() : add_worker(pod).begin();
  (void)context_.api.remove(key, 0s).has_value();  // deleted before anything was started
}

void Kubelet::follow(NodeState before, NodeState now) {
  if (now == NodeState::down && before != NodeState::booting) {
    for (const auto& [uid, worker] : workers_) worker->lose_power();
  }
  if (now != NodeState::up) return;
  if (before == NodeState::booting) evictions_.forget();
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

void Kubelet::follow_config(const ObjectKey& changed) {
  for (const auto& [uid, worker] : workers_) worker->follow_config(changed);
}

/// A node under pressure does not take the pod (pkg/kubelet/eviction Admit).
bool Kubelet::refuse(const ObjectPtr& pod) {
  const std::string pressure = evictions_.refusal(pod->as<Pod>().spec);
  if (pressure.empty()) return false;
  Object next = *pod;
  PodStatus& status = next.as<Pod>().status;
  status.phase = "Failed";
  status.reason = "Evicted";
  status.message = fmt::format("Pod was rejected: The node had condition: [{}]. ", pressure);
  context_.events.warning(*pod, {"kubelet", node_}, "Evicted",
                          fmt::format("The node had condition: [{}]. ", pressure));
  context_.api.write(std::move(next), false);
  return true;
}

std::int64_t Kubelet::memory_in_use() const {
  std::int64_t bytes = 0;
  for (const auto& [uid, worker] : workers_) bytes += worker->memory_in_use();
  return bytes;
}

std::vector<PodUse> Kubelet::memory_uses() const {
  std::vector<PodUse> uses;
  for (const auto& [uid, worker] : workers_) {
    if (!worker->done()) uses.push_back(worker->memory_use());
  }
  return uses;
}

std::vector<PodUse> Kubelet::disk_uses(bool inodes) const {
  std::vector<PodUse> uses;
  const Disk* disk = context_.disks.find(node_);
  for (const auto& [uid, worker] : workers_) {
    if (disk && !worker->done()) uses.push_back(worker->disk_use(*disk, inodes));
  }
  return uses;
}

NodePods Kubelet::pods_for_evictions() {
  return {[this] { return memory_in_use(); },
          [this] { return memory_uses(); },
          [this](bool inodes) { return disk_uses(inodes); },
          [this](const std::string& uid, const std::string& message) { workers_.at(uid)->evict(message); },
          [this](const std::string& uid, const std::string& name) {
            if (ContainerWorker* found = container(uid, name)) found->oom_kill();
          },
          [this] {
            return std::any_of(workers_.begin(), workers_.end(),
                               [](const auto& entry) { return entry.second->evicting(); });
          }};
}

ContainerWorker* Kubelet::container(const std::string& pod_uid, const std::string& name) const {
  const auto found = workers_.find(pod_uid);
  return found == workers_.end() ? nullptr : found->second->container(name);
}

std::string Kubelet::address() const {
  return fmt::format("10.0.0.{}", 10 + number_);
}

PodWorker& Kubelet::add_worker(const ObjectPtr& pod) {
  const PodWorkerCallbacks callbacks{listening_, [this](const ObjectKey& key) { queue_.add_now(key); },
                                     [this](double seconds) { cpu_spent_ += seconds; }};
  std::unique_ptr<PodWorker>& worker = workers_[pod->meta.uid];
  worker = std::make_unique<PodWorker>(context_, pod, free_address(pod->meta.uid), address(), callbacks);
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

double Kubelet::cpu_seconds() const {
  double seconds = cpu_spent_;
  for (const auto& [uid, worker] : workers_) {
    for (const Container& container : worker->spec().containers)
      if (const ContainerWorker* running = worker->container(container.name))
        seconds += running->cpu_seconds();
  }
  return seconds;
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
