// ResourceQuotas: how much a namespace may hold.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "cluster_model/objects/meta.hpp"

namespace muster {

/// By resource name as quotas write it ("pods", "requests.cpu", "count/jobs.batch"); CPU in millicores,
/// memory and storage in bytes, the rest as counts.
using QuotaAmounts = std::map<std::string, std::int64_t>;

struct ResourceQuota {
  QuotaAmounts hard;
  struct Status {
    QuotaAmounts hard, used;
    friend bool operator==(const Status&, const Status&) = default;
  } status;
  Unmodelled spec_rest;
};

/// Its amounts are CPU: shown as "500m".
bool is_cpu_quota(const std::string& resource);

}  // namespace muster
