// A serving process: its accept queue, its workers and the counters of its own /metrics.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/ring_queue.hpp"

namespace muster {

struct RequestServer {
  RequestServer(int service_index, ServerSpec server_spec, std::size_t endpoints);

  std::uint32_t in_flight() const { return static_cast<std::uint32_t>(working.size() + queue.size()); }
  bool has_free_worker() const { return working.size() < static_cast<std::size_t>(spec.workers); }
  bool has_backlog_room() const { return queue.size() < static_cast<std::size_t>(spec.backlog); }
  void count_reply(std::uint32_t endpoint, Outcome outcome, SimDuration latency);

  int service;
  ServerSpec spec;
  bool draining = false;
  std::function<void()> idle;          // called once when a drain is over
  std::vector<std::uint32_t> working;  // request slots, in no order; Request::position says where
  RingQueue<std::uint32_t> queue;      // request slots, first come first served
  ServerCounters counters;
};

}  // namespace muster
