#include "scenarios/draft/guesses.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

namespace muster {
namespace {

/// A whole number from 1 to 4096, or 0.
int count_in(const std::string& text) {
  int number = 0;
  return re2::RE2::FullMatch(text, R"(([0-9]{1,4}))", &number) && number <= 4096 ? number : 0;
}

struct Found {
  int count = 0;
  std::string reason;
};

Found variable_of(const SurveyedWorkload& workload, std::initializer_list<const char*> names) {
  for (const char* name : names)
    for (const SurveyedVariable& variable : workload.environment)
      if (variable.name == name && variable.value && count_in(*variable.value) > 0)
        return {count_in(*variable.value), fmt::format("{}={}", name, *variable.value)};
  return {};
}

Found option_of(const std::string& line, const char* where, const char* pattern) {
  std::string number;
  if (!re2::RE2::PartialMatch(line, pattern, &number) || count_in(number) == 0) return {};
  return {count_in(number), fmt::format("{} of {}", number, where)};
}

std::string value_of(const SurveyedWorkload& workload, const char* name) {
  for (const SurveyedVariable& variable : workload.environment)
    if (variable.name == name) return variable.value.value_or("");
  return {};
}

// gunicorn -w/--workers and --threads (docs.gunicorn.org settings), uvicorn --workers (uvicorn.org settings),
// puma -w and -t (puma.io), waitress and others --threads.
constexpr const char* workers_pattern = R"((?:^|\s)(?:-w|--workers)[= ]?([0-9]+))";
constexpr const char* threads_pattern = R"((?:^|\s)--threads[= ]([0-9]+))";

Found processes(const SurveyedWorkload& workload) {
  const std::string args = value_of(workload, "GUNICORN_CMD_ARGS");
  if (Found found = option_of(args, "workers in GUNICORN_CMD_ARGS", workers_pattern); found.count > 0)
    return found;
  const std::string line = fmt::format("{}", fmt::join(workload.command, " "));
  if (Found found = option_of(line, "workers on the command line", workers_pattern); found.count > 0)
    return found;
  return variable_of(workload, {"WEB_CONCURRENCY", "UVICORN_WORKERS", "GUNICORN_WORKERS", "WORKERS",
                                "WORKER_CONCURRENCY", "WORKER_PROCESSES", "PM_MAX_CHILDREN"});
}

Found threads(const SurveyedWorkload& workload) {
  const std::string args = value_of(workload, "GUNICORN_CMD_ARGS");
  if (Found found = option_of(args, "threads in GUNICORN_CMD_ARGS", threads_pattern); found.count > 0)
    return found;
  const std::string line = fmt::format("{}", fmt::join(workload.command, " "));
  if (Found found = option_of(line, "threads on the command line", threads_pattern); found.count > 0)
    return found;
  return variable_of(workload,
                     {"RAILS_MAX_THREADS", "GUNICORN_THREADS", "SERVER_TOMCAT_THREADS_MAX", "THREADS"});
}

bool matches(const std::string& text, const char* pattern) {
  return re2::RE2::FullMatch(text, pattern);
}

}  // namespace

WorkerGuess guess_workers(const SurveyedWorkload& workload) {
  const Found process = processes(workload), thread = threads(workload);
  if (process.count == 0 && thread.count == 0) return {8, "nothing in the manifests says it; 8 is a guess"};
  if (thread.count == 0) return {process.count, process.reason};
  if (process.count == 0) return {thread.count, thread.reason};
  return {std::min(process.count * thread.count, 10'000), process.reason + " x " + thread.reason};
}

std::string guess_pattern(const SurveyedVariable& variable) {
  if (!variable.value) return variable.from.starts_with("Secret") ? ".+" : ".*";
  const std::string& value = *variable.value;
  if (matches(value, "true|false")) return "true|false";
  if (matches(value, "[0-9]+")) return "[0-9]+";
  if (matches(value, "(?i)(debug|info|warn|warning|error|critical|trace)"))
    return "(?i)(debug|info|warn|warning|error|critical|trace)";
  if (matches(value, R"(postgres(ql)?://\S+)")) return R"(postgres(ql)?://\S+)";
  if (matches(value, R"(https?://\S+)")) return R"(https?://\S+)";
  return value.empty() ? ".*" : ".+";
}

Dependency guess_dependency(const SurveyedVariable& variable) {
  if (variable.value && matches(*variable.value, R"(postgres(ql)?://[\s\S]*)")) return Dependency::database;
  if (matches(variable.name,
              "(.*_)?(DATABASE|DB|POSTGRES|POSTGRESQL|PG)_(URL|URI|DSN|HOST)|PGHOST|PGDATABASE"))
    return Dependency::database;
  if (matches(variable.name, ".*_API_(KEY|URL|TOKEN|BASE|HOST)|.*_PROVIDER_.*|PROVIDER_.*"))
    return Dependency::provider;
  return Dependency::none;
}

}  // namespace muster
