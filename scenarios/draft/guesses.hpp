// What well-known settings give away about a program. Guesses: the draft marks every one of them.
#pragma once

#include <string>
#include <vector>

#include "scenarios/draft/manifest_survey.hpp"

namespace muster {

struct WorkerGuess {
  int workers = 8;     ///< requests served at once per pod
  std::string reason;  ///< "WEB_CONCURRENCY=4 x RAILS_MAX_THREADS=5"
};
/// From WEB_CONCURRENCY, GUNICORN_CMD_ARGS, UVICORN_WORKERS, RAILS_MAX_THREADS, GOMAXPROCS..., or the command
/// line.
WorkerGuess guess_workers(const SurveyedWorkload& workload);

/// A regular expression that the value passes and an obvious mistake does not; ".*" if nothing is known.
std::string guess_pattern(const SurveyedVariable& variable);

enum class Dependency { none, database, provider };
/// By the variable's name (DATABASE_URL, PGHOST, ..._API_KEY) or its value's scheme.
Dependency guess_dependency(const SurveyedVariable& variable);

}  // namespace muster
