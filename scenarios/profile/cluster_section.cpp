// How quick the cluster is.
#include "scenarios/profile/sections.hpp"

namespace muster {

void read_cluster(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "the cluster", context.errors);
  ClusterProfile& cluster = context.result.profile.cluster;
  cluster.controller = lognormal_time(map, "controller", cluster.controller);
  cluster.schedule = lognormal_time(map, "schedule", cluster.schedule);
  cluster.sandbox = lognormal_time(map, "sandbox", cluster.sandbox);
  cluster.endpoint_propagation = lognormal_time(map, "endpointPropagation", cluster.endpoint_propagation);
  cluster.pull_bytes_per_second = map.number("pullBytesPerSecond", 1e3, 1e12, cluster.pull_bytes_per_second);
  cluster.node_boot = lognormal_time(map, "nodeBoot", cluster.node_boot);
  cluster.node_monitor_grace = positive_time(map, "nodeMonitorGracePeriod", cluster.node_monitor_grace);
  cluster.node_system_memory =
      map.whole("nodeSystemMemoryBytes", 0, std::int64_t{1} << 40, cluster.node_system_memory);
  cluster.container_memory =
      map.whole("containerMemoryBytes", 0, std::int64_t{1} << 40, cluster.container_memory);
  map.finish();
}

}  // namespace muster
