// The managed service's operations: each takes virtual time, and an instance has one at a time.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

constexpr LognormalTime restart_takes{30s, 0.4};  // the service's own steps around stop and start
constexpr LognormalTime promote_takes{45s, 0.4};  // detach a replica and promote it
constexpr SimDuration update_takes = 20s;         // a setting or a larger disk
constexpr double backup_bytes_per_second = 100e6;

Error busy_error() {
  return {ErrorCode::conflict,
          "Operation failed because another operation was already in progress. Try your request after the "
          "current "
          "operation is complete.",
          {}};
}

}  // namespace

Result<std::uint64_t> Database::State::begin_operation(const char* type, const Instance& server,
                                                       const std::string& by) {
  if (operations.busy(server.name)) return busy_error();
  return operations.begin(type, server.name, by, engine.now());
}

SimDuration Database::State::draw(const LognormalTime& time) {
  return time.draw(unit_interval(luck.block(drawn++)[0]));
}

void Database::State::restart(Instance& server, SimDuration takes, std::uint64_t number) {
  if (server.host_alive) shut_down(server);
  const std::uint32_t index = server.index;
  steps.in(takes, [this, index, number] {
    Instance& there = *instances[index];
    if (there.host_alive) start(there);
    operations.end(number, engine.now(), there.host_alive ? "" : "The instance's machine does not answer.");
  });
}

Result<std::uint64_t> Database::restart(int instance, const std::string& by) {
  State& state = *state_;
  Instance& server = state.at(instance);
  Result<std::uint64_t> number = state.begin_operation("RESTART", server, by);
  if (number) state.restart(server, std::max(state.draw(restart_takes), SimDuration{4s}), *number);
  return number;
}

Result<std::uint64_t> Database::failover(const std::string& by) {
  return state_->begin_failover(by);
}

Result<std::uint64_t> Database::promote_replica(int instance, const std::string& by) {
  State& state = *state_;
  Instance& server = state.at(instance);
  if (!server.standby())
    return Error{
        ErrorCode::invalid_input, fmt::format("The instance {} is not a read replica.", server.name), {}};
  Result<std::uint64_t> number = state.begin_operation("PROMOTE_REPLICA", server, by);
  if (!number) return number;
  state.steps.in(state.draw(promote_takes), [&state, instance, number = *number] {
    Instance& there = state.at(instance);
    const bool able = there.standby() && there.host_alive && there.state == ServerState::up;
    if (able) state.promote(there);
    state.operations.end(number, state.engine.now(), able ? "" : "The replica is not running.");
  });
  return number;
}

Result<std::uint64_t> Database::resize(int instance, std::int64_t bytes, const std::string& by) {
  State& state = *state_;
  Instance& server = state.at(instance);
  if (bytes < server.disk_bytes) return Error{ErrorCode::invalid_input, "Disk size cannot be decreased.", {}};
  Result<std::uint64_t> number = state.begin_operation("UPDATE", server, by);
  if (!number) return number;
  state.steps.in(update_takes, [this, instance, bytes, number = *number] {
    set_disk(instance, bytes);
    state_->operations.end(number, state_->engine.now(), "");
  });
  return number;
}

// Cloud SQL restarts the instance by itself when this flag changes
// (cloud.google.com/sql/docs/postgres/flags: max_connections, restart required).
Result<std::uint64_t> Database::change_max_connections(int instance, int connections, const std::string& by) {
  State& state = *state_;
  Instance& server = state.at(instance);
  if (connections <= server.settings.superuser_reserved_connections)
    return Error{
        ErrorCode::invalid_input, "superuser_reserved_connections must be less than max_connections", {}};
  Result<std::uint64_t> number = state.begin_operation("UPDATE", server, by);
  if (!number) return number;
  server.pending_max_connections = connections;
  state.restart(server, std::max(state.draw(restart_takes), SimDuration{4s}), *number);
  return number;
}

Result<std::uint64_t> Database::back_up(int instance, const std::string& by) {
  State& state = *state_;
  Instance& server = state.at(instance);
  if (!server.host_alive) return Error{ErrorCode::conflict, "The instance's machine does not answer.", {}};
  Result<std::uint64_t> number = state.begin_operation("BACKUP_VOLUME", server, by);
  if (!number) return number;
  const SimTime point = state.engine.now();
  const SimDuration takes =
      duration_from_seconds(static_cast<double>(server.data_bytes) / backup_bytes_per_second);
  state.steps.in(takes, [&state, instance, point, number = *number] {
    Instance& there = state.at(instance);
    state.backups.push_back({state.backups.size() + 1, there.name, point, there.data_bytes, "ON_DEMAND"});
    state.operations.end(number, state.engine.now(), "");
  });
  return number;
}

