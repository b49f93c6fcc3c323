#include "cluster_model/controllers/pod_control.hpp"

#include <algorithm>

#include "cluster_model/names.hpp"

namespace muster {

OwnerReference controller_reference(const Object& owner) {
  return {owner.api_version, owner.kind, owner.meta.name, owner.meta.uid, true};
}

bool controls(const Object& owner, const Object& dependent) {
  const OwnerReference* found = controller_of(dependent.meta);
  return found && found->uid == owner.meta.uid;
}

std::optional<ObjectKey> former_controller(const Change& change, Kind kind) {
  const OwnerReference* before = change.before ? controller_of(change.before->meta) : nullptr;
  const OwnerReference* now = controller_of(change.after->meta);
  if (!before || before->kind != to_string(kind) || (now && now->uid == before->uid)) return std::nullopt;
  return ObjectKey{kind, change.after->meta.namespace_, before->name};
}

std::vector<ObjectPtr> controlled_pods(const ObjectStore& store, const Object& owner) {
  std::vector<ObjectPtr> pods = store.dependents_of(owner.meta.uid);
  std::erase_if(pods, [&](const ObjectPtr& object) {
    return !std::holds_alternative<Pod>(object->body) || !controls(owner, *object);
  });
  return pods;
}

std::vector<ObjectPtr> claim_pods(ControlContext& context, const Object& owner, const LabelSelector& selector,
                                  const std::function<bool(const Object&)>& wanted) {
  std::vector<ObjectPtr> mine;
  for (ObjectPtr& pod : controlled_pods(context.store, owner)) {
    if (!wanted(*pod)) continue;
    if (selects(selector, pod->meta.labels)) {
      mine.push_back(std::move(pod));
      continue;
    }
    Object next = *pod;
    std::erase_if(next.meta.owners, [](const OwnerReference& found) { return found.controller; });
    context.api.write(std::move(next), false);
  }
  for (const ObjectPtr& pod : context.store.loose_pods(owner.meta.namespace_)) {
    if (!wanted(*pod) || !selects(selector, pod->meta.labels)) continue;
    Object next = *pod;
    next.meta.owners.push_back(controller_reference(owner));
    mine.push_back(context.api.write(std::move(next), false));
  }
  const auto by_name = [](const ObjectPtr& a, const ObjectPtr& b) { return a->meta.name < b->meta.name; };
  if (!std::is_sorted(mine.begin(), mine.end(), by_name)) std::stable_sort(mine.begin(), mine.end(), by_name);
  return mine;
}

Object pod_from_template(const Object& owner, const PodTemplate& pod_template, const std::string& name) {
  Object pod;
  pod.api_version = "v1";
  pod.kind = "Pod";
  pod.meta.namespace_ = owner.meta.namespace_;
  pod.meta.name = name;
  pod.meta.labels = pod_template.labels;
  pod.meta.annotations = pod_template.annotations;
  pod.meta.owners = {controller_reference(owner)};
  pod.meta.rest = std::make_shared<const std::string>("{\"generateName\":\"" + owner.meta.name + "-\"}");
  pod.body = Pod{pod_template.spec, {}};
  return pod;
}

std::string free_pod_name(const ControlContext& context, const Object& owner, std::uint64_t& made) {
  const std::string whose = entity_of(owner.key()) + "/" + owner.meta.uid;
  for (;;) {
    std::string name = owner.meta.name + "-" + name_suffix(context.seed, whose, made++);
    if (!context.store.find(Kind::Pod, owner.meta.namespace_, name)) return name;
  }
}

bool create_pod(ControlContext& context, const Object& owner, const EventSource& source, Object pod) {
  const Result<ObjectPtr> created = context.api.create(std::move(pod));
  if (!created) {
    context.events.warning(owner, source, "FailedCreate", "Error creating: " + created.error().text());
    return false;
  }
  context.events.normal(owner, source, "SuccessfulCreate", "Created pod: " + created.value()->meta.name);
  return true;
}

void delete_pod(ControlContext& context, const Object& owner, const EventSource& source,
                const ObjectKey& pod) {
  if (!context.api.remove(pod)) return;
  context.events.normal(owner, source, "SuccessfulDelete", "Deleted pod: " + pod.name);
}

}  // namespace muster
