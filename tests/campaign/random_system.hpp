// A system drawn from a seed, as the files a user would write: manifests and a behaviour profile. Every
// system drawn is sound: it fits its nodes, its settings let the programs start, and its servers can carry
// its traffic.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace muster::campaign {

/// One Deployment with its Service, ConfigMap and Secret, all of the same name.
struct DrawnWorkload {
  std::string namespace_, name;
  int replicas = 1;
  bool has_service = true;
  bool has_config = true;
  std::string key() const { return namespace_ + "/" + name; }
  std::string image(const std::string& tag) const { return "registry.test/" + name + ":" + tag; }
};

struct DrawnSystem {
  std::vector<DrawnWorkload> workloads;
  std::vector<std::string> nodes;
  bool has_database = false;  ///< "main", with a standby
  bool has_provider = false;  ///< "vendor"
  std::string manifests;  ///< YAML documents
  std::string profile;    ///< YAML
};

/// Tags of images that every drawn profile knows: good ones, and ones that misbehave.
inline const std::vector<std::string> image_tags{"v1", "v2", "slow", "crash", "errors"};

DrawnSystem draw_system(std::uint64_t seed);

}  // namespace muster::campaign
