// muster replay DRILL_DIR: the same run again, from the journal.
#include <fmt/format.h>

#include "cli/options.hpp"
#include "drill/replay.hpp"

namespace muster::cli {
namespace {

const std::vector<OptionSpec>& replay_options() {
  static const std::vector<OptionSpec> options{{"help", OptionSpec::Takes::nothing, "", "this text"}};
  return options;
}

}  // namespace

int replay_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(arguments, replay_options(), {"a DRILL_DIR"});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster replay DRILL_DIR",
                               "Recomputes a drill from its frozen inputs and the requests "
                               "in its journal, and compares every record.",
                               replay_options()));
    return exit_passed;
  }
  Result<ReplayResult> replayed = replay_drill(parsed->positional.front());
  if (!replayed) return report_error(replayed.error());
  fmt::print("recorded fingerprint {}   replayed {}\n", replayed->recorded_fingerprint,
             replayed->fingerprint);
  if (replayed->equal) {
    fmt::print("equal: {} records, byte for byte\n", replayed->records);
    return exit_passed;
  }
  return report_error(
      {ErrorCode::internal,
       fmt::format("the replay differs from the journal, first in record {}", replayed->first_difference),
       {}});
}

}  // namespace muster::cli
