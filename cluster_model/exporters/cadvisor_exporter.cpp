// cAdvisor inside the kubelet (google/cadvisor docs/storage/prometheus.md, metrics/prometheus.go): one row
// per container, one per pod (container="", its cgroup, which holds the others) and one per pause container
// (container="POD"). A sum without a filter on `container` counts everything twice, as it does in production.
// The model has no page cache, so usage, working set and rss are one number; its pause container uses
// nothing.
#include "cluster_model/exporters/node_exporters.hpp"

namespace muster {
namespace {

constexpr const char* pause_image = "registry.k8s.io/pause:3.9";
/// Quota period (kubernetes/kubernetes pkg/kubelet/cm/helpers_linux.go, QuotaPeriod), microseconds.
constexpr double quota_period_us = 100'000;

struct Row {
  ServerUsage usage;
  std::int64_t memory_limit = 0, cpu_limit_millis = 0;
  SimTime started{};
};

void expose_cpu(const Row& row, Labels& labels, SampleSink& sink) {
  labels.emplace_back("cpu", "total");
  sink.sample("container_cpu_usage_seconds_total", labels, row.usage.cpu_seconds);
  labels.pop_back();
  if (row.cpu_limit_millis == 0) return;  // without a quota there are no periods
  const double quota = static_cast<double>(row.cpu_limit_millis) / 1000 * quota_period_us;
  sink.sample("container_spec_cpu_period", labels, quota_period_us);
  sink.sample("container_spec_cpu_quota", labels, quota);
  sink.sample("container_cpu_cfs_periods_total", labels, static_cast<double>(row.usage.quota_periods));
  sink.sample("container_cpu_cfs_throttled_periods_total", labels,
              static_cast<double>(row.usage.throttled_periods));
  sink.sample("container_cpu_cfs_throttled_seconds_total", labels, row.usage.throttled_seconds);
}

void expose_row(const KubeletView& view, const Row& row, Labels& labels, SampleSink& sink) {
  const double memory = static_cast<double>(row.usage.memory_bytes);
  sink.sample("container_memory_usage_bytes", labels, memory);
  sink.sample("container_memory_working_set_bytes", labels, memory);
  sink.sample("container_memory_rss", labels, memory);
  sink.sample("container_spec_memory_limit_bytes", labels, static_cast<double>(row.memory_limit));
  sink.sample("container_start_time_seconds", labels, unix_seconds_of(view.epoch, row.started));
  sink.sample("container_last_seen", labels, unix_seconds_of(view.epoch, view.now));
  expose_cpu(row, labels, sink);
}

Labels labels_of(const PodWorker& worker, const std::string& group, const std::string& container,
                 const std::string& image, const std::string& id) {
  Labels labels{{"namespace", worker.key().namespace_}, {"pod", worker.key().name}};
  put_label(labels, "container", container);
  put_label(labels, "image", image);
  labels.emplace_back("id", id.empty() ? group : group + "/" + id);
  put_label(labels, "name", id);
  labels.emplace_back("metrics_path", "/metrics/cadvisor");
  return labels;
}

/// What a container's processes have written beside their volumes; the model knows it per pod.
void expose_disk(const KubeletView& view, const PodWorker& worker, Labels& labels, SampleSink& sink) {
  if (!view.disk) return;
  const std::int64_t bytes = view.disk->used_by(NodeDisks::layer_owner(worker.uid())).bytes +
                             view.disk->used_by(NodeDisks::log_owner(worker.uid())).bytes;
  labels.emplace_back("device", "/dev/vda1");
  sink.sample("container_fs_usage_bytes", labels, static_cast<double>(bytes));
  sink.sample("container_fs_limit_bytes", labels, static_cast<double>(view.disk->capacity().bytes));
  labels.pop_back();
}

void add(Row& pod, const Row& container) {
  pod.usage.cpu_seconds += container.usage.cpu_seconds;
  pod.usage.memory_bytes += container.usage.memory_bytes;
  pod.memory_limit += container.memory_limit;
}

void expose_pod_rows(const KubeletView& view, const PodWorker& worker, SampleSink& sink) {
  const std::string group =
      std::string("/kubepods/") + to_string(qos_of(worker.spec())) + "/pod" + worker.uid();
  Row pod;
  pod.started = sim_never;
  bool all_limited = true;
  for (const Container& spec : worker.spec().containers) {
    const ContainerWorker* container = worker.container(spec.name);
    const ContainerState& state = container->status().state;
    if (state.phase != ContainerState::Phase::running) continue;
    const std::string id = state.container_id.substr(state.container_id.rfind('/') + 1);
    const Row row{container->usage(), spec.resources.memory_limit.value_or(0),
                  spec.resources.cpu_limit.value_or(0), state.started_at};
    Labels labels = labels_of(worker, group, spec.name, spec.image, id);
    expose_row(view, row, labels, sink);
    // The kernel kills the whole container, whose series then end: what is counted here is hardly ever seen.
    sink.sample("container_oom_events_total", labels, 0);
    if (&spec == &worker.spec().containers.front()) expose_disk(view, worker, labels, sink);
    add(pod, row);
    all_limited = all_limited && row.memory_limit > 0;
    pod.started = std::min(pod.started, state.started_at);
  }
  if (pod.started == sim_never) return;  // nothing runs
  if (!all_limited) pod.memory_limit = 0;
  Labels labels = labels_of(worker, group, "", "", "");
  expose_row(view, pod, labels, sink);
  Row pause;
  pause.started = pod.started;
  labels = labels_of(worker, group, "POD", pause_image, "pause");
  expose_row(view, pause, labels, sink);
}

}  // namespace

void expose_containers(const KubeletView& view, SampleSink& sink) {
  for (const auto& [uid, worker] : view.kubelet.workers()) expose_pod_rows(view, *worker, sink);
}

}  // namespace muster
