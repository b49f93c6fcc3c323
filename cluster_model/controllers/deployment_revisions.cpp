#include "cluster_model/controllers/deployment_revisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cluster_model/canonical.hpp"

namespace muster {

namespace {

/// Annotations that describe the deployment itself and are not copied.
bool stays_with_deployment(const std::string& name) {
  return name == "kubectl.kubernetes.io/last-applied-configuration" || name == revision_annotation ||
         name == history_annotation || name == desired_annotation || name == max_annotation;
}

bool born_before(const ObjectPtr& a, const ObjectPtr& b) {
  return a->meta.created != b->meta.created ? a->meta.created < b->meta.created : a->meta.name < b->meta.name;
}

}  // namespace

std::int64_t annotated_number(const Meta& meta, const char* annotation, std::int64_t otherwise) {
  const auto found = meta.annotations.find(annotation);
  if (found == meta.annotations.end()) return otherwise;
  std::int64_t number = otherwise;
  const std::string& text = found->second;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t revision_of(const Meta& meta) {
  return annotated_number(meta, revision_annotation, 0);
}

std::vector<ObjectPtr> OwnedSets::all() const {
  std::vector<ObjectPtr> sets = old;
  if (current) sets.push_back(current);
  return sets;
}

OwnedSets sort_out(const Object& deployment, std::vector<ObjectPtr> sets) {
  std::stable_sort(sets.begin(), sets.end(), born_before);
  const auto& wanted = deployment.as<Deployment>().pod_template;
  OwnedSets found;
  for (const ObjectPtr& set : sets) {
    const auto& present = set->as<ReplicaSet>().pod_template;
    const bool matches = !found.current && wanted && present && same_template(*wanted, *present);
    if (matches) {
      found.current = set;
    } else {
      found.old.push_back(set);
    }
  }
  return found;
}

std::int64_t next_revision(const OwnedSets& sets) {
  std::int64_t highest = 0;
  for (const ObjectPtr& set : sets.old) highest = std::max(highest, revision_of(set->meta));
  const std::int64_t present = sets.current ? revision_of(sets.current->meta) : 0;
  return std::max(highest + 1, present);
}

StringMap annotations_at(const Object& deployment, const Object& set, std::int64_t revision) {
  StringMap annotations = set.meta.annotations;
  for (const auto& [name, value] : deployment.meta.annotations) {
    if (!stays_with_deployment(name)) annotations[name] = value;
  }
  const std::int64_t before = revision_of(set.meta);
  if (before >= revision) return annotations;
  annotations[revision_annotation] = fmt::format("{}", revision);
  if (before > 0) {
    std::string& history = annotations[history_annotation];
    history += fmt::format("{}{}", history.empty() ? "" : ",", before);
  }
  return annotations;
}

std::vector<ObjectPtr> beyond_history(const OwnedSets& sets, int limit) {
  std::vector<ObjectPtr> empty;
  for (const ObjectPtr& set : sets.old) {
    const auto& rs = set->as<ReplicaSet>();
    if (rs.replicas == 0 && rs.status.replicas == 0 && !set->meta.deletion_at) empty.push_back(set);
  }
  std::stable_sort(empty.begin(), empty.end(), [](const ObjectPtr& a, const ObjectPtr& b) {
    return revision_of(a->meta) < revision_of(b->meta);
  });
  const std::size_t kept = static_cast<std::size_t>(std::max(0, limit));
  empty.resize(empty.size() > kept ? empty.size() - kept : 0);
  return empty;
}

Object new_replica_set(const Object& deployment, int replicas, int max_replicas, std::int64_t revision,
                       int collision_count) {
  const auto& spec = deployment.as<Deployment>();
  const std::string hash = template_hash(*spec.pod_template, collision_count);
  PodTemplate pod_template = *spec.pod_template;
  pod_template.labels[template_hash_label] = hash;

  ReplicaSet rs;
  rs.replicas = replicas;
  rs.selector = spec.selector;
  rs.selector.match_labels[template_hash_label] = hash;
  rs.min_ready = spec.min_ready;

  Object set;
  set.api_version = "apps/v1";
  set.kind = "ReplicaSet";
  set.meta.namespace_ = deployment.meta.namespace_;
  set.meta.name = deployment.meta.name + "-" + hash;
  set.meta.labels = pod_template.labels;
  set.meta.owners = {
      {deployment.api_version, deployment.kind, deployment.meta.name, deployment.meta.uid, true}};
  set.meta.annotations = annotations_at(deployment, set, revision);
  set.meta.annotations[desired_annotation] = fmt::format("{}", spec.replicas);
  set.meta.annotations[max_annotation] = fmt::format("{}", max_replicas);
  rs.pod_template = std::make_shared<const PodTemplate>(std::move(pod_template));
  set.body = std::move(rs);
  return set;
}

}  // namespace muster
