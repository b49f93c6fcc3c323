// A record: something that happened or was done, with its number and time. Scenario + seed + stamped requests
// = the whole run; the score is a function of these records and the baselines.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "journal/fact/people.hpp"
#include "journal/fact/traffic.hpp"
#include "journal/fact/world.hpp"
#include "sim/time.hpp"

namespace muster {

inline constexpr int journal_format_version = 1;
/// Raised whenever the same inputs may give a different run. A journal of another model version is still
/// scored, but not replayed.
inline constexpr int model_version = 3;

/// A file the run was made from, frozen in the drill directory under inputs/.
struct InputFile {
  std::string name;    ///< relative to inputs/, "scenario.yaml", "system/manifests/app.yaml"
  std::string sha256;  ///< of its bytes, 64 hex digits
};

/// The first record. No wall time, no path of a machine, no compiler.
struct Header {
  int format = journal_format_version;
  int model = model_version;
  std::string scenario;
  std::uint64_t seed = 0;
  std::string epoch;  ///< RFC 3339, the instant of virtual time zero
  SimTime horizon{};
  std::vector<std::string> responders;  ///< as given, files by base name
  std::vector<std::string> overrides;   ///< "KEY=VALUE" of --set, in order
  std::vector<InputFile> inputs;        ///< sorted by name
  std::string rubric_json;              ///< how the drill is judged; scoring/rubric.hpp reads it
};

/// Everything a responder or the exercise staff does, reads included.
struct RequestRecord {
  std::string actor, verb, path, content_type, body;
  int status = 0;                  ///< of the answer, as an HTTP status
  std::vector<std::string> clues;  ///< scored clues the answer showed
};

/// The run is over. `reason`: "horizon", "resolved", "event limit", ...
struct EndFact {
  std::string reason;
  std::string fingerprint;   ///< 16 hex digits
  std::uint64_t events = 0;  ///< executed by the engine outside the request lane
};

/// The last record: distinguishes "ended" from "cut".
struct Seal {
  std::uint64_t records = 0;  ///< records before the seal
  std::string head;           ///< chain hash of the last of them, 64 hex digits
};

using Fact = std::variant<TrafficFact, FaultFact, PodFact, WorkloadFact, RolloutFact, ObjectFact, WarningFact,
                          DataFact, IntruderFact, AgentFact, EvidenceFact, AlertFact, PageFact, DeskFact,
                          ResponderFact, EndFact>;

using RecordBody = std::variant<Header, Fact, RequestRecord, Seal>;

struct Record {
  std::uint64_t number = 0;  ///< 0 is the header; without gaps
  SimTime at{};
  RecordBody body;

  template <class T>
  const T* fact() const {
    const Fact* held = std::get_if<Fact>(&body);
    return held ? std::get_if<T>(held) : nullptr;
  }
  const RequestRecord* request() const { return std::get_if<RequestRecord>(&body); }
};

}  // namespace muster
