// Command-line arguments by Boost.Program_options, with our own kind errors. The only header through which
// the rest of cli/ sees them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "sim/result.hpp"

namespace muster::cli {

struct OptionSpec {
  enum class Takes : std::uint8_t { nothing, one_value, many_values };
  const char* name;  ///< long name without dashes
  Takes takes;
  const char* value;  ///< what the value is called in the help: "DIR"
  const char* help;
};

struct ParsedOptions {
  std::vector<std::string> positional;
  std::map<std::string, std::vector<std::string>> values;  ///< [option name]
  bool has(const std::string& name) const { return values.count(name) != 0; }
  std::string get(const std::string& name, const std::string& otherwise = {}) const;
  std::vector<std::string> all(const std::string& name) const;
};

/// A last positional name that ends in "..." stands for one or more arguments.
/// Errors: an unknown option (with the nearest one), a missing value, a wrong number of positional arguments.
Result<ParsedOptions> parse_options(const Arguments& arguments, const std::vector<OptionSpec>& specs,
                                    const std::vector<std::string>& positional_names);

/// The help text of one command.
std::string help_text(const std::string& usage, const std::string& summary,
                      const std::vector<OptionSpec>& specs);

}  // namespace muster::cli
