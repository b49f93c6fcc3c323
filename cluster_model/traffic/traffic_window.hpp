// What the users of one service got in the present second: the counters behind TrafficFact.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "cluster_model/profile.hpp"
#include "cluster_model/traffic/distinct_users.hpp"
#include "journal/fact/traffic.hpp"

namespace muster {

class TrafficWindow {
 public:
  explicit TrafficWindow(const ServiceProfile& service);

  void arrived() { ++arrivals_; }
  /// An attempt after the first.
  void retried() { ++retries_; }
  /// A user's request is over. `latency` is what the user waited.
  void ended(std::uint32_t endpoint, Outcome outcome, SimDuration latency, std::uint32_t user);
  /// The fact of the second that is over; the next one begins.
  TrafficFact close();

 private:
  struct Row {
    std::string endpoint, feature;
    std::array<std::uint32_t, outcome_count> outcomes{};
  };

  std::string service_;
  SimDuration latency_objective_;
  std::vector<Row> rows_;  // [endpoint]
  std::uint32_t arrivals_ = 0, retries_ = 0;
  std::uint32_t slow_ = 0;
  DistinctUsers seen_, affected_;
  LatencyHistogram latency_;
};

}  // namespace muster
