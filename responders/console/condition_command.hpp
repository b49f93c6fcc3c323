// test, [ ] and [[ ]] (POSIX.1-2017, test; bash, Conditional Constructs). Files are those of the evidence
// folder.
#pragma once

#include <string>
#include <vector>

#include "responders/console/command.hpp"

namespace muster {

/// A word of a condition, and the pattern that it is behind == in [[ ]].
struct ConditionWord {
  std::string text, pattern;
};

/// 0 = true, 1 = false, 2 = an error in bash's words. `doubled`: it is [[ ]], whose == takes a pattern.
CommandResult evaluate_condition(const Session& session, const std::vector<ConditionWord>& words,
                                 bool doubled);

/// test EXPRESSION, and [ EXPRESSION ].
CommandResult test_command(Session& session, const Invocation& call);
CommandResult bracket_command(Session& session, const Invocation& call);

}  // namespace muster
