// What an instance uses of the node, and what the kernel does about it.
#include "cluster_model/kubelet/container_worker.hpp"

namespace muster {

std::int64_t ContainerWorker::working_set() const {
  if (status_.state.phase != ContainerState::Phase::running) return 0;
  std::int64_t bytes = 0;
  for (const auto& [service, server] : servers_) bytes += host_.context.requests.usage(server).memory_bytes;
  if (bytes == 0) bytes = host_.context.profile.cluster.container_memory;  // nobody has said
  return bytes + extra_memory_;
}

ServerUsage ContainerWorker::usage() const {
  ServerUsage all;
  for (const auto& [service, server] : servers_) {
    const ServerUsage used = host_.context.requests.usage(server);
    all.cpu_seconds += used.cpu_seconds;
    all.quota_periods += used.quota_periods;
    all.throttled_periods += used.throttled_periods;
    all.throttled_seconds += used.throttled_seconds;
  }
  all.memory_bytes = working_set();
  return all;
}

void ContainerWorker::use_memory(std::int64_t bytes) {
  if (status_.state.phase != ContainerState::Phase::running) return;
  extra_memory_ = bytes;
  const std::int64_t limit = spec_.resources.memory_limit.value_or(0);
  if (limit > 0 && working_set() > limit) oom_kill();
}

/// The whole cgroup goes (memory.oom.group, which the kubelet sets since Kubernetes 1.28 on cgroup v2). The
/// request path may be in the middle of something, so that the process ends in an event of its own.
void ContainerWorker::oom_kill() {
  if (status_.state.phase == ContainerState::Phase::running && !oom_.running())
    oom_.start_at(host_.context.engine.now());
}

}  // namespace muster
