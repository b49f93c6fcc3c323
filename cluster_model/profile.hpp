// The behaviour profile: what the manifests cannot say. Services, their endpoints and traffic, what the
// images do, and how long the cluster's own steps take. The loader in scenarios/ compiles it from YAML.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/profile/agent.hpp"
#include "cluster_model/profile/app.hpp"
#include "cluster_model/profile/cluster.hpp"
#include "cluster_model/profile/database.hpp"
#include "cluster_model/profile/disk.hpp"
#include "cluster_model/profile/intruder.hpp"
#include "cluster_model/profile/network.hpp"
#include "cluster_model/profile/provider.hpp"
#include "cluster_model/profile/service.hpp"

namespace muster {

struct SystemProfile {
  std::string name;  ///< "autonomous-dev"
  ClusterProfile cluster;
  std::vector<ServiceProfile> services;
  std::vector<AppProfile> apps;
  std::vector<DatabaseProfile> databases;
  std::vector<ProviderProfile> providers;
  NetworkProfile network;
  DiskProfile disks;
  std::vector<AgentProfile> agents;
  IntruderProfile intruder;
};

}  // namespace muster
