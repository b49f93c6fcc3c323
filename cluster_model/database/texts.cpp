// The lines that PostgreSQL, libpq and SQLAlchemy print, kept once each.
#include <fmt/format.h>

#include "cluster_model/database/database_state.hpp"

namespace muster {

const char* to_string(ServerState state) {
  switch (state) {
    case ServerState::up:
      return "up";
    case ServerState::shutting_down:
      return "shutting down";
    case ServerState::starting:
      return "starting";
    case ServerState::recovering:
      return "recovering";
    case ServerState::crashed:
      return "crashed";
    case ServerState::stopped:
      return "stopped";
  }
  return "";
}

std::uint16_t Database::State::intern(const std::string& text) {
  const auto known = text_index.find(text);
  if (known != text_index.end()) return known->second;
  if (texts.size() == UINT16_MAX) return 0;  // 65,535 different messages: the empty one for all others
  const auto code = static_cast<std::uint16_t>(texts.size());
  texts.push_back(text);
  text_index.emplace(text, code);
  return code;
}

std::string Database::State::connect_failed(const ClientPool& pool, const std::string& reason) {
  // libpq 14 (fe-connect.c) and SQLAlchemy's wrapping of it.
  return fmt::format(
      "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at \"{}\", port {} "
      "failed: {}",
      pool.target ? pool.target->host : "", pool.target ? pool.target->port : 0, reason);
}

std::string Database::State::not_accepting(const Instance& server) const {
  // PostgreSQL src/backend/postmaster/postmaster.c, ProcessStartupPacket.
  switch (server.state) {
    case ServerState::starting:
      return "the database system is starting up";
    case ServerState::shutting_down:
      return "the database system is shutting down";
    case ServerState::recovering:
      return server.standby() ? "the database system is not yet accepting connections\n"
                                "DETAIL:  Consistent recovery state has not been yet reached."
                              : "the database system is in recovery mode";
    default:
      return "";
  }
}

}  // namespace muster
