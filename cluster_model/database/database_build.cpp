// A database out of its profile.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

constexpr std::uint32_t first_pid = 812;

const char* verb_of(const std::string& statement) {
  static constexpr const char* verbs[] = {"UPDATE", "DELETE", "SELECT", "MERGE"};
  for (const char* verb : verbs)
    if (statement.starts_with(verb)) return verb;
  return "INSERT";
}

std::uint32_t table_index(const DatabaseProfile& profile, const std::string& name) {
  for (std::size_t i = 0; i < profile.tables.size(); ++i)
    if (profile.tables[i].name == name) return static_cast<std::uint32_t>(i);
  return no_index;
}

}  // namespace

std::string postgres::private_address(std::uint32_t address) {
  return fmt::format("10.20.0.{}", address == Database::State::moving_address ? 2 : address + 3);
}

Instance::Instance(Engine& engine, const DatabaseProfile& profile, const InstanceProfile& own,
                   std::uint32_t index_, std::function<void(std::uint32_t)> computed)
    : name(own.name),
      host(own.host.empty() ? own.name + ".db.internal" : own.host),
      index(index_),
      address(index_),
      failover_target(own.failover_target),
      wants_synchronous(own.synchronous),
      cpu(engine, profile.cores, std::move(computed)),
      locks(profile.tables.size()),
      next_pid(first_pid),
      settings(profile.settings),
      pending_max_connections(profile.settings.max_connections),
      plan_factor(profile.queries.size(), 1.0),
      disk_bytes(profile.disk_bytes),
      data_bytes(profile.data_bytes) {
  for (const RoleProfile& role : profile.roles) roles[role.name] = role;
  wal.bytes = redo_from = redo_from_before = first_log_position;
}

Database::State::State(Engine& engine_, FactSink& facts_, const DatabaseProfile& profile_, std::uint64_t seed,
                       CallSink& sink_)
    : engine(engine_),
      facts(facts_),
      profile(profile_),
      sink(sink_),
      query_luck(seed, "database/" + profile_.name, "query"),
      luck(seed, "database/" + profile_.name, "service"),
      history(static_cast<std::uint64_t>(profile_.backups.writes_per_second_before *
                                         seconds_of(profile_.backups.age)),
              profile_.backups.age),
      steps(engine_) {
  const std::string wrong = check_database(profile_);
  MUSTER_ASSERT(wrong.empty(), wrong.c_str());
  intern("");  // code 0: nothing to say
  compile_queries();
  for (const InstanceProfile& own : profile.instances) add_instance(own);
  for (const auto& server : instances) {
    server->wal.commits = history.acknowledged(0);
    if (profile.instances[server->index].primary) endpoint_owner = authority = server->index;
  }
  backups.push_back(
      {1, instances[endpoint_owner]->name, sim_start - profile.backups.age, profile.data_bytes, "AUTOMATED"});
  for (const auto& server : instances)
    if (!profile.instances[server->index].primary) attach(*server, *instances[endpoint_owner]);
}

Database::State::~State() {
  for (const auto& server : instances)
    if (server->life) engine.cancel(server->life);
  for (const EventId event : {missed, judgement})
    if (event) engine.cancel(event);
}

void Database::State::add_instance(const InstanceProfile& own) {
  const auto index = static_cast<std::uint32_t>(instances.size());
  instances.push_back(std::make_unique<Instance>(engine, profile, own, index,
                                                 [this](std::uint32_t call) { computed(call); }));
}

void Database::State::compile_queries() {
  for (const QueryClassProfile& given : profile.queries) {
    QueryClass query{
        ServiceSampler(given.time), given.cpu_share,         given.writes, given.wal_bytes, given.rows, {},
        intern(given.statement),    verb_of(given.statement)};
    for (const TableLock& lock : given.locks)
      query.locks.push_back({table_index(profile, lock.table), lock.mode});
    queries.push_back(std::move(query));
  }
}

std::string check_database(const DatabaseProfile& profile) {
  if (std::count_if(profile.instances.begin(), profile.instances.end(),
                    [](const auto& i) { return i.primary; }) != 1)
    return fmt::format("the database \"{}\" needs exactly one primary among its instances", profile.name);
  std::set<std::string> names;
  for (const InstanceProfile& own : profile.instances)
    if (!names.insert(own.name).second) return fmt::format("there are two instances \"{}\"", own.name);
  names.clear();
  for (const QueryClassProfile& query : profile.queries) {
    if (!names.insert(query.name).second) return fmt::format("there are two queries \"{}\"", query.name);
    if (query.cpu_share < 0 || query.cpu_share > 1)
      return fmt::format("the CPU share of \"{}\" is not in [0, 1]", query.name);
    for (const TableLock& lock : query.locks)
      if (table_index(profile, lock.table) == no_index)
        return fmt::format("the query \"{}\" locks a table \"{}\" that is not listed", query.name,
                           lock.table);
  }
  if (profile.settings.superuser_reserved_connections >= profile.settings.max_connections)
    return "superuser_reserved_connections must be less than max_connections";  // PostgreSQL's own words
  return "";
}

}  // namespace muster
