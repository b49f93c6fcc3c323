#include "cluster_model/controllers/pod_collector.hpp"

#include "cluster_model/pod_facts.hpp"

namespace muster {

PodCollector::PodCollector(ControlContext& context)
    : context_(context),
      queue_(context.engine, context.seed, "pod-garbage-collector", {},
             [this](const ObjectKey& key) { collect(key); }) {}

void PodCollector::watch(const Change& change) {
  const ObjectKey key = change.after->key();
  if (key.kind == Kind::Node && change.type == Change::Type::deleted)
    queue_.add_at(key, context_.engine.now() + quarantine);
}

void PodCollector::collect(const ObjectKey& node) {
  if (context_.store.find(node)) return;  // it is back
  for (const ObjectPtr& pod : context_.store.list(Kind::Pod)) {
    if (pod->as<Pod>().spec.node_name != node.name) continue;
    Object next = *pod;
    auto& status = next.as<Pod>().status;
    set_pod_condition(status, "DisruptionTarget", true, "DeletionByPodGC", "PodGC: node no longer exists",
                      context_.engine.now());
    if (!is_finished(pod->as<Pod>())) status.phase = "Failed";
    context_.api.write(std::move(next), false);
    (void)context_.api.remove(pod->key(), 0s).has_value();
  }
}

}  // namespace muster
