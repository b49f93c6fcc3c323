// What the journal says, sorted by who will be asked about it. Everything keeps the number of its record.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "journal/journal.hpp"

namespace muster {

/// A fact or request with its time and number; the pointer lives as long as the journal.
template <class T>
struct Noted {
  SimTime at{};
  std::uint64_t record = 0;
  const T* what = nullptr;
};

struct Evidence {
  std::vector<Noted<FaultFact>> faults;
  std::vector<Noted<PageFact>> pages;
  std::vector<Noted<DeskFact>> desk;           ///< of responders; what the exercise staff says is not theirs
  std::vector<Noted<RequestRecord>> requests;  ///< of responders
  std::vector<Noted<ResponderFact>> responder;
  std::vector<Noted<DataFact>> data;
  std::vector<Noted<IntruderFact>> intruder;
  std::vector<Noted<EvidenceFact>> traces;
  std::vector<Noted<AgentFact>> agents;
  SimTime end{};
  std::uint64_t end_record = 0;  ///< the last record before the seal
  std::string end_reason, fingerprint;

  explicit Evidence(const Journal& journal);

  /// The first desk action of a kind, if any.
  const Noted<DeskFact>* first(DeskAction action) const;
  /// All of a kind, in order.
  std::vector<Noted<DeskFact>> all(DeskAction action) const;
  /// Whether a fault is active at the end, and when the last of them ended.
  bool fault_active_at(SimTime at) const;
};

/// Exercise staff: what they do is not scored.
bool is_staff(std::string_view actor);

/// A request that can change the system: POST, PUT, PATCH or DELETE outside the desk, except those that only
/// ask (a PromQL query by POST, an access review) and sessions in a container.
bool is_mutating(const RequestRecord& request);

/// A read of the system or its telemetry.
bool is_read(const RequestRecord& request);

/// Lower case, words joined by '-', without '@': "@Engineering Lead" and "engineering-lead" are the same
/// role.
std::string role_key(std::string_view role);

/// True if `text` holds one of `words` anywhere, in any case of ASCII letters.
bool mentions_any(std::string_view text, const std::vector<std::string>& words);

}  // namespace muster
