#include "api/world_cluster.hpp"

#include "api/world_rehearsal.hpp"
#include "cluster_model/control_plane.hpp"
#include "cluster_model/kubelet/container_worker.hpp"

namespace muster {

std::optional<kube::PodMetrics> WorldCluster::usage(const ObjectKey& pod) const {
  const std::optional<Usage> seen = world_.control_plane().usage(pod);
  if (!seen) return std::nullopt;
  kube::PodMetrics metrics{seen->at, seen->window, {}};
  for (const ContainerLoad& load : seen->containers)
    metrics.containers.push_back({load.name, load.cpu_nanos, load.memory_bytes});
  return metrics;
}

std::optional<std::int64_t> WorldCluster::system_memory(const std::string& node) const {
  if (!world_.nodes().online(node)) return std::nullopt;
  return world_.profile().cluster.node_system_memory;
}

std::string WorldCluster::node_address(const std::string& node) const {
  const Kubelet* kubelet = world_.control_plane().kubelet(node);
  return kubelet ? kubelet->address() : std::string();
}

void WorldCluster::print_line(const ObjectKey& pod, const std::string& container, const std::string& line) {
  ContainerWorker* worker = world_.control_plane().container(pod, container);
  if (worker) worker->print_now(line);
}

void WorldCluster::end_main_process(const ObjectKey& pod, const std::string& container, int exit_code) {
  ContainerWorker* worker = world_.control_plane().container(pod, container);
  if (worker) worker->exit_main(exit_code);
}

std::unique_ptr<kube::Cluster> WorldCluster::rehearsal() const {
  return std::make_unique<WorldRehearsal>(*this, world_.control_plane().api());
}

}  // namespace muster
