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
  map.finish();
}

}  // namespace muster
