// Silences: who has muted which alerts, from when to when (prometheus/alertmanager silence/silence.go).
#pragma once

#include <string>
#include <vector>

#include "telemetry/alertmanager/config.hpp"

namespace muster::alertmanager {

struct Silence {
  std::string id;
  std::vector<Matcher> matchers;
  SimTime starts_at{}, ends_at{}, updated_at{};
  std::string created_by, comment;

  /// "pending", "active", "expired"
  const char* state(SimTime now) const;
};

class Silences {
 public:
  /// A new one (empty id), or a change of one that is there: an expired one, or one whose matchers change,
  /// is ended and a new one begins. Returns the id. Errors in Alertmanager's words: invalid_input, not_found.
  Result<std::string> set(Silence silence, SimTime now);
  /// Ends it now. Error: not_found.
  Result<void> expire(const std::string& id, SimTime now);

  const std::vector<Silence>& all() const { return silences_; }  ///< in order of creation
  const Silence* find(const std::string& id) const;
  /// Ids of the active ones that mute these labels.
  std::vector<std::string> muting(const Labels& labels, SimTime now) const;

 private:
  Silence* get(const std::string& id);
  std::vector<Silence> silences_;
};

}  // namespace muster::alertmanager
