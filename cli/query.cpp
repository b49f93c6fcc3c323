// muster query DRILL_DIR PROMQL: asks the recorded series of a drill.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "api/prom/envelope.hpp"
#include "cli/options.hpp"
#include "cli/plot.hpp"
#include "drill/recorded.hpp"
#include "sim/spelling.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& query_options() {
  static const std::vector<OptionSpec> options{
      {"at", Takes::one_value, "TIME",
       "the moment: 12m30s after the drill began, unix seconds or RFC 3339 (default: the drill's end)"},
      {"start", Takes::one_value, "TIME",
       "makes it a range query from here (default: the drill's beginning)"},
      {"end", Takes::one_value, "TIME", "the range's end (default: the drill's end)"},
      {"step", Takes::one_value, "DURATION",
       "between two points (default: what fits 60 points, 15s at least)"},
      {"format", Takes::one_value, "FORMAT", "table (default), json or plot"},
      {"left-open", Takes::nothing, "", "windows and lookback of Prometheus 3: without their left edge"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

struct Span {
  bool range = false;
  std::int64_t begin_ms = 0, end_ms = 0, step_ms = 0;
};

std::int64_t ms_of(SimTime at) {
  return nanoseconds_of(at) / 1'000'000;
}

Result<std::int64_t> read_time(const ParsedOptions& options, const char* name, const Recording& recording,
                               std::int64_t otherwise) {
  if (!options.has(name)) return otherwise;
  const std::string text = options.get(name);
  if (const auto since = promql::parse_duration_ms(text)) return *since;
  if (const auto unix_seconds = promql::parse_float(text))
    return static_cast<std::int64_t>(*unix_seconds * 1000) - recording.epoch.unix_seconds * 1000;
  if (const Result<Epoch> calendar = parse_epoch(text))
    return (calendar->unix_seconds - recording.epoch.unix_seconds) * 1000;
  return invalid_input(fmt::format(
      "--{} \"{}\" is no time; expected 12m30s (since the drill began), unix seconds or 2025-11-01T14:20:00Z",
      name, text));
}

Result<std::int64_t> read_step(const ParsedOptions& options, const Span& span) {
  if (!options.has("step")) {
    constexpr std::int64_t points = 60, least_ms = 15'000;
    const std::int64_t whole = (span.end_ms - span.begin_ms) / points / least_ms * least_ms;
    return std::max(least_ms, whole);
  }
  const auto step = promql::parse_duration_ms(options.get("step"));
  if (step && *step > 0) return *step;
  return invalid_input(
      fmt::format("--step \"{}\" is no duration; expected one like 15s or 1m", options.get("step")));
}

Result<Span> read_span(const ParsedOptions& options, const Recording& recording) {
  Span span;
  span.range =
      options.has("start") || options.has("end") || options.has("step") || options.get("format") == "plot";
  if (span.range && options.has("at"))
    return invalid_input("--at asks for one moment; --start, --end, --step and a plot for a range");
  const Result<std::int64_t> begin = read_time(options, "start", recording, 0);
  if (!begin) return begin.error();
  const Result<std::int64_t> end =
      read_time(options, span.range ? "end" : "at", recording, ms_of(recording.end));
  if (!end) return end.error();
  span.begin_ms = span.range ? *begin : *end;
  span.end_ms = *end;
  if (span.end_ms < span.begin_ms) return invalid_input("--end is before --start");
  const Result<std::int64_t> step = read_step(options, span);
  if (!step) return step.error();
  span.step_ms = *step;
  constexpr std::int64_t most_points = 11'000;  // as Prometheus' API (web/api/v1/api.go)
  if ((span.end_ms - span.begin_ms) / span.step_ms > most_points)
    return invalid_input("more than 11,000 points per series; choose a larger --step");
  return span;
}

// The expression's line with a caret under the place that the message names.
Error at_its_place(const Error& error, const std::string& expression) {
  std::size_t line = 0, column = 0;
  if (std::sscanf(error.message.c_str(), "%zu:%zu:", &line, &column) != 2) return error;
  std::size_t begin = 0;
  for (std::size_t i = 1; i < line; ++i) begin = expression.find('\n', begin) + 1;
  const std::string shown = expression.substr(begin, expression.find('\n', begin) - begin);
  Error placed = error;
  placed.message += fmt::format("\n  {}\n  {:>{}}", shown, "^", column);
  return placed;
}

// An empty answer is most often a misspelt name.
void hint_at_names(const promql::Expression& expression, const SeriesStore& series) {
  for (const std::string& name : promql::metric_names(expression)) {
    if (!series.named(name).empty()) continue;
    const std::string nearest = nearest_word(name, series.metric_names());
    fmt::print(stderr, "muster: the drill has no series \"{}\"{}\n", name,
               nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest));
  }
}

std::string name_of(const Labels& labels) {
  return std::string(promql::label_value(labels, "__name__")) +
         (labels.empty() ? "{}" : promql::print_labels(promql::without_metric_name(labels)));
}

std::string table(const promql::Value& value) {
  using promql::ValueType;
  if (value.type == ValueType::string) return value.text + "\n";
  if (value.type == ValueType::scalar) return promql::format_plain(value.scalar) + "\n";
  std::string text;
  std::size_t width = 0;
  for (const auto& series : value.series) width = std::max(width, name_of(series.labels).size());
  for (const auto& series : value.series) {
    if (value.type == ValueType::vector) {
      text += fmt::format("{:<{}}  {}\n", name_of(series.labels), width,
                          promql::format_sample(series.points.front().value));
      continue;
    }
    text += name_of(series.labels) + "\n";
    for (const Sample& point : series.points)
      text += fmt::format("  {:>8}  {}\n", clock_of(point.at_ms), promql::format_sample(point.value));
  }
  return text.empty() ? "no series\n" : text;
}

int columns() {
  const char* set = std::getenv("COLUMNS");
  const int given = set ? std::atoi(set) : 0;
  return given > 0 ? std::min(given, 400) : 80;
}

std::string shown(const promql::Value& value, const Span& span, const RecordedDrill& drill,
                  const std::string& format) {
  constexpr int plot_height = 14;
  if (format == "json")
    return fmt::format("{{\"status\":\"success\",\"data\":{}}}\n",
                       prom::json_value(value, drill.recording.epoch.unix_seconds * 1000));
  if (format == "plot") return plot(value.series, span.begin_ms, span.end_ms, columns(), plot_height);
  return table(value);
}

Result<std::string> answer(const ParsedOptions& options) {
  const std::string format = options.get("format", "table");
  if (format != "table" && format != "json" && format != "plot")
    return invalid_input(fmt::format("unknown --format \"{}\"; expected table, json or plot", format));
  const std::string& text = options.positional[1];
  const auto expression = promql::parse(text);
  if (!expression) return at_its_place(expression.error(), text);
  const Result<RecordedDrill> drill = read_recorded(options.positional[0]);
  if (!drill) return drill.error();
  const Result<Span> span = read_span(options, drill->recording);
  if (!span) return span.error();
  promql::Options evaluation;
  evaluation.epoch = drill->recording.epoch;
  evaluation.subquery_step_ms = drill->recording.interval.count() / 1'000'000;
  evaluation.left_open = options.has("left-open");
  const auto value = span->range
                         ? promql::evaluate_range(**expression, drill->series, span->begin_ms, span->end_ms,
                                                  span->step_ms, evaluation)
                         : promql::evaluate_instant(**expression, drill->series, span->end_ms, evaluation);
  if (!value) return value.error();
  const bool empty = value->series.empty() && value->type != promql::ValueType::scalar &&
                     value->type != promql::ValueType::string;
  if (empty) hint_at_names(**expression, drill->series);
  return shown(*value, *span, *drill, format);
}

}  // namespace

int query_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed =
      parse_options(arguments, query_options(), {"a DRILL_DIR", "a PROMQL expression"});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster query DRILL_DIR PROMQL [options]",
                               "Evaluates a PromQL expression over the recorded series of a drill, at one "
                               "moment or over a range.",
                               query_options()));
    return exit_passed;
  }
  const Result<std::string> text = answer(*parsed);
  if (!text) return report_error(text.error());
  fmt::print("{}", *text);
  return exit_passed;
}

}  // namespace muster::cli
