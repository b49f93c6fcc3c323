#include "cluster_model/database/database.hpp"

#include "cluster_model/database/database_state.hpp"

namespace muster {

Database::Database(Engine& engine, FactSink& facts, const DatabaseProfile& profile, std::uint64_t seed,
                   CallSink& sink, const Network* network)
    : state_(std::make_unique<State>(engine, facts, profile, seed, sink)) {
  state_->network = network;
}
Database::~Database() = default;

int Database::operation(const std::string& name) const {
  const auto& queries = state_->profile.queries;
  for (std::size_t i = 0; i < queries.size(); ++i)
    if (queries[i].name == name) return static_cast<int>(i);
  return -1;
}
void Database::begin(CallToken token, const BackendCall& call) {
  state_->begin(token, call);
}
void Database::abandon(CallToken token) {
  state_->abandon(token);
}
void Database::server_started(ServerId server, const ServerSpec& spec) {
  state_->server_started(server, spec);
}
void Database::server_gone(ServerId server, Death death) {
  state_->server_gone(server, death);
}
std::string Database::text(std::uint16_t code) const {
  return code < state_->texts.size() ? state_->texts[code] : "";
}
const DatabaseProfile& Database::profile() const {
  return state_->profile;
}
int Database::primary() const {
  return static_cast<int>(state_->endpoint_owner);
}

int Database::find_instance(const std::string& name) const {
  for (const auto& server : state_->instances)
    if (server->name == name) return static_cast<int>(server->index);
  return -1;
}

void Database::crash(int instance, bool restarts) {
  state_->crash(state_->at(instance), "signal 9: Killed", restarts);
}
void Database::lose_host(int instance) {
  state_->lose_host(state_->at(instance));
}
void Database::restore_host(int instance) {
  state_->host_back(state_->at(instance));
}
void Database::break_failover(bool automatic, bool manual) {
  state_->automation_broken = automatic;
  state_->manual_broken = manual;
}

const DatabaseLog& Database::log(int instance) const {
  return state_->at(instance).log;
}

}  // namespace muster
