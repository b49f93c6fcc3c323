// One drill from the scenario file to the directory it leaves behind.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "journal/journal.hpp"
#include "responders/program_launcher.hpp"
#include "scoring/baselines.hpp"
#include "scoring/scorecard.hpp"
#include "sim/result.hpp"

namespace muster {

class Terminal;

struct RunOptions {
  std::string scenario;                         ///< path of the scenario file
  std::optional<std::uint64_t> seed;            ///< else the scenario's
  std::vector<std::string> responders;          ///< as on the command line; empty = none
  std::vector<std::string> overrides;           ///< KEY=VALUE
  std::map<std::string, std::string> bindings;  ///< what runbooks' placeholders and variables stand for
  std::optional<SimTime> begin_at;              ///< when runbooks begin; else at the first page
  std::string out;                              ///< the directory to make
  bool overwrite = false;                       ///< an earlier drill in `out` may be replaced
  std::string sign_key;                         ///< PEM private key, or empty
  Terminal* terminal = nullptr;                 ///< of the responder "console"
  ProgramLauncher launch;                       ///< for "exec:" responders; empty: they are refused
  SimDuration think{};                          ///< virtual time that every message of a program costs
  bool check_invariants = false;  ///< hold every invariant at every virtual second; the run is the same
};

struct RunResult {
  Scorecard card;
  std::string directory;
};

/// Runs, scores, writes. Errors: invalid input or an unwritable place; then nothing is left behind.
Result<RunResult> run_drill(const RunOptions& options);

/// Scores a drill directory from its journal and baselines alone.
struct ScoredDirectory {
  Scorecard card;
  Journal journal;
  Baselines baselines;
};
Result<ScoredDirectory> score_directory(const std::string& directory);

}  // namespace muster
