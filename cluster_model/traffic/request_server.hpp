// A serving process: its accept queue, its workers, its processors and memory, and the counters of its own
// /metrics.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "cluster_model/network/network.hpp"
#include "cluster_model/traffic/cpu_share.hpp"
#include "cluster_model/traffic/policy_state.hpp"
#include "cluster_model/traffic/program.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/ring_queue.hpp"
#include "cluster_model/traffic/token_bucket.hpp"
#include "sim/event_queue.hpp"

namespace muster {

/// One visit or call, if it is still the same.
struct SlotRef {
  std::uint32_t slot = UINT32_MAX;
  std::uint32_t generation = 0;
};

/// Memory beyond the constant part.
struct MemoryUse {
  double leaked = 0;   ///< bytes, by requests
  double garbage = 0;  ///< bytes
  bool told = false;   ///< out_of_memory has been called
};

struct RequestServer {
  RequestServer(int service_index, ServerSpec server_spec, const CompiledService& compiled, SimTime now);

  bool event_loop() const { return kind == WorkerKind::event_loop; }
  bool has_free_worker() const { return busy < workers; }
  bool has_room() const { return has_free_worker() || waiting < backlog; }
  bool is_on(std::uint32_t flag) const { return flags >> flag & 1; }
  void count_reply(std::uint32_t endpoint, Outcome outcome, SimDuration latency);
  void count_throttled(std::uint32_t endpoint);
  PolicyState& policy(std::uint32_t process, std::uint16_t index) {
    return policies[process * policies_per_process + index];
  }
  /// The stretch of all service times: image, endpoint, collector.
  double time_factor(std::uint32_t endpoint) const {
    return plain ? factor : factor * endpoint_factor(endpoint) * collector_factor();
  }
  double failure_probability(std::uint32_t endpoint) const;

  // request_memory.cpp
  double working_set() const;
  void remember_reply();

  int service;
  ServerSpec spec;
  WorkerKind kind = WorkerKind::thread;
  std::uint32_t workers = 1, backlog = 0, processes = 1;
  double factor = 1;
  bool plain = true;  ///< no endpoint factors, no memory model
  bool draining = false;
  bool serving = false;        ///< its queue is being served further up the stack
  std::function<void()> idle;  ///< called once when a drain is over
  SimTime started{};

  std::vector<std::uint32_t> visits;  ///< all it holds, in no order; Visit::position says where
  RingQueue<SlotRef> queue;           ///< for a worker, first come first served; gone ones are skipped
  std::uint32_t waiting = 0;          ///< in the queue and not gone
  std::uint32_t busy = 0;             ///< workers held
  ServerCounters counters;

  std::uint64_t flags = 0;
  std::size_t policies_per_process = 1;
  std::vector<PolicyState> policies;  ///< [process][policy]
  std::vector<double> known;          ///< [cache]: items
  TokenBucket limit;
  const ServiceSampler* queue_timeout = nullptr;
  std::unique_ptr<ServiceSampler> queue_timeout_law;
  std::unique_ptr<CpuShare> cpu;  ///< null: every burst has a processor of its own
  EventId cpu_event;
  double cpu_seconds = 0;  ///< without `cpu`
  MemoryUse memory;
  /// What the network says of the way to a process; asked again when anything may have changed.
  struct Edge {
    ServerId to;  ///< empty: from the users to here
    std::uint64_t epoch = UINT64_MAX;
    Reach reach;
    bool cut = false;
  };
  std::vector<Edge> edges;

 private:
  double endpoint_factor(std::uint32_t endpoint) const;
  double collector_factor() const;
  void fix_numbers(const CompiledService& compiled, SimTime now);

  std::vector<EndpointBehaviour> endpoints_;  ///< [endpoint]; empty: nothing special
};

}  // namespace muster
