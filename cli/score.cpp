// muster score DRILL_DIR: the scorecard again, from the journal and the baselines alone.
#include <fmt/format.h>

#include "cli/options.hpp"
#include "drill/run_drill.hpp"
#include "reports/reports.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& score_options() {
  static const std::vector<OptionSpec> options{
      {"format", Takes::one_value, "FORMAT", "text (default), json, junit or html"},
      {"verify", Takes::one_value, "KEY", "also checks journal.sig with an Ed25519 public key (PEM)"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

Result<std::string> render(const ScoredDirectory& scored, const std::string& format) {
  if (format == "text") return report_text(scored.card);
  if (format == "json") return report_json(scored.card);
  if (format == "junit") return report_junit(scored.card);
  if (format == "html") return report_html(scored.card, scored.journal, scored.baselines);
  return invalid_input(fmt::format("unknown --format \"{}\"; expected text, json, junit or html", format));
}

Result<void> check_signature(const ScoredDirectory& scored, const std::string& public_key) {
  if (public_key.empty()) return {};
  if (scored.card.signature.empty()) return invalid_input("the drill is not signed: there is no journal.sig");
  Result<bool> good = verify_seal(scored.journal.seal, scored.card.signature, public_key);
  if (!good) return good.error();
  if (!*good) return invalid_input("journal.sig does not belong to this journal and key");
  fmt::print(stderr, "signature verified\n");
  return {};
}

}  // namespace

int score_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(arguments, score_options(), {"a DRILL_DIR"});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster score DRILL_DIR [options]",
                               "Verifies the journal and scores it; nothing else "
                               "of the directory is read.",
                               score_options()));
    return exit_passed;
  }
  Result<ScoredDirectory> scored = score_directory(parsed->positional.front());
  if (!scored) return report_error(scored.error());
  if (Result<void> checked = check_signature(*scored, parsed->get("verify")); !checked) {
    return report_error(checked.error());
  }
  Result<std::string> text = render(*scored, parsed->get("format", "text"));
  if (!text) return report_error(text.error());
  fmt::print("{}", *text);
  return scored->card.passed ? exit_passed : exit_failed;
}

}  // namespace muster::cli
