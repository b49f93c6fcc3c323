#include "cluster_model/controllers/pod_tally.hpp"

#include "cluster_model/pod_facts.hpp"

namespace muster {

void PodTally::add(const Object& pod, int sign) {
  const OwnerReference* owner = controller_of(pod.meta);
  if (!owner) return;
  Counts& counts = counts_[owner->uid];
  if (is_active(pod)) {
    counts.active += sign;
    counts.ready += is_ready(pod.as<Pod>()) ? sign : 0;
  }
}

void PodTally::doubt(const Object& pod) {
  if (const OwnerReference* owner = controller_of(pod.meta)) counts_[owner->uid].exact = false;
}

void PodTally::watch(const Change& change) {
  const Object& object = *change.after;
  if (!std::holds_alternative<Pod>(object.body)) {
    if (change.type == Change::Type::deleted) counts_.erase(object.meta.uid);
    return;
  }
  if (change.before) add(*change.before, -1);
  if (change.type != Change::Type::deleted) add(object, 1);
  if (change.type != Change::Type::modified) return;
  const Meta& before = change.before->meta;
  if (before.labels == object.meta.labels && before.owners == object.meta.owners) return;
  doubt(*change.before);
  doubt(object);
}

PodTally::Counts PodTally::counts(const std::string& uid) const {
  const auto found = counts_.find(uid);
  return found == counts_.end() ? Counts() : found->second;
}

void PodTally::settle(const std::string& uid) {
  counts_[uid].exact = true;
}

}  // namespace muster
