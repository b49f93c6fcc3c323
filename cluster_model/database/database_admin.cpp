// What administrators set: roles, settings, and the conditions that faults set on disk and replication.
#include <fmt/format.h>

#include "cluster_model/database/database_state.hpp"

namespace muster {

std::string Database::refusal(int instance, const std::string& user, const std::string& password,
                              const std::string& database) const {
  const Instance& server = state_->at(instance);
  if (!server.host_alive) return "Connection timed out";
  if (server.state == ServerState::crashed || server.state == ServerState::stopped)
    return "Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?";
  if (server.state != ServerState::up) return "FATAL:  " + state_->not_accepting(server);
  if (server.free_slots() <= 0) return "FATAL:  sorry, too many clients already";
  const std::string reason = state_->refusal(server, user, password, database, 1);
  return reason.empty() ? "" : "FATAL:  " + reason;
}

int Database::resolve(const std::string& host) const {
  const std::uint32_t address = state_->address_of(host);
  return address == no_index ? -1 : static_cast<int>(state_->owner_of(address));
}

Result<void> Database::set_password(int instance, const std::string& role, const std::string& password) {
  Instance& server = state_->at(instance);
  if (server.standby())
    return Error{ErrorCode::conflict, "cannot execute ALTER ROLE in a read-only transaction", {}};
  const auto found = server.roles.find(role);
  if (found == server.roles.end())
    return Error{ErrorCode::not_found, fmt::format("role \"{}\" does not exist", role), {}};
  found->second.password = password;
  for (const auto& other : state_->instances)  // the catalog is replicated like everything else
    if (other->standby() && other->upstream_link->upstream == server.index)
      other->roles[role] = found->second;
  return {};
}

const RoleProfile* Database::role(int instance, const std::string& name) const {
  const auto& roles = state_->at(instance).roles;
  const auto found = roles.find(name);
  return found == roles.end() ? nullptr : &found->second;
}

const ServerSettings& Database::settings(int instance) const {
  return state_->at(instance).settings;
}

void Database::set_timeouts(int instance, const ServerSettings& changed) {
  ServerSettings& settings = state_->at(instance).settings;
  settings.statement_timeout = changed.statement_timeout;
  settings.lock_timeout = changed.lock_timeout;
  settings.idle_in_transaction_session_timeout = changed.idle_in_transaction_session_timeout;
}

void Database::set_max_connections(int instance, int connections) {
  state_->at(instance).pending_max_connections = connections;
}

void Database::analyze(int instance, const std::string& table) {
  Instance& server = state_->at(instance);
  for (const auto& other : state_->instances)
    if (other.get() == &server || (other->standby() && other->upstream_link->upstream == server.index))
      state_->clear_flip(*other, "statistics " + table);
}

Result<void> Database::promote(int instance) {
  Instance& server = state_->at(instance);
  if (!server.standby()) return Error{ErrorCode::conflict, "recovery is not in progress", {}};
  if (server.state != ServerState::up) return Error{ErrorCode::conflict, "the standby is not up", {}};
  state_->promote(server);
  return {};
}

void Database::set_replication(int instance, double transport_rate, double apply_rate) {
  Instance& server = state_->at(instance);
  if (!server.standby()) return;
  Standby& link = *server.upstream_link;
  link.transport.set_rate(state_->engine.now(), transport_rate, &link.apply);
  link.apply.set_rate(state_->engine.now(), apply_rate);
  state_->retry_commits();
  state_->judge_data();
}

void Database::fill_disk(int instance, bool full) {
  Instance& server = state_->at(instance);
  server.other_bytes = full ? server.disk_bytes - server.data_bytes - state_->log_kept(server) : 0;
  server.disk_full = full;
}

void Database::set_disk(int instance, std::int64_t bytes) {
  Instance& server = state_->at(instance);
  server.disk_bytes = bytes;
  server.disk_full = server.data_bytes + server.other_bytes + state_->log_kept(server) >= bytes;
}

}  // namespace muster
