// Two targets per node: the kubelet with its cAdvisor, which knows pods and volumes, and the node exporter
// (prometheus/node_exporter), which knows the machine. Both are down while the node is.
#include <algorithm>
#include <set>

#include "cluster_model/exporters/node_exporters.hpp"

namespace muster {
namespace {

/// kubelet_volume_stats_* of a claim (kubernetes/kubernetes pkg/kubelet/metrics/collectors/volume_stats.go).
void expose_volume(const std::string& namespace_, const std::string& claim, const Disk& disk,
                   SampleSink& sink) {
  const Labels labels{{"namespace", namespace_}, {"persistentvolumeclaim", claim}};
  const DiskUse free = disk.free();
  const DiskUse& used = disk.used();
  sink.sample("kubelet_volume_stats_capacity_bytes", labels, static_cast<double>(disk.capacity().bytes));
  sink.sample("kubelet_volume_stats_available_bytes", labels, static_cast<double>(free.bytes));
  sink.sample("kubelet_volume_stats_used_bytes", labels, static_cast<double>(used.bytes));
  sink.sample("kubelet_volume_stats_inodes", labels, static_cast<double>(disk.capacity().inodes));
  sink.sample("kubelet_volume_stats_inodes_free", labels, static_cast<double>(free.inodes));
  sink.sample("kubelet_volume_stats_inodes_used", labels, static_cast<double>(used.inodes));
}

/// Every claim that a pod of this node mounts; a claim that nobody mounts is measured by nobody.
void expose_volumes(const KubeletView& view, SampleSink& sink) {
  std::set<std::pair<std::string, std::string>> claims;
  for (const auto& [uid, worker] : view.kubelet.workers()) {
    for (const Volume& volume : worker->spec().volumes)
      if (volume.from == Volume::From::claim) claims.emplace(worker->key().namespace_, volume.object);
  }
  for (const auto& [namespace_, claim] : claims)
    if (const Disk* disk = view.disks.find_volume(namespace_ + "/" + claim))
      expose_volume(namespace_, claim, *disk, sink);
}

void expose_kubelet(const KubeletView& view, SampleSink& sink) {
  int pods = 0, containers = 0;
  for (const auto& [uid, worker] : view.kubelet.workers()) {
    const auto& specs = worker->spec().containers;
    const auto running = std::count_if(specs.begin(), specs.end(), [&](const Container& spec) {
      return worker->container(spec.name)->status().state.phase == ContainerState::Phase::running;
    });
    containers += static_cast<int>(running);
    pods += running > 0 ? 1 : 0;
  }
  sink.sample("kubelet_running_pods", {}, pods);
  sink.sample("kubelet_running_containers", {{"container_state", "running"}}, containers);
  expose_volumes(view, sink);
  expose_containers(view, sink);
}

void expose_disk(const Disk& disk, SampleSink& sink) {
  const Labels labels{{"device", "/dev/vda1"}, {"fstype", "ext4"}, {"mountpoint", "/"}};
  sink.sample("node_filesystem_size_bytes", labels, static_cast<double>(disk.capacity().bytes));
  sink.sample("node_filesystem_avail_bytes", labels, static_cast<double>(disk.free().bytes));
  sink.sample("node_filesystem_free_bytes", labels, static_cast<double>(disk.free().bytes));
  sink.sample("node_filesystem_files", labels, static_cast<double>(disk.capacity().inodes));
  sink.sample("node_filesystem_files_free", labels, static_cast<double>(disk.free().inodes));
  sink.sample("node_filesystem_readonly", labels, 0);
}

/// What the containers used, spread evenly over the processors, and the rest idle.
void expose_processors(const KubeletView& view, SampleSink& sink) {
  const std::int64_t count = std::max<std::int64_t>(1, view.node.cpu_millis / 1000);
  const double each = view.kubelet.cpu_seconds() / static_cast<double>(count);
  const double idle = std::max(0.0, seconds_of(view.now.time_since_epoch()) - each);
  for (std::int64_t cpu = 0; cpu < count; ++cpu) {
    const std::string number = std::to_string(cpu);
    sink.sample("node_cpu_seconds_total", {{"cpu", number}, {"mode", "idle"}}, idle);
    sink.sample("node_cpu_seconds_total", {{"cpu", number}, {"mode", "user"}}, each);
  }
}

void expose_machine(const KubeletView& view, SampleSink& sink) {
  const Kubelet& kubelet = view.kubelet;
  const double free = static_cast<double>(std::max<std::int64_t>(0, kubelet.memory_available()));
  sink.sample("node_uname_info", {{"nodename", kubelet.node()}}, 1);
  sink.sample("node_time_seconds", {}, unix_seconds_of(view.epoch, view.now));
  sink.sample("node_memory_MemTotal_bytes", {}, static_cast<double>(kubelet.memory_capacity()));
  sink.sample("node_memory_MemAvailable_bytes", {}, free);
  expose_processors(view, sink);
  if (view.disk) expose_disk(*view.disk, sink);
}

}  // namespace

void add_node_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  if (!view.control || !view.disks) return;
  ControlPlane& control = *view.control;
  for (const ObjectPtr& node : view.objects.list(Kind::Node)) {
    const std::string& name = node->meta.name;
    const Kubelet* kubelet = control.kubelet(name);
    if (!kubelet) continue;
    const KubeletView seen{*kubelet,    node->as<Node>(), view.disks->find(name),
                           *view.disks, view.now,         view.epoch};
    const bool up = control.nodes().online(name);
    // `seen` refers into the node object, which the target keeps.
    targets.push_back({"kubelet",
                       name + ":10250",
                       {{"metrics_path", "/metrics"}, {"node", name}},
                       [seen, up, node](SampleSink& sink) {
                         if (up) expose_kubelet(seen, sink);
                         return up;
                       }});
    targets.push_back({"node-exporter", name + ":9100", {{"node", name}}, [seen, up, node](SampleSink& sink) {
                         if (up) expose_machine(seen, sink);
                         return up;
                       }});
  }
}

}  // namespace muster
