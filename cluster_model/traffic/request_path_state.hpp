// What the request path is made of; private to cluster_model/traffic/. One file for each leg of the way:
// request_users (arrivals, deadlines, retries of users), request_balancer (to a process), request_serving
// (steps), request_calls (a step that asks somebody else), request_servers (processes come and go).
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cluster_model/network/network.hpp"
#include "cluster_model/traffic/mix.hpp"
#include "cluster_model/traffic/program.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/request_server.hpp"
#include "cluster_model/traffic/request_watcher.hpp"
#include "cluster_model/traffic/service_state.hpp"
#include "cluster_model/traffic/visit.hpp"

namespace muster {

class LogWords;

/// A request that goes on at an operation, or fails.
struct Resumption {
  std::uint32_t visit = 0, generation = 0;
  std::uint32_t operation = 0;  ///< Operation::fail: the request fails
};

struct RequestPath::State final : CallSink {
  State(Engine& engine_, FactSink& facts_, const std::vector<ServiceProfile>& profiles, std::uint64_t seed);

  /// Around everything that happens: what it leads to is done when it is over, not inside it, so that no
  /// chain of calls nests and nobody is pulled from under the feet of a function that works on him.
  class Turn {
   public:
    explicit Turn(State& state) : state_(state) { ++state_.turns; }
    ~Turn() {
      if (state_.turns == 1) state_.settle();
      --state_.turns;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    State& state_;
  };
  void settle() {
    if (!resumptions.empty() || !out_of_memory.empty() || !drained.empty()) settle_all();
  }
  void settle_all();
  void compile();

  // request_users.cpp
  void start();
  void schedule_arrival(std::uint32_t service_index);
  void arrive(std::uint32_t service_index);
  void replay_next(std::uint32_t service_index);
  void think(std::uint32_t service_index, std::uint32_t user, std::uint64_t word);
  void begin_request(std::uint32_t service_index, std::uint64_t number, const Luck& luck, std::uint32_t user,
                     int endpoint);
  void set_spike(std::uint32_t service_index, double factor);
  void observe();
  void user_attempt_ended(std::uint32_t slot, Outcome outcome);
  bool retry_user(std::uint32_t slot);
  void end_for_user(std::uint32_t slot, Outcome outcome);
  void schedule_deadline(ServiceState& service);
  void expire_deadlines(std::uint32_t service_index);
  void expire(std::uint32_t slot);
  void skip_finished_deadlines(ServiceState& service);

  // request_balancer.cpp
  void send(std::uint32_t slot, const Luck& luck);
  ServerId choose(ServiceState& service, const Call& call, std::uint64_t word);
  ServerId choose_target(ServiceState& service, std::uint64_t word);
  std::uint32_t load_of(ServerId target) const;
  void deliver(std::uint32_t slot, ServerId target, const Luck& luck);
  void wait_until_deadline(std::uint32_t slot);
  SimDuration connect_timeout(const Call& call);
  void lose(std::uint32_t slot, SimDuration patience);
  void attempt_ended(std::uint32_t slot, Outcome outcome);

  // request_edges.cpp: the network between a caller and a process
  void cross(std::uint32_t slot, ServerId target, const Luck& luck);
  const RequestServer::Edge& edge_to(const Call& call, std::uint32_t target);
  NetworkPeer peer_of(const RequestServer& server) const;
  bool take_connection(std::uint32_t slot, ServerId target);
  void give_back_connection(const Call& call);
  bool is_cut(std::uint32_t call_slot, std::uint32_t server_index);

  // request_serving.cpp
  void accept(std::uint32_t server_index, std::uint32_t call_slot, const Luck& luck);
  void wait_for_worker(RequestServer& server, std::uint32_t slot, std::uint32_t operation);
  void give_up_waiting(std::uint32_t slot);
  void take_worker(RequestServer& server, Visit& visit);
  void release_worker(std::uint32_t server_index, Visit& visit);
  void serve_next(std::uint32_t server_index);
  std::uint32_t first_operation(const RequestServer& server, std::uint32_t endpoint) const;
  void run(std::uint32_t slot, std::uint32_t at);
  void fork(std::uint32_t slot, std::uint32_t at);
  void work(std::uint32_t slot, std::uint32_t at);
  void begin_burst(std::uint32_t slot, SimDuration work);
  void watch_cpu(std::uint32_t server_index);
  void bursts_ended(std::uint32_t server_index);
  bool lookup(RequestServer& server, const Visit& visit, std::uint32_t at);
  void reply(std::uint32_t slot, Outcome outcome);
  Outcome draw_reply(const Visit& visit, const RequestServer& server) const;
  void leave(std::uint32_t slot);
  void abort(std::uint32_t slot);
  void stop_work(Visit& visit, std::uint32_t slot);

