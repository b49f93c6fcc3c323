// One service as the request path keeps it: its users, its balancer and its counters.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "cluster_model/traffic/arrival_rate.hpp"
#include "cluster_model/traffic/policy_state.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/ring_queue.hpp"
#include "cluster_model/traffic/service_sampler.hpp"
#include "cluster_model/traffic/traffic_window.hpp"
#include "sim/random.hpp"

namespace muster {

/// The luck of one attempt. Which word means what is fixed for ever: a change gives every drill other luck.
using Luck = std::array<std::uint64_t, 4>;
inline constexpr std::size_t gap_word = 0;    ///< time before the arrival; user's time to think
inline constexpr std::size_t user_word = 1;   ///< the user; of a later attempt: the pause before it
inline constexpr std::size_t route_word = 2;  ///< upper half: the endpoint; lower half: the balancer's choice
inline constexpr std::size_t service_word = 3;

/// The request that comes next, with all its luck.
struct NextArrival {
  SimTime due{};
  std::uint64_t number = 0;
  Luck luck{};
  EventId event;
};

struct DeadlineEntry {
  SimTime due{};
  std::uint32_t slot = 0;  ///< call
  std::uint32_t generation = 0;
};

struct ServiceState {
  ServiceState(const ServiceProfile& profile, std::uint64_t seed);

  std::string name, namespace_, kubernetes_service;
  const TrafficProfile traffic;
  RandomStream request_luck, reply_luck, think_luck;
  QuantileTable gaps_ns;  ///< between arrivals at the highest rate of the day
  ArrivalRate rate;
  std::uint32_t users;
  SimDuration deadline;
  Retries retries;
  std::vector<ServiceSampler> think;  ///< one if closed loop

  Balancing balancing;
  bool per_connection, background;
  std::vector<ServerId> targets;
  std::vector<bool> closed;            ///< [endpoint], to users; empty = all open
  std::vector<bool> closed_probes;     ///< [probe path], from outside; empty = all open
  std::uint64_t turn = 0;              ///< round robin
  std::vector<ServerId> connection;    ///< [user], if per connection
  std::vector<std::uint32_t> members;  ///< living servers, by index
  RingQueue<std::uint32_t> messages;   ///< calls, of a background service

  double slowdown = 1;  ///< of all its processes, set by a fault
  double spike = 1;     ///< factor on the rate, set by a fault
  NextArrival next;
  std::size_t next_of_trace = 0;
  std::uint64_t begun = 0;          ///< user requests
  std::uint64_t attempts = 0;       ///< of users
  std::uint32_t on_the_way = 0;     ///< attempts of users
  std::uint32_t waiting_users = 0;  ///< user requests that have not ended
  std::uint64_t sent_messages = 0, done_messages = 0;
  BalancerCounters ended{};
  // A constant delay is born sorted: one queue in order of sending and one engine event for its head replace
  // a timer per request. Entries of finished attempts are skipped when they reach the front.
  RingQueue<DeadlineEntry> deadlines;
  bool deadline_scheduled = false;
  TrafficWindow window;
};

}  // namespace muster
