#include "cluster_model/controllers/revision_history.hpp"

#include <algorithm>
#include <set>

#include "cluster_model/canonical.hpp"
#include "cluster_model/controllers/pod_control.hpp"

namespace muster {

namespace {

std::int64_t number_of(const ObjectPtr& revision) {
  return revision->as<ControllerRevision>().revision;
}

Object new_revision(const Object& owner, const PodTemplate& pod_template, std::int64_t number,
                    int collisions) {
  const std::string hash = template_hash(pod_template, collisions);
  Object revision;
  revision.api_version = "apps/v1";
  revision.kind = "ControllerRevision";
  revision.meta.namespace_ = owner.meta.namespace_;
  revision.meta.name = owner.meta.name + "-" + hash;
  revision.meta.labels = pod_template.labels;
  revision.meta.labels[revision_hash_label] = hash;
  revision.meta.owners = {controller_reference(owner)};
  revision.body = ControllerRevision{number, std::make_shared<const PodTemplate>(pod_template), {}};
  return revision;
}

}  // namespace

std::vector<ObjectPtr> revisions_of(const ObjectStore& store, const Object& owner) {
  std::vector<ObjectPtr> revisions = store.dependents_of(owner.meta.uid);
  std::erase_if(revisions, [](const ObjectPtr& object) {
    return !std::holds_alternative<ControllerRevision>(object->body);
  });
  std::stable_sort(revisions.begin(), revisions.end(),
                   [](const ObjectPtr& a, const ObjectPtr& b) { return number_of(a) < number_of(b); });
  return revisions;
}

ObjectPtr claim_revision(ControlContext& context, const Object& owner, const PodTemplate& pod_template) {
  const std::vector<ObjectPtr> known = revisions_of(context.store, owner);
  const std::int64_t newest = known.empty() ? 0 : number_of(known.back());
  for (const ObjectPtr& revision : known) {
    if (!same_template(*revision->as<ControllerRevision>().pod_template, pod_template)) continue;
    if (number_of(revision) == newest) return revision;
    Object next = *revision;
    next.as<ControllerRevision>().revision = newest + 1;
    return context.api.write(std::move(next), false);
  }
  int collisions = 0;
  Object revision = new_revision(owner, pod_template, newest + 1, collisions);
  while (context.store.find(revision.key()))
    revision = new_revision(owner, pod_template, newest + 1, ++collisions);
  const Result<ObjectPtr> created = context.api.create(std::move(revision));
  return created ? created.value() : nullptr;
}

ObjectPtr first_revision(ControlContext& context, const Object& owner, const PodTemplate& pod_template,
                         SimTime created) {
  const Result<ObjectPtr> made = context.api.create_old(new_revision(owner, pod_template, 1, 0), created);
  return made ? made.value() : nullptr;
}

void forget_revisions(ControlContext& context, const Object& owner, const std::vector<ObjectPtr>& pods,
                      const std::string& current, const std::string& update, int limit) {
  std::set<std::string> used{current, update};
  for (const ObjectPtr& pod : pods) used.insert(revision_name(owner, *pod));
  std::vector<ObjectPtr> old = revisions_of(context.store, owner);
  std::erase_if(old, [&](const ObjectPtr& revision) { return used.contains(revision->meta.name); });
  for (std::size_t i = 0; i + static_cast<std::size_t>(std::max(0, limit)) < old.size(); ++i)
    (void)context.api.remove(old[i]->key()).has_value();
}

std::string revision_hash(const Object& revision) {
  const auto found = revision.meta.labels.find(revision_hash_label);
  return found == revision.meta.labels.end() ? revision.meta.name : found->second;
}

std::string revision_name(const Object& owner, const Object& pod) {
  const auto found = pod.meta.labels.find(revision_hash_label);
  return found == pod.meta.labels.end() ? std::string() : owner.meta.name + "-" + found->second;
}

}  // namespace muster
