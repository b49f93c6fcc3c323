#include "cluster_model/kubelet/eviction_manager.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cluster_model/pod_facts.hpp"
#include "cluster_model/storage/node_disks.hpp"

namespace muster {

namespace {

/// Quantities are shown in whole pages, as the kernel counts.
std::int64_t whole_pages(std::int64_t bytes) {
  return bytes / 4096 * 4096;
}

/// Does the pressure, last seen at `seen`, still stick?
bool sticks(SimTime seen, SimTime now) {
  return seen != sim_never && now - seen < EvictionManager::pressure_sticks;
}

}  // namespace

std::int64_t EvictionManager::memory_capacity() const {
  const ObjectPtr node = context_.store.find(Kind::Node, {}, node_);
  return node ? node->as<Node>().memory_bytes + memory_threshold : 0;
}

std::int64_t EvictionManager::memory_available() const {
  return memory_capacity() - context_.profile.cluster.node_system_memory - pods_.memory_in_use();
}

EvictionManager::Shortage EvictionManager::memory_shortage() const {
  const std::int64_t available = memory_available();
  if (available >= memory_threshold) return {};
  return {"memory", binary_quantity(memory_threshold),
          binary_quantity(whole_pages(std::max<std::int64_t>(0, available)))};
}

EvictionManager::Shortage EvictionManager::disk_shortage() const {
  const Disk* disk = context_.disks.find(node_);
  if (!disk) return {};
  const auto bytes =
      static_cast<std::int64_t>(static_cast<double>(disk->capacity().bytes) * image_disk_threshold);
  const auto inodes =
      static_cast<std::int64_t>(static_cast<double>(disk->capacity().inodes) * inode_threshold);
  if (disk->free().bytes < bytes)
    return {"ephemeral-storage", binary_quantity(whole_pages(bytes)),
            binary_quantity(whole_pages(disk->free().bytes))};
  if (disk->free().inodes < inodes)
    return {"inodes", fmt::format("{}", inodes), fmt::format("{}", disk->free().inodes)};
  return {};
}

void EvictionManager::check() {
  const SimTime now = context_.engine.now();
  const Shortage memory = memory_shortage();
  Shortage disk = disk_shortage();
  if (!memory.resource.empty()) memory_short_at_ = now;
  if (!disk.resource.empty()) disk_short_at_ = now;
  status_.set_memory_pressure(sticks(memory_short_at_, now));
  status_.set_disk_pressure(sticks(disk_short_at_, now));
  if (pods_.evicting()) return;
  if (!memory.resource.empty() && evict_one(memory, pods_.memory())) return;
  if (disk.resource.empty()) return;
  remove_unused_images();
  disk = disk_shortage();
  if (!disk.resource.empty()) evict_one(disk, pods_.disk(disk.resource == "inodes"));
}

bool EvictionManager::evict_one(const Shortage& shortage, std::vector<PodUse> pods) {
  status_.warning("EvictionThresholdMet", fmt::format("Attempting to reclaim {}", shortage.resource));
  std::erase_if(pods, [](const PodUse& pod) { return pod.priority >= system_critical_priority; });
  if (pods.empty()) return false;
  rank_for_eviction(pods);
  pods_.evict(pods.front().uid, eviction_message(shortage.resource, shortage.threshold, shortage.available,
                                                 pods.front(), shortage.resource != "inodes"));
  return true;
}

/// Images that no pod on the node uses (imageGC.DeleteUnusedImages).
void EvictionManager::remove_unused_images() {
  const ObjectPtr stored = context_.store.find(Kind::Node, {}, node_);
  if (!stored || !context_.nodes.online(node_)) return;
  std::set<std::string> used;
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod)) {
    const auto& body = pod->as<Pod>();
    if (body.spec.node_name != node_ || is_finished(body)) continue;
    for (const Container& container : body.spec.containers) used.insert(container.image);
    for (const Container& container : body.spec.init_containers) used.insert(container.image);
  }
  Object next = *stored;
  auto& images = next.as<Node>().images;
  const std::size_t before = images.size();
  std::erase_if(images, [&](const std::string& image) { return !used.contains(image); });
  if (images.size() != before) context_.api.write(std::move(next), false);
}

bool EvictionManager::check_out_of_memory() {
  if (memory_available() >= 0) return false;
  const std::int64_t capacity = std::max<std::int64_t>(1, memory_capacity());
  std::string uid, container;
  std::int64_t worst = -1;
  for (const PodUse& pod : pods_.memory()) {
    for (const ContainerUse& use : pod.containers) {
      const std::int64_t score = oom_score(pod.qos, use, capacity);
      if (use.used > 0 && score > worst) worst = score, uid = pod.uid, container = use.name;
    }
  }
  if (worst < 0) return false;
  status_.warning("SystemOOM", fmt::format("System OOM encountered, victim process: {}, pid: 1", container));
  pods_.oom_kill(uid, container);
  return true;
}

void EvictionManager::forget() {
  memory_short_at_ = disk_short_at_ = sim_never;
}

std::string EvictionManager::refusal(const PodSpec& spec) const {
  if (status_.disk_pressure()) return "DiskPressure";
  const Taint pressure{taint_memory_pressure, "", "NoSchedule", {}};
  const bool tolerated = toleration_of(spec.tolerations, pressure) != nullptr;
  if (status_.memory_pressure() && qos_of(spec) == Qos::best_effort && !tolerated) return "MemoryPressure";
  return {};
}

}  // namespace muster
