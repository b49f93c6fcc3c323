// muster run SCENARIO: one drill.
#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <map>

#include "cli/library_path.hpp"
#include "cli/options.hpp"
#include "cli/responder_spec.hpp"
#include "cli/terminal.hpp"
#include "drill/run_drill.hpp"
#include "programs/process_link.hpp"
#include "reports/reports.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& run_options() {
  static const std::vector<OptionSpec> options{
      {"responder", Takes::many_values, "R",
       "who responds: none | console | runbook:FILE.md[#HEADING] | requests:FILE.yaml | playbook:FILE.yaml | "
       "human:PROFILE.yaml[#RUNBOOK.md] | exec:PROGRAM; may be repeated"},
      {"seed", Takes::one_value, "N", "instead of the scenario's own"},
      {"out", Takes::one_value, "DIR", "the directory to write; default out/SCENARIO"},
      {"overwrite", Takes::nothing, "", "an earlier drill in DIR may be replaced"},
      {"think", Takes::one_value, "DURATION",
       "virtual time that each message of an exec: program costs; default 0s"},
      {"program-limit", Takes::one_value, "DURATION",
       "real time after which an exec: program that says nothing has failed; default 60s"},
      {"set", Takes::many_values, "KEY=VALUE", "overrides a value of the scenario file, by dotted path"},
      {"begin-at", Takes::one_value, "DURATION", "when runbooks begin; default at the first page"},
      {"bind", Takes::many_values, "NAME=VALUE", "what <NAME> and $NAME in a runbook stand for"},
      {"sign", Takes::one_value, "KEY", "signs the journal's seal with an Ed25519 private key (PEM)"},
      {"format", Takes::one_value, "FORMAT", "of the scorecard printed: text (default), json, junit"},
      {"check-invariants", Takes::nothing, "",
       "holds the model's invariants at every virtual second; slower, same run"},
      {"quiet", Takes::nothing, "", "print no scorecard"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

Result<std::uint64_t> parse_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size()) {
    return invalid_input(
        fmt::format("--seed \"{}\" is not a whole number from 0 to 18446744073709551615", text));
  }
  return seed;
}

Result<std::map<std::string, std::string>> bindings_of(const std::vector<std::string>& given) {
  std::map<std::string, std::string> bindings;
  for (const std::string& one : given) {
    const std::size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0)
      return invalid_input(fmt::format("--bind \"{}\" is not of the form NAME=VALUE", one));
    bindings[one.substr(0, equals)] = one.substr(equals + 1);
  }
  return bindings;
}

Result<RunOptions> run_options(const ParsedOptions& parsed) {
  RunOptions options;
  options.scenario = scenario_path(parsed.positional.front());
  for (const std::string& given : parsed.all("responder")) {
    Result<std::string> spec = responder_spec(given);
    if (!spec) return spec.error();
    options.responders.push_back(std::move(*spec));
  }
  options.overrides = parsed.all("set");
  options.overwrite = parsed.has("overwrite");
  options.sign_key = parsed.get("sign");
  options.check_invariants = parsed.has("check-invariants");
  options.out = parsed.has("out") ? parsed.get("out")
                                  : "out/" + std::filesystem::path(options.scenario).stem().string();
  const Result<SimDuration> think = parse_duration(parsed.get("think", "0s"));
  if (!think) return think.error();
  const Result<SimDuration> limit = parse_duration(parsed.get("program-limit", "60s"));
  if (!limit) return limit.error();
  if (parsed.has("begin-at")) {
    const Result<SimDuration> begin = parse_duration(parsed.get("begin-at"));
    if (!begin) return begin.error();
    options.begin_at = sim_start + *begin;
  }
  auto bindings = bindings_of(parsed.all("bind"));
  if (!bindings) return bindings.error();
  options.bindings = std::move(*bindings);
  options.think = *think;
  options.launch = process_launcher(*limit);
  if (!parsed.has("seed")) return options;
  Result<std::uint64_t> seed = parse_seed(parsed.get("seed"));
  if (!seed) return seed.error();
  options.seed = *seed;
  return options;
}

Result<void> check_format(const std::string& format) {
  if (format == "text" || format == "json" || format == "junit") return {};
  return invalid_input(fmt::format("unknown --format \"{}\"; expected text, json or junit", format));
}

void print_card(const Scorecard& card, const std::string& format, const std::string& directory) {
  if (format == "json") return fmt::print("{}", report_json(card));
  if (format == "junit") return fmt::print("{}", report_junit(card));
  fmt::print("{}\ndrill directory: {}   (report.html, scorecard.json, journal.jsonl)\n", report_text(card),
             directory);
}

}  // namespace

int run_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(arguments, run_options(), {"a SCENARIO file"});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster run SCENARIO [options]",
                               "Plays a drill in virtual time, scores it, and writes "
                               "everything about it into one directory.",
                               run_options()));
    return exit_passed;
  }
  const std::string format = parsed->get("format", "text");
  if (Result<void> checked = check_format(format); !checked) return report_error(checked.error());
  Result<RunOptions> options = run_options(*parsed);
  if (!options) return report_error(options.error());
  const std::unique_ptr<Terminal> terminal = make_terminal();
  options->terminal = terminal.get();
  Result<RunResult> result = run_drill(*options);
  if (!result) return report_error(result.error());
  if (!parsed->has("quiet")) print_card(result->card, format, result->directory);
  return result->card.passed ? exit_passed : exit_failed;
}

}  // namespace muster::cli