  // request_calls.cpp
  void begin_call(std::uint32_t visit_slot, std::uint32_t operation);
  void try_call(std::uint32_t slot);
  void ask(std::uint32_t slot);
  void call_attempt_ended(std::uint32_t slot, CallResult result);
  void retry_call(std::uint32_t slot);
  void finish_call(std::uint32_t slot, bool ok);
  void abandon_attempt(std::uint32_t slot, bool cancel);
  void abandon_calls(std::uint32_t visit_slot);
  void release_call(std::uint32_t slot);
  PolicyState& policy_of(const Call& call);
  Luck luck_of(const Call& call) const;
  void finish(CallToken token, CallReply reply) override;

  // request_messages.cpp
  void send_message(std::uint32_t visit_slot, std::uint32_t operation);
  void serve_messages(ServiceState& service);
  bool take_message(ServiceState& service, std::uint32_t server_index);
  void message_ended(std::uint32_t slot, Outcome outcome);

  // Past the library's bounds checks, for what is looked up several times per request.
  const Operation& operation_at(std::uint32_t at) const { return program.operations.data()[at]; }
  RequestServer& server_at(std::uint32_t index) const { return *servers.data()[index].server; }

  // request_servers.cpp: processes come and go
  RequestServer* find(ServerId id) const;
  RequestServer& get(ServerId id) const;
  ServiceState& service_of(const RequestServer& server) {
    return services[static_cast<std::size_t>(server.service)];
  }
  ServerId add(int service, const ServerSpec& spec);
  void kill(ServerId id, Death death);
  void cut(std::uint32_t slot, Death death);
  void drain(ServerId id, std::function<void()> idle);
  void tell_if_idle(std::uint32_t server_index);
  bool vanished(ServerId id) const;

  // request_log.cpp: what processes log of their requests
  std::shared_ptr<LogWords> compile_words() const;
  void log_reply(const RequestServer& server, const Visit& visit, Outcome outcome) const;
  void log_throttled(const RequestServer& server, std::uint32_t call) const;
  void log_backend_error(std::uint32_t call, std::uint16_t code) const;
  enum class CallFailure : std::uint8_t { timed_out, refused, breaker_open };
  void log_call_failure(std::uint32_t call, CallFailure failure) const;

  // request_memory.cpp
  void check_memory(std::uint32_t server_index);
  void leak_on(ServerId id);

  // request_probe.cpp
  void probe(ServerId id, const std::string& path, SimDuration timeout,
             std::function<void(ProbeResult)> done);
  void answer_probe(std::uint32_t slot, ProbeResult result);
  void forget_probe(std::uint32_t slot);

  // request_invariants.cpp
  void check_counters() const;
  void check_services() const;
  void check_servers() const;
  void check_calls() const;

  /// How long a sender waits for an acknowledgement before it gives the connection up: 924.6 s with
  /// net.ipv4.tcp_retries2 = 15 (Linux Documentation/networking/ip-sysctl.rst).
  static constexpr SimDuration retransmission_timeout{924'600'000'000};
  static constexpr SimDuration forever = SimDuration::max();  ///< until the user's own deadline

  const std::uint64_t seed;
  Engine& engine;
  FactSink& facts;
  const std::vector<ServiceProfile> profiles;
  std::vector<NamedBackend> backends;
  Program program;
  std::shared_ptr<LogWords> words;
  bool compiled = false, started = false;
  std::vector<ServiceState> services;
  Slab<Call> calls;
  Slab<Visit> visits;
  struct ServerSlot {
    std::unique_ptr<RequestServer> server;  ///< null: dead
    std::uint32_t generation = 0;
    std::uint32_t vanished = UINT32_MAX;  ///< the generation that died silently last
  };
  std::vector<ServerSlot> servers;
  std::vector<std::uint32_t> free_servers;
  struct WaitingProbe {
    ServerId server;  ///< empty: it was dead already
    std::function<void(ProbeResult)> done;
  };
  std::vector<WaitingProbe> probes;  // [Call::user]; `done` is empty where free
  std::uint64_t probes_sent = 0;
  RequestWatcher* watcher = nullptr;
  const Network* network = nullptr;

  int turns = 0;  // how many Turns are open
  RingQueue<Resumption> resumptions;
  std::vector<ServerId> out_of_memory;  // to be told
  std::vector<ServerId> drained;        // to be told
};

}  // namespace muster
