// secret/delete: a Secret is gone. Running containers keep what they read; no other can start.
#include "scenarios/faults/fault_parts.hpp"
#include "scenarios/faults/kinds.hpp"

namespace muster {

namespace {

FaultAction build_secret_delete(MapReader& map, const std::vector<Object>& objects, const std::string& by) {
  const ObjectKey key = read_object_key(map, "secret", Kind::Secret, objects);
  auto taken = std::make_shared<ObjectPtr>();
  const auto begin = [=](World& world) {
    *taken = world.objects().find(key);
    if (!*taken) return;
    const auto removed = world.remove(key, std::nullopt, by);
    if (!removed) *taken = nullptr;
  };
  const auto end = [=](World& world) {
    if (!*taken || world.objects().find(key)) return;  // never there, or somebody has made a new one
    Object again;
    again.api_version = (*taken)->api_version;
    again.kind = (*taken)->kind;
    again.body = (*taken)->body;
    again.meta.namespace_ = key.namespace_;
    again.meta.name = key.name;
    again.meta.labels = (*taken)->meta.labels;
    again.meta.annotations = (*taken)->meta.annotations;
    const auto created = world.create(std::move(again), by);
    static_cast<void>(created);  // refused if its namespace has gone meanwhile
  };
  return {target_of(key), "delete", begin, end};
}

}  // namespace

FaultKind secret_delete_kind() {
  return {"secret/delete",
          "Deletes a Secret; with `for` it is created again with the same data.",
          {{"secret", "namespace/name of a Secret", true, "What is deleted."}},
          true,
          build_secret_delete};
}

}  // namespace muster
