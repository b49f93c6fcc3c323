// What the users of one service got in one virtual second.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/statistics.hpp"

namespace muster {

/// How a request ended, as its user saw it.
enum class Outcome : std::uint8_t {
  ok,            ///< 2xx or 3xx in time
  client_error,  ///< 4xx: the user's own mistake, not an outage
  server_error,  ///< 5xx that the application answered
  unavailable,   ///< 503 of the balancer: no ready endpoint, or the connection was refused
  reset,         ///< the pod died or was cut off while it held the request: 502
  timeout,       ///< no answer within the user's deadline
  throttled      ///< 429: a rate limiter turned it away
};
inline constexpr int outcome_count = 7;
const char* to_string(Outcome outcome);
constexpr bool is_failure(Outcome outcome) {
  return outcome >= Outcome::server_error;
}

struct EndpointTraffic {
  std::string endpoint;                                 ///< "GET /api/v1/tasks"
  std::string feature;                                  ///< the feature of the product it belongs to
  std::array<std::uint32_t, outcome_count> outcomes{};  ///< [Outcome], requests that ended in this second
};

/// One per virtual second and service. Sums over seconds are exact; distinct users are not additive, so the
/// last minute's are given too.
struct TrafficFact {
  std::string service;
  std::uint32_t arrivals = 0;              ///< requests that users began in this second
  std::uint32_t retries = 0;               ///< further attempts at requests, which are not requests
  std::vector<EndpointTraffic> endpoints;  ///< in the profile's order; endpoints without traffic left out
  std::uint32_t slow = 0;                  ///< ok replies slower than the service's latency objective
  std::uint32_t users_seen = 0;            ///< distinct users whose requests ended in this second
  std::uint32_t users_affected = 0;        ///< of them, those with a failure or a slow reply
  std::uint32_t users_seen_minute = 0;     ///< the same over the last 60 s
  std::uint32_t users_affected_minute = 0;
  LatencyHistogram latency;  ///< of all replies, failures included, at the user

  std::uint64_t ended() const;
  std::uint64_t failed() const;
};

}  // namespace muster
