// What a database is made of; private to cluster_model/database/. One .cpp file per subject.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/database/client_pool.hpp"
#include "cluster_model/database/database.hpp"
#include "cluster_model/database/instance.hpp"
#include "cluster_model/database/later.hpp"
#include "cluster_model/database/operations.hpp"
#include "cluster_model/database/slots.hpp"
#include "cluster_model/database/token_map.hpp"
#include "cluster_model/network/network_peer.hpp"
#include "cluster_model/traffic/service_sampler.hpp"
#include "sim/random.hpp"

namespace muster {

inline namespace postgres {

/// A query class without strings.
struct QueryClass {
  ServiceSampler time;
  double cpu_share;
  bool writes;
  std::int64_t wal_bytes, rows;
  std::vector<CompiledLock> locks;
  std::uint16_t statement;
  const char* verb;  ///< "INSERT", for the message of a read-only server
};

/// "10.20.0.3": the private address of an instance, or of the endpoint that moves.
std::string private_address(std::uint32_t address);

/// What libpq says of a connection that the other side has reset.
inline constexpr const char* server_closed_text =
    "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) server closed the connection unexpectedly\n"
    "\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.";

/// What a client hears whose session the server ends in an orderly way.
inline constexpr const char* terminated_text =
    "sqlalchemy.exc.OperationalError: (psycopg2.errors.AdminShutdown) terminating connection due to "
    "administrator "
    "command\nserver closed the connection unexpectedly";

/// What a session without a call is there for.
struct Errand {
  std::string statement;
  std::vector<CompiledLock> locks;  ///< one
  bool rests = false;               ///< idle in transaction once it has the lock; else its statement goes on
  bool builds_index = false;
  std::string index;
  SimDuration takes{};
};

/// Where a server's log stands when the drill begins: it has some history.
inline constexpr std::int64_t first_log_position = std::int64_t{0x1A} << 32;

/// A process of the application and its pools.
struct ClientProcess {
  std::uint32_t generation = 0;
  bool present = false;
  std::string namespace_, pod;
  NetworkPeer peer;
  bool pool_per_worker = false;  ///< calls say which worker process they come from
  ClientPool pattern;            ///< what each of its pools is like
  std::vector<std::uint32_t> pools;
  std::uint64_t network_epoch = UINT64_MAX;  ///< of `cut`
  bool cut = false;                          ///< packets between it and the server vanish
  std::vector<QueryTimes> times;             ///< [query class]
};

enum class After : std::uint8_t { keep, close };  ///< what becomes of the connection

}  // namespace postgres

struct Database::State {
  State(Engine& engine_, FactSink& facts_, const DatabaseProfile& profile_, std::uint64_t seed,
        CallSink& sink_);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  Instance& at(int index) { return *instances[static_cast<std::size_t>(index)]; }
  void add_instance(const InstanceProfile& own);
  void compile_queries();

  // texts.cpp: interned texts; a reply's code is the index of its text
  std::uint16_t intern(const std::string& text);
  CallReply reply(CallResult result, const std::string& text) { return {result, intern(text)}; }
  std::string connect_failed(const ClientPool& pool, const std::string& reason);

  // client_pools.cpp
  void begin(CallToken token, const BackendCall& asked);
  void abandon(CallToken token);
  void server_started(ServerId server, const ServerSpec& spec);
  void server_gone(ServerId server, Death death);
  std::uint32_t pool_of(const BackendCall& asked, std::uint64_t word);
  void add_pool(ClientProcess& client);
  void use_shared_pool(ClientProcess& client);
  bool cut_off(std::uint32_t pool);
  void checkout(std::uint32_t pool, std::uint32_t call);
  void wait_in_line(std::uint32_t pool, std::uint32_t call);
  void arm(std::uint32_t pool);
  void expire(std::uint32_t pool);
  std::uint32_t next_in_line(ClientPool& pool);
  void give_back(std::uint32_t session);
  void serve_freed_slot(std::uint32_t pool);
  bool must_be_replaced(const ClientPool& pool, const Session& session) const;
  void invalidate(std::uint32_t pool);

  // connecting.cpp
  void connect(std::uint32_t pool, std::uint32_t call);
  std::uint32_t resolve(ClientPool& pool);
  std::uint32_t address_of(const std::string& host) const;
  std::uint32_t owner_of(std::uint32_t address) const {
    return address == moving_address ? endpoint_owner : address;
  }
  bool unreachable(const ClientPool& pool) const;
  void arrive(std::uint32_t call);
  void dial_again(std::uint32_t call);
  void authenticate(std::uint32_t call);
  std::uint32_t open_session(Instance& server, std::uint16_t user, std::uint16_t application);
  /// Why a user may not come in; empty: he may.
  /// `more`: slots that he would take on top.
  std::string refusal(const Instance& server, const std::string& user, const std::string& password,
                      const std::string& database, int more = 0) const;
  std::string not_accepting(const Instance& server) const;

