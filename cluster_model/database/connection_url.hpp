// The connection string that the application reads at its start:
// postgresql://user:password@host:port/database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace muster {

struct ConnectionUrl {
  std::string user, password, host, database;
  int port = 5432;
  friend bool operator==(const ConnectionUrl&, const ConnectionUrl&) = default;
};

/// Percent sequences in user and password are decoded; whatever stands behind the last '/' up to '?' is the
/// database's name, a trailing newline included. nullopt: no such URL.
std::optional<ConnectionUrl> parse_connection_url(std::string_view text);

}  // namespace muster
