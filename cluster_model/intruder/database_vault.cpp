#include "cluster_model/intruder/database_vault.hpp"

#include <algorithm>

#include "cluster_model/database/connection_url.hpp"

namespace muster {

DatabaseVault::Door DatabaseVault::door(const std::string& url) const {
  const auto parsed = parse_connection_url(url);
  if (!parsed) return {};
  for (Database* database : databases_) {
    if (const int instance = database->resolve(parsed->host); instance >= 0) return {database, instance};
  }
  return {};
}

std::string DatabaseVault::name_of(const std::string& url) const {
  const Door at = door(url);
  return at.database ? at.database->profile().name : std::string();
}

std::string DatabaseVault::host_of(const std::string& url) const {
  const auto parsed = parse_connection_url(url);
  return parsed ? parsed->host : std::string();
}

bool DatabaseVault::accepts(const std::string& url) const {
  const Door at = door(url);
  if (!at.database) return false;
  const auto parsed = parse_connection_url(url);
  const RoleProfile* role = at.database->role(at.instance, parsed->user);
  return role && role->password == parsed->password;
}

std::uint32_t DatabaseVault::open(const std::string& url) {
  const Door at = door(url);
  if (!at.database) return 0;
  const auto parsed = parse_connection_url(url);
  if (!at.database->refusal(at.instance, parsed->user, parsed->password, parsed->database).empty()) return 0;
  const std::vector<std::uint32_t> pids = at.database->occupy(at.instance, 1, parsed->user, "pg_dump");
  if (pids.empty()) return 0;
  sessions_[pids.front()] = at;
  return pids.front();
}

bool DatabaseVault::alive(const std::string&, std::uint32_t session) const {
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return false;
  const std::vector<SessionView> views = found->second.database->sessions(found->second.instance);
  return std::any_of(views.begin(), views.end(), [&](const SessionView& view) {
    return view.pid == session && view.application == "pg_dump";
  });
}

void DatabaseVault::close(const std::string&, std::uint32_t session) {
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return;
  (void)found->second.database->terminate(found->second.instance, session);
  sessions_.erase(found);
}

}  // namespace muster