  // queries.cpp
  void use(std::uint32_t call, std::uint32_t session);
  void execute(std::uint32_t call);
  void take_locks(std::uint32_t call);
  void wait_for_lock(std::uint32_t call);
  void lock_time_passed(std::uint32_t call);
  void run(std::uint32_t call);
  void compute(std::uint32_t call);
  void computed(std::uint32_t call);
  void commit(std::uint32_t call);
  void confirm_commit(std::uint32_t call);
  void complete(std::uint32_t call);
  /// `condition`: PostgreSQL's name of the error, as psycopg2 has it.
  void statement_fails(std::uint32_t call, CallResult result, const char* condition,
                       const std::string& message);
  void stop_work(std::uint32_t call);
  void observe(const DatabaseCall& ended);
  void end_call(std::uint32_t call, CallReply answer, After after, bool tell = true);
  void release_locks(std::uint32_t session);
  void granted(const std::vector<std::uint32_t>& owners);
  void granted_without_call(std::uint32_t session);
  double slowness(const Instance& server, std::uint32_t operation) const;
  std::vector<std::uint32_t> blockers_of(std::uint32_t session) const;
  bool deadlocked(std::uint32_t session) const;

  // sockets.cpp
  void hang(std::uint32_t call, Stage stage);
  void retransmit(std::uint32_t call);
  void drop_connection(std::uint32_t session);
  void drop_server_end(std::uint32_t session, Link how, CallReply answer);
  void drop_client_end(std::uint32_t session);
  void leave_list(std::uint32_t session);
  void release_if_unused(std::uint32_t session);

  // database_errands.cpp
  std::uint32_t begin_errand(Instance& server, Errand errand, const std::string& user,
                             const std::string& application);
  void index_built(std::uint32_t session);
  void clear_flip(Instance& server, const std::string& cause);
  std::uint32_t find_pid(int instance, std::uint32_t pid);

  // cloud.cpp
  Result<std::uint64_t> begin_operation(const char* type, const Instance& server, const std::string& by);
  SimDuration draw(const LognormalTime& time);
  void restart(Instance& server, SimDuration takes, std::uint64_t number);
  void rewind(Instance& to, const Instance& from, SimTime point);
  SimDuration restore_takes(const Instance& from, SimTime point);

  // wal.cpp
  bool write_log(Instance& server, std::int64_t bytes);
  std::int64_t log_kept(const Instance& server) const;
  std::int64_t used_bytes(const Instance& server) const;
  void catch_up(Instance& standby) const;
  double replay_lag_seconds(Instance& standby) const;
  Instance* synchronous_standby(const Instance& server) const;
  void retry_commits();

  // server_life.cpp
  void enter(Instance& server, ServerState state);
  void print(Instance& server, const char* level, std::string text, std::uint32_t pid = 1);
  void end_sessions(Instance& server, Link how, CallReply answer);
  void crash(Instance& server, const std::string& signal, bool restarts);
  void panic(Instance& server);
  void recover(Instance& server, SimDuration begins_in);
  void came_up(Instance& server);
  void lose_host(Instance& server);
  void host_back(Instance& server);
  void shut_down(Instance& server);
  void start(Instance& server);
  void cool(Instance& server);

  // failover.cpp
  void watch_primary();
  bool primary_answers() const;
  void primary_missed();
  Result<std::uint64_t> begin_failover(const std::string& by);
  void end_failover(std::uint64_t number, std::uint32_t old, std::uint32_t heir, bool breaks);
  void promote(Instance& standby);
  void move_endpoint(Instance& to);
  void rebuild(std::uint32_t old, std::uint32_t primary);
  void attach(Instance& standby, const Instance& upstream);
  Instance* failover_candidate();

  void cut_link(Instance& standby);
  void resume_link(Instance& standby);

  // data_loss.cpp
  void accepted_write(Instance& server);
  void judge_soon();
  void judge_data();
  bool data_at_risk() const;

  Engine& engine;
  FactSink& facts;
  const DatabaseProfile profile;
  CallSink& sink;
  const Network* network = nullptr;
  RandomStream query_luck;  // by BackendCall::luck
  RandomStream luck;        // of failovers, rebuilds, restores: by number
  std::uint64_t drawn = 0;

  std::vector<std::unique_ptr<Instance>> instances;
  std::vector<QueryClass> queries;
  Slots<Session> sessions;
  Slots<DatabaseCall> calls;
  Slots<ClientPool> pools;
  TokenMap tokens;
  std::uint32_t shared_pool = no_index;
  std::vector<ClientProcess> clients;  // [ServerId::index]
  std::vector<std::string> texts;
  std::map<std::string, std::uint16_t> text_index;

  static constexpr std::uint32_t moving_address = 1'000'000;
  std::uint32_t endpoint_owner = 0;
  bool automation_broken = false, manual_broken = false;
  EventId missed;  // the heartbeat's patience

  CommitHistory history;
  std::uint32_t authority = 0;  // whose data the product goes on with
  bool said_at_risk = false;
  std::uint64_t said_lost = 0;
  EventId judgement;
  Operations operations;
  std::vector<Backup> backups;
  std::map<std::uint32_t, std::unique_ptr<Errand>> errands;  // [session]
  Later steps;
};

}  // namespace muster
