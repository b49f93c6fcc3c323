// A synthetic person as a file: how long each stage takes, what is looked at, what that says about the
// possible causes, and where the cure is sought. The format's table: human_format(); docs/responders.md
// explains it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "responders/condition/condition.hpp"
#include "responders/fields/field_table.hpp"
#include "responders/runbook/pace.hpp"
#include "sim/result.hpp"

namespace muster {

/// What something can be, and what would be done about it.
struct PossibleCause {
  std::string name;
  double prior = 0;                    ///< weight before anything was seen
  std::string hypothesis;              ///< as it is said
  std::vector<std::string> sections;   ///< words in the titles of the runbook's sections that cure it
  std::vector<std::string> improvise;  ///< commands of somebody who knows without a runbook
  std::string effect =
      {};  ///< a command whose output the cure changes; unchanged, it says nothing of the cause
  std::vector<std::string> instead = {};  ///< commands, if the cure has changed nothing
};

/// A pattern in what a look shows.
struct Sign {
  std::string matches;                        ///< RE2
  std::map<std::string, double> likelihoods;  ///< of seeing it, by cause
  double otherwise = 0;                       ///< for the causes not named
};

struct Look {
  std::string command, query;  ///< one of them; {{ variables }} and <placeholders> are filled
  std::vector<Sign> signs;
};

struct HumanProfile {
  std::string file;  ///< base name
  std::string name, summary;
  SimDuration pager_delay{};                   ///< until the phone rings
  std::map<std::string, PaceTime> stages;      ///< by name, all of human_stages()
  std::int64_t night_from = 22, night_to = 7;  ///< hours, UTC
  double night_factor = 1.5;                   ///< on the way to the keyboard
  double skill_sigma = 0, typo = 0, wrong_namespace = 0, notice = 1;
  double act_above = 0.7;  ///< belief that is enough to act on
  std::int64_t looks_at_least = 1;
  double failed_remedy = 0.1;  ///< what remains of a belief whose cure did not help
  SimDuration patience{};      ///< with a command that does not end
  SimDuration update_every{};  ///< of the public status
  std::map<std::string, std::vector<std::string>> notify;  ///< roles by priority
  Variables variables;
  PlayCondition healthy;
  std::vector<PossibleCause> causes;
  std::vector<Look> looks;
};

/// The stages a profile may give times to, with the assumptions of docs/responders.md.
const std::map<std::string, PaceTime>& human_stages();
const FileFormat& human_format();
/// Error: invalid_input with file:line:column, also for a sign that names an unknown cause.
Result<HumanProfile> read_human_profile(std::string_view text, const std::string& file);

}  // namespace muster
