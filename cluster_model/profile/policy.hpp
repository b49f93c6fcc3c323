// How a caller protects itself and those it calls: retries, budgets, limits, circuit breaker.
#pragma once

#include <cstdint>
#include <string>

#include "cluster_model/profile/setting.hpp"
#include "sim/time.hpp"

namespace muster {

/// Failed attempts are repeated. The k-th pause (k from 0) is min(cap, base * factor^k), by `jitter`.
struct RetryProfile {
  enum class Jitter : std::uint8_t {
    none,        ///< exactly that long
    full,        ///< uniform in (0, pause): "full jitter" (M. Brooker, AWS Architecture Blog, 2015)
    exponential  ///< exponential with that mean: people who try again
  };
  static constexpr int without_end = 1'000'000'000;

  Setting count;  ///< attempts after the first
  SimDuration base{0};
  double factor = 2;
  SimDuration cap{20s};
  Jitter jitter = Jitter::full;
  /// Retry budget as a token bucket: a success deposits this many tokens, a retry takes one, none left = no
  /// retry. 0 = no budget. (AWS SDK "retry quota"; M. Brooker, "Fixing retries with token buckets", 2022.)
  double budget_per_success = 0;
  double budget_size = 10;  ///< the bucket holds no more; it begins full
};

/// Token bucket: `rate` tokens per second, at most `burst`; each request takes one, none left = 429.
struct RateLimitProfile {
  Setting rate;  ///< 0 = no limit
  double burst = 1;
};

/// Circuit breaker that counts calls (resilience4j COUNT_BASED): of a full window of `window` calls, at least
/// `failures` failed: open for `open`, all calls fail at once; then `probes` calls are let through, and it
/// closes if fewer than the same share of them fail.
struct BreakerProfile {
  Setting enabled{0};  ///< fixed at process start
  int window = 100;    ///< resilience4j slidingWindowSize and minimumNumberOfCalls
  int failures = 50;   ///< resilience4j failureRateThreshold 50 %
  SimDuration open{60s};
  int probes = 10;
};

/// What a process does around its calls to one other party. State (breaker, buckets, connections) is kept per
/// process and policy.
struct CallPolicy {
  std::string name;
  Setting timeout{0};         ///< seconds for one attempt, read timeout; 0 = none
  SimDuration connect{127s};  ///< for a new connection: Linux gives up after six SYNs (tcp_syn_retries 6)
  bool cancel = true;         ///< a caller that gives up closes the connection, and the other side notices
  int keep_alive = 0;         ///< idle connections kept to each process of the other side; 0 = none
  RetryProfile retries;
  BreakerProfile breaker;
  RateLimitProfile limit;
};

}  // namespace muster
