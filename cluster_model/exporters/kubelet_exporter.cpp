// Two targets per node: the kubelet's cAdvisor (google/cadvisor docs/storage/prometheus.md), which knows the
// containers, and the node exporter (prometheus/node_exporter), which knows the machine. Both are down while
// the node is.
#include <algorithm>

#include "cluster_model/control_plane.hpp"
#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/storage/node_disks.hpp"

namespace muster {
namespace {

void expose_containers(const Kubelet& kubelet, SampleSink& sink) {
  for (const auto& [uid, worker] : kubelet.workers()) {
    for (const Container& container : worker->spec().containers) {
      const ContainerWorker* running = worker->container(container.name);
      const ContainerState& state = running->status().state;
      if (state.phase != ContainerState::Phase::running) continue;
      const Labels labels{{"namespace", worker->key().namespace_},
                          {"pod", worker->key().name},
                          {"container", container.name},
                          {"image", container.image}};
      sink.sample("container_memory_working_set_bytes", labels, static_cast<double>(running->working_set()));
      sink.sample("container_cpu_usage_seconds_total", labels, running->cpu_seconds());
    }
  }
}

void expose_disk(const Disk& disk, SampleSink& sink) {
  const Labels labels{{"device", "/dev/vda1"}, {"fstype", "ext4"}, {"mountpoint", "/"}};
  sink.sample("node_filesystem_size_bytes", labels, static_cast<double>(disk.capacity().bytes));
  sink.sample("node_filesystem_avail_bytes", labels, static_cast<double>(disk.free().bytes));
  sink.sample("node_filesystem_files", labels, static_cast<double>(disk.capacity().inodes));
  sink.sample("node_filesystem_files_free", labels, static_cast<double>(disk.free().inodes));
}

}  // namespace

void add_node_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  if (!view.control || !view.disks) return;
  ControlPlane& control = *view.control;
  for (const ObjectPtr& node : view.objects.list(Kind::Node)) {
    const std::string& name = node->meta.name;
    const Kubelet* kubelet = control.kubelet(name);
    const Disk* disk = view.disks->find(name);
    if (!kubelet) continue;
    const bool up = control.nodes().online(name);
    targets.push_back({"kubelet", name + ":10250", {{"node", name}}, [kubelet, up](SampleSink& sink) {
                         if (up) expose_containers(*kubelet, sink);
                         return up;
                       }});
    targets.push_back(
        {"node-exporter", name + ":9100", {{"node", name}}, [kubelet, disk, up](SampleSink& sink) {
           if (!up) return false;
           sink.sample("node_memory_MemTotal_bytes", {}, static_cast<double>(kubelet->memory_capacity()));
           sink.sample("node_memory_MemAvailable_bytes", {},
                       static_cast<double>(std::max<std::int64_t>(0, kubelet->memory_available())));
           if (disk) expose_disk(*disk, sink);
           return true;
         }});
  }
}

}  // namespace muster
