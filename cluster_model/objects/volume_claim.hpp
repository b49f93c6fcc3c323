// Claims of storage, the volumes that satisfy them, and the classes that volumes are made by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

struct ClaimSpec {
  std::vector<std::string> access_modes;  ///< "ReadWriteOnce", ...
  std::int64_t storage_bytes = 0;         ///< resources.requests.storage
  /// Absent: the default class is filled in at creation; empty: no class, only existing volumes.
  std::optional<std::string> storage_class;
  std::string volume_name;  ///< set when bound
  Unmodelled rest;
};

struct PersistentVolumeClaim {
  ClaimSpec spec;
  struct Status {
    std::string phase = "Pending";  ///< Pending, Bound, Lost
    std::vector<std::string> access_modes;
    std::int64_t capacity_bytes = 0;
    friend bool operator==(const Status&, const Status&) = default;
  } status;
};

struct PersistentVolume {
  std::int64_t capacity_bytes = 0;
  std::vector<std::string> access_modes;
  std::string storage_class;
  std::string reclaim_policy = "Retain";               ///< or Delete
  std::string claim_namespace, claim_name, claim_uid;  ///< claimRef
  std::string phase = "Available";                     ///< Available, Bound, Released, Failed
  Unmodelled spec_rest;
};

struct StorageClass {
  std::string provisioner;
  bool wait_for_first_consumer = false;  ///< volumeBindingMode
  std::string reclaim_policy = "Delete";
  Unmodelled rest;
};

}  // namespace muster
