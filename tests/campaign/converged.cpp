#include "tests/campaign/converged.hpp"

#include <fmt/format.h>

namespace muster::campaign {
namespace {

using Complaints = std::vector<std::string>;

void look_at_deployment(const World& world, const Object& original, Complaints& found) {
  const std::string name = original.meta.namespace_ + "/" + original.meta.name;
  const ObjectPtr object = world.objects().find(original.key());
  if (!object) return found.push_back("no deployment " + name);
  const auto& now = object->as<Deployment>();
  const int wanted = original.as<Deployment>().replicas;
  const DeploymentStatus& status = now.status;
  if (now.replicas == wanted && status.replicas == wanted && status.updated == wanted &&
      status.ready == wanted && status.available == wanted &&
      status.observed_generation == object->meta.generation)
    return;
  found.push_back(fmt::format("deployment {}: wanted {}, replicas {}, updated {}, ready {}, available {}",
                              name, wanted, status.replicas, status.updated, status.ready, status.available));
}

bool owner_lives(const World& world, const Meta& meta) {
  const OwnerReference* owner = controller_of(meta);
  if (!owner) return false;
  const ObjectPtr object =
      world.objects().find(kind_of(owner->api_version, owner->kind), meta.namespace_, owner->name);
  return object && object->meta.uid == owner->uid;
}

/// Nothing of an old generation may still be wanted.
void look_at_replica_sets(const World& world, Complaints& found) {
  for (const ObjectPtr& object : world.objects().list(Kind::ReplicaSet)) {
    const auto& set = object->as<ReplicaSet>();
    const std::string name = object->meta.namespace_ + "/" + object->meta.name;
    if (!owner_lives(world, object->meta))
      found.push_back(fmt::format("replica set {} has no living owner", name));
    if (set.replicas != set.status.replicas)
      found.push_back(
          fmt::format("replica set {}: wanted {}, replicas {}", name, set.replicas, set.status.replicas));
  }
}

void look_at_pods(const World& world, std::size_t wanted, Complaints& found) {
  std::vector<ObjectPtr> pods = world.objects().list(Kind::Pod);
  // Evicted and finished pods stay as records of what happened.
  std::erase_if(pods, [](const ObjectPtr& pod) {
    const std::string& phase = pod->as<Pod>().status.phase;
    return phase == "Failed" || phase == "Succeeded";
  });
  if (pods.size() != wanted) found.push_back(fmt::format("{} pods, wanted {}", pods.size(), wanted));
  for (const ObjectPtr& pod : pods) {
    if (pod->meta.deletion_at) found.push_back(fmt::format("pod {} is still terminating", pod->meta.name));
    if (!owner_lives(world, pod->meta))
      found.push_back(fmt::format("pod {} has no living owner", pod->meta.name));
  }
}

void look_at_traffic(const RecentTraffic& traffic, Complaints& found) {
  for (const auto& [service, sum] : traffic.sums()) {
    if (sum.ended == 0) found.push_back(fmt::format("nobody's request to {} ended", service));
    if (sum.failed * 20 > sum.ended)
      found.push_back(fmt::format("{} of {} requests to {} failed", sum.failed, sum.ended, service));
  }
}

}  // namespace

void RecentTraffic::record(SimTime at, Fact fact) {
  if (const auto* traffic = std::get_if<TrafficFact>(&fact)) {
    std::deque<Second>& seconds = seconds_[traffic->service];
    seconds.push_back({traffic->ended(), traffic->failed()});
    if (seconds.size() > window) seconds.pop_front();
  }
  next_.record(at, std::move(fact));
}

std::map<std::string, RecentTraffic::Second> RecentTraffic::sums() const {
  std::map<std::string, Second> sums;
  for (const auto& [service, seconds] : seconds_) {
    Second& sum = sums[service];
    for (const Second& second : seconds) {
      sum.ended += second.ended;
      sum.failed += second.failed;
    }
  }
  return sums;
}

std::vector<std::string> complaints(const World& world, const std::vector<Object>& originals,
                                    const RecentTraffic& traffic) {
  Complaints found;
  std::size_t pods = 0;
  for (const Object& original : originals) {
    if (original.key().kind != Kind::Deployment) continue;
    look_at_deployment(world, original, found);
    pods += static_cast<std::size_t>(original.as<Deployment>().replicas);
  }
  look_at_pods(world, pods, found);
  look_at_replica_sets(world, found);
  look_at_traffic(traffic, found);
  return found;
}

}  // namespace muster::campaign
