// The sub-commands of `muster`: one file each, listed in one table (cli/main.cpp).
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"

namespace muster::cli {

/// Exit codes, as documented in README.
inline constexpr int exit_passed = 0;    ///< all gates met
inline constexpr int exit_failed = 1;    ///< a gate failed
inline constexpr int exit_usage = 2;     ///< invalid input or usage
inline constexpr int exit_internal = 3;  ///< fault of the simulator itself

inline constexpr const char* program_version = "0.1.0";

using Arguments = std::vector<std::string>;

struct Command {
  const char* name;
  const char* synopsis;
  const char* summary;
  int (*run)(const Arguments& arguments);
};

int run_command(const Arguments& arguments);
int export_command(const Arguments& arguments);
int query_command(const Arguments& arguments);
int replay_command(const Arguments& arguments);
int serve_command(const Arguments& arguments);
int score_command(const Arguments& arguments);
int init_command(const Arguments& arguments);
int list_command(const Arguments& arguments);
int explain_command(const Arguments& arguments);
int lint_command(const Arguments& arguments);

/// Prints "muster: ..." to standard error and returns the exit code that belongs to the error.
int report_error(const Error& error);

}  // namespace muster::cli
