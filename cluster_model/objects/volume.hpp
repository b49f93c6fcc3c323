// Volumes of a pod and where its containers mount them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

/// One file of a ConfigMap or Secret volume.
struct KeyToPath {
  std::string key, path;
  friend bool operator==(const KeyToPath&, const KeyToPath&) = default;
};

struct Volume {
  enum class From : std::uint8_t { other, empty_dir, config_map, secret, claim, host_path };
  std::string name;
  From from = From::other;  ///< other: as given, in `rest`; no behaviour
  std::string object;       ///< name of the ConfigMap, Secret or claim; hostPath: the path
  bool optional = false;    ///< config_map and secret
  std::vector<KeyToPath> items;
  bool in_memory = false;                  ///< emptyDir with medium Memory
  std::optional<std::int64_t> size_limit;  ///< emptyDir, bytes
  Unmodelled rest;
};

struct VolumeMount {
  std::string name, path;
  std::string sub_path;  ///< such a mount is never refreshed
  bool read_only = false;
  Unmodelled rest;
};

}  // namespace muster
