// The API server's audit log, as a ring of its latest entries, and the warnings of a runtime sensor like
// Falco.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "sim/time.hpp"

namespace muster {

struct AuditEntry {
  SimTime at{};
  std::string user;      ///< "responder-1", "system:serviceaccount:prod:default"
  std::string source;    ///< address or pod that it came from; empty = a person's machine
  std::string verb;      ///< "get", "list", "create", ...
  std::string resource;  ///< "secrets/prod/app-secrets"
  int status = 200;
};

struct SensorWarning {
  SimTime at{};
  std::string rule;      ///< "Terminal shell in container"
  std::string priority;  ///< "Notice", "Warning", "Critical"
  std::string output;
};

class AuditLog {
 public:
  static constexpr std::size_t entries_max = 5'000;

  void note(AuditEntry entry);
  void warn(SensorWarning warning);
  const std::deque<AuditEntry>& entries() const { return entries_; }
  const std::deque<SensorWarning>& warnings() const { return warnings_; }
  /// Since the drill began, by rule and priority: falco_events{rule,priority}.
  const std::map<std::pair<std::string, std::string>, std::uint64_t>& counts() const { return counts_; }
  std::uint64_t dropped() const { return dropped_; }  ///< entries that the ring has lost

 private:
  std::deque<AuditEntry> entries_;
  std::deque<SensorWarning> warnings_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts_;
  std::uint64_t dropped_ = 0;
};

}  // namespace muster