const std::vector<Backup>& Database::backups() const {
  return state_->backups;
}

const std::vector<CloudOperation>& Database::operations() const {
  return state_->operations.all();
}

SimTime Database::latest_restorable() const {
  const SimDuration interval = state_->profile.backups.archive_interval;
  const SimDuration now = state_->engine.now().time_since_epoch();
  return SimTime{now - now % interval};
}

// The content of `to` becomes what `from` had at `point`: a timeline of its own.
void Database::State::rewind(Instance& to, const Instance& from, SimTime point) {
  const Timeline line = history.holder_at(from.timeline, point);
  const std::uint64_t commits = std::min(history.at(line, point), from.wal.commits);
  to.upstream_link.reset();
  to.timeline = history.fork(line, commits, engine.now());
  to.wal = {from.wal.bytes, commits, point};
  to.redo_from = to.redo_from_before = to.wal.bytes;
  to.checkpoint_at = engine.now();
  to.data_bytes = from.data_bytes;
  to.other_bytes = 0;
  to.disk_full = false;
}

SimDuration Database::State::restore_takes(const Instance& from, SimTime point) {
  // Copy the files, then replay the archived log from the backup on, as far as it is known to us.
  const double log_bytes =
      static_cast<double>(from.wal.bytes - first_log_position) *
      (point > sim_start ? seconds_of(point) / std::max(1.0, seconds_of(engine.now())) : 0);
  const double copy = static_cast<double>(from.data_bytes) / profile.backups.restore_bytes_per_second;
  return draw(profile.backups.provision) +
         duration_from_seconds(copy + log_bytes / profile.redo_bytes_per_second);
}

Result<std::uint64_t> Database::restore(int instance, std::uint64_t backup, const std::string& by) {
  State& state = *state_;
  Instance& server = state.at(instance);
  if (backup == 0 || backup > state.backups.size())
    return Error{ErrorCode::not_found, fmt::format("The backup run {} does not exist.", backup), {}};
  Result<std::uint64_t> number = state.begin_operation("RESTORE_VOLUME", server, by);
  if (!number) return number;
  const SimTime point = state.backups[backup - 1].at;
  if (server.host_alive) state.shut_down(server);
  server.fenced = true;  // until its new content is there
  state.steps.in(state.restore_takes(server, point), [&state, instance, point, number = *number] {
    Instance& there = state.at(instance);
    there.host_alive = true;
    there.fenced = false;
    state.rewind(there, there, point);
    for (const auto& other : state.instances)
      if (other->standby() && other->upstream_link->upstream == there.index) state.attach(*other, there);
    state.enter(there, ServerState::stopped);
    state.start(there);
    state.cool(there);
    state.judge_data();
    state.operations.end(number, state.engine.now(), "");
  });
  return number;
}

Result<std::uint64_t> Database::clone(int instance, const std::string& name, SimTime point,
                                      const std::string& by) {
  State& state = *state_;
  Instance& source = state.at(instance);
  if (find_instance(name) >= 0)
    return Error{ErrorCode::conflict, fmt::format("The Cloud SQL instance {} already exists.", name), {}};
  if (point > latest_restorable())
    return Error{ErrorCode::invalid_input, "The point in time is later than the latest recovery time.", {}};
  if (point < sim_start - state.profile.backups.age)
    return Error{ErrorCode::invalid_input, "The point in time is earlier than the oldest backup.", {}};
  Result<std::uint64_t> number = state.begin_operation("CLONE", source, by);
  if (!number) return number;
  InstanceProfile own;
  own.name = name;
  state.add_instance(own);
  Instance& fresh = *state.instances.back();
  fresh.roles = source.roles;
  fresh.fenced = true;
  state.enter(fresh, ServerState::stopped);
  const int to = static_cast<int>(fresh.index);
  state.steps.in(state.restore_takes(source, point), [&state, instance, to, point, number = *number] {
    Instance& there = state.at(to);
    there.fenced = false;
    state.rewind(there, state.at(instance), point);
    state.start(there);
    state.cool(there);
    state.operations.end(number, state.engine.now(), "");
  });
  return number;
}

}  // namespace muster
