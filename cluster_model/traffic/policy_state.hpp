// A CallPolicy as one process lives it: its numbers fixed by the environment at start, its breaker, buckets
// and idle connections.
#pragma once

#include <algorithm>
#include <vector>

#include "cluster_model/objects/meta.hpp"
#include "cluster_model/traffic/breaker.hpp"
#include "cluster_model/traffic/server.hpp"
#include "cluster_model/traffic/token_bucket.hpp"
#include "sim/random.hpp"

namespace muster {

/// RetryProfile with its numbers fixed.
struct Retries {
  Retries() = default;
  Retries(const RetryProfile& given, const StringMap& environment)
      : profile(given),
        count(static_cast<std::uint32_t>(std::max(0.0, given.count.in(environment)))),
        budget(given.budget_per_success, given.budget_size) {}

  /// The pause before attempt `next` (1 = the first retry).
  SimDuration pause(std::uint32_t next, std::uint64_t word) const;

  RetryProfile profile;
  std::uint32_t count = 0;
  RetryBudget budget;
};

struct PolicyState {
  PolicyState() = default;
  PolicyState(const CallPolicy& policy, const StringMap& environment)
      : timeout(duration_from_seconds(std::max(0.0, policy.timeout.in(environment)))),
        connect(policy.connect),
        cancel(policy.cancel),
        keep_alive(policy.keep_alive),
        retries(policy.retries, environment),
        breaker(policy.breaker, policy.breaker.enabled.on(environment)),
        limit(policy.limit.rate.in(environment), policy.limit.burst) {}

  SimDuration timeout{0}, connect{127s};
  bool cancel = true;
  int keep_alive = 0;
  Retries retries;
  Breaker breaker;
  TokenBucket limit;
  std::vector<ServerId> idle;  ///< open connections that nobody uses, the last used last
};

}  // namespace muster
