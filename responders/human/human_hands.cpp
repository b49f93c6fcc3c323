// How a synthetic person looks, reads, types and mistypes.
#include <re2/re2.h>

#include <algorithm>

#include "responders/human/human_run.hpp"
#include "responders/text/json_value.hpp"
#include "responders/text/lines.hpp"
#include "sim/distributions.hpp"
#include "sim/math.hpp"

namespace muster {
namespace {

constexpr double z95 = 1.6448536269514722;  // standard normal quantile of 0.95

/// What a runbook tells to say, a person says in words of its own, and at the time for it.
bool is_talk(const std::string& line) {
  const std::string word = line.substr(0, line.find(' '));
  for (const char* talk : {"ack", "declare", "post", "notify", "status", "ticket", "hypothesis", "resolve",
                           "postmortem", "sleep", "echo"})
    if (word == talk) return true;
  return false;
}

std::string first_line(std::string_view text) {
  const auto plain = trimmed(text);
  return std::string(plain.substr(0, plain.find('\n')));
}

}  // namespace

void HumanRun::tell(ResponderChange change, int line, std::string text) {
  host_.tell(ResponderFact{plan_.name, change, plan_.runbook.file, line, std::move(text)});
}

/// The n-th draw for a purpose is the same whatever else happened.
double HumanRun::luck(const char* purpose) {
  return unit_interval(host_.random(entity_, purpose).at(draws_[purpose]++));
}

SimDuration HumanRun::draw(const char* stage) {
  const PaceTime& time = profile_.stages.at(stage);
  if (time.median <= SimDuration::zero()) return SimDuration::zero();
  const double u = luck(stage);
  if (time.p95 <= time.median) return time.median;
  const double median = seconds_of(time.median);
  const double sigma = portable_log(seconds_of(time.p95) / median) / z95;
  return duration_from_seconds(skill_ * lognormal(u, portable_log(median), sigma));
}

bool HumanRun::is_night() const {
  const std::int64_t hour =
      (host_.epoch().unix_seconds + nanoseconds_of(host_.now()) / 1'000'000'000) / 3600 % 24;
  const auto from = profile_.night_from, to = profile_.night_to;
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

bool HumanRun::healthy() {
  return check_condition(profile_.healthy, Asker{host_, actor_, console_.session().kube_namespace},
                         profile_.variables)
      .holds;
}

/// Everybody begins at the top, more or less.
std::vector<std::size_t> HumanRun::order_of_looks() {
  std::vector<std::pair<double, std::size_t>> ranked;
  for (std::size_t i = 0; i < profile_.looks.size(); ++i) {
    const double shift = 2 * luck("order");
    ranked.emplace_back(static_cast<double>(i) + shift, i);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::size_t> order;
  for (const auto& [rank, index] : ranked) order.push_back(index);
  return order;
}

Task<void> HumanRun::look_at(const Look& look) {
  const bool is_query = look.command.empty();
  auto text = fill_variables(is_query ? look.query : look.command, profile_.variables);
  const FilledText filled = fill_placeholders(text ? *text : "", seen_);
  if (!text || !filled.missing.empty()) {
    const std::string lacking =
        filled.missing.empty() ? "" : ": nothing seen so far says what <" + filled.missing[0] + "> is";
    tell(ResponderChange::step, 0, "cannot look at " + (is_query ? look.query : look.command) + lacking);
    co_return;
  }
  tell(ResponderChange::step, 0, filled.text);
  if (is_query) {
    const std::string shown = answer_to(filled.text);
    learn(look, shown);
    co_return;
  }
  Task<CommandResult> running = console_.run(filled.text);
  const CommandResult result = co_await running;
  seen_.read(result.out);
  if (result.exit_code == 0) learn(look, result.out);
}

/// One line per sample: its labels and value.
std::string HumanRun::answer_to(const std::string& query) {
  const Answer answer =
      host_.submit(Request{actor_, "GET", "/api/v1/query?query=" + percent_encoded(query), {}, {}});
  const auto body = parse_json(answer.body);
  std::string text;
  if (body)
    for (const JsonValue& sample : (*body)["data"]["result"].items())
      text += to_json(sample["metric"]) + " " + sample["value"].at(1).text() + "\n";
  return text.empty() ? "nothing" : text;
}

void HumanRun::learn(const Look& look, const std::string& shown) {
  for (const Sign& sign : look.signs) {
    const bool taken_in = luck("notice") < profile_.notice;
    if (taken_in) belief_.learn(sign, first_match(sign.matches, shown).has_value());
  }
}

bool HumanRun::has_commands(const RunbookSection& section) const {
  const auto begin = plan_.runbook.steps.begin();
  return std::any_of(begin + static_cast<std::ptrdiff_t>(section.first_step),
                     begin + static_cast<std::ptrdiff_t>(section.end_step), [](const RunbookStep& step) {
                       return step.kind == StepKind::command && !is_talk(step.text);
                     });
}

const RunbookSection* HumanRun::section_for(const PossibleCause& cause) const {
  for (const std::string& words : cause.sections) {
    const std::string wanted = lower_case(words);
    for (const RunbookSection& section : plan_.runbook.sections) {
      const bool small = section.end_step - section.first_step <= human_section_max;
      if (small && matching_form(section.title).find(wanted) != std::string::npos && has_commands(section))
        return &section;
    }
  }
  return nullptr;
}

/// How many of its commands were carried out.
Task<int> HumanRun::follow(const RunbookSection& section) {
  int carried_out = 0;
  for (std::size_t i = section.first_step; i < section.end_step; ++i) {
    const RunbookStep& step = plan_.runbook.steps[i];
    if (step.kind != StepKind::command || is_talk(step.text)) continue;
    sleep_for reading(host_, draw("read"));
    co_await reading;
    const FilledText filled = fill_placeholders(step.text, seen_);
    if (!filled.missing.empty()) {
      tell(ResponderChange::cannot_run, step.line,
           fmt::format("{}: nothing seen so far says what <{}> is", step.text, filled.missing[0]));
      continue;
    }
    Task<bool> typing = type(filled.text, step.line);
    const bool done = co_await typing;
    if (done) ++carried_out;
  }
  co_return carried_out;
}

/// What the command shows now; "" without one, or if it fails.
Task<std::string> HumanRun::effect_of(const PossibleCause& cause) {
  const auto line = fill_variables(cause.effect, profile_.variables);
  if (cause.effect.empty() || !line) co_return std::string();
  sleep_for typing(host_, draw("type"));
  co_await typing;
  tell(ResponderChange::step, 0, *line);
  Task<CommandResult> running = console_.run(*line);
  const CommandResult result = co_await running;
  sleep_for looking(host_, draw("look"));
  co_await looking;
  co_return result.exit_code == 0 ? result.out : std::string();
}

/// How many were carried out; nothing if one of them needs what nobody has seen.
Task<std::optional<int>> HumanRun::type_all(const std::vector<std::string>& commands) {
  int carried_out = 0;
  for (const std::string& command : commands) {
    const auto line = fill_variables(command, profile_.variables);
    const FilledText filled = fill_placeholders(line ? *line : command, seen_);
    if (!line || !filled.missing.empty()) co_return std::nullopt;
    Task<bool> typing = type(filled.text, 0);
    const bool done = co_await typing;
    if (done) ++carried_out;
  }
  co_return carried_out;
}

Task<int> HumanRun::improvise(const PossibleCause& cause) {
  Task<std::optional<int>> typing = type_all(cause.improvise);
  const std::optional<int> typed = co_await typing;
  if (cause.improvise.empty()) {
    Task<void> asking = say("notify engineering-lead \"need help: " + cause.name + "\"");
    co_await asking;
  }
  co_return typed.value_or(0);
}

Task<void> HumanRun::run_to_its_end(std::string line, Command& command) {
  Task<CommandResult> running = console_.run(std::move(line));
  command.result = co_await running;
}

/// `kubectl rollout status` waits for ever if need be; a person presses Ctrl-C (exit code 130, as a shell
/// says it).
Task<CommandResult> HumanRun::run_patiently(std::string line) {
  commands_.push_back(std::make_unique<Command>());
  Command& command = *commands_.back();
  command.running.emplace(run_to_its_end(std::move(line), command));
  command.running->start();
  const SimTime deadline = host_.now() + profile_.patience;
  while (!command.result && host_.now() < deadline) {
    sleep_for watching(host_, 1s);
    co_await watching;
  }
  gave_up_ = !command.result;
  if (command.result) co_return *command.result;
  co_return CommandResult::failed(130, "^C");
}

/// False: it was not carried out, or ended with an error. What was mistyped is typed again.
Task<bool> HumanRun::type(std::string line, int source_line) {
  sleep_for typing(host_, draw("type"));
  co_await typing;
  const std::string elsewhere = in_wrong_namespace(line);
  const bool astray = luck("wrongNamespace") < profile_.wrong_namespace && elsewhere != line;
  const bool mistyped = luck("typo") < profile_.typo;
  if (astray) {
    tell(ResponderChange::step, source_line, elsewhere);
    Task<CommandResult> wrong = run_patiently(elsewhere);
    co_await wrong;
  }
  if (astray || mistyped) {
    sleep_for noticing(host_, draw("look"));
    co_await noticing;
    sleep_for retyping(host_, draw("type"));
    co_await retyping;
  }
  tell(ResponderChange::step, source_line, line);
  Task<CommandResult> running = run_patiently(line);
  const CommandResult result = co_await running;
  seen_.read(result.out);
  if (!result.cannot_run.empty())
    tell(ResponderChange::cannot_run, source_line, line + ": " + result.cannot_run);
  else if (result.exit_code != 0)
    tell(ResponderChange::step, source_line,
         fmt::format("exit code {}: {}", result.exit_code, first_line(result.err)));
  sleep_for looking(host_, draw("look"));
  co_await looking;
  co_return result.cannot_run.empty() && result.exit_code == 0;
}

std::string HumanRun::in_wrong_namespace(const std::string& line) const {
  static const re2::RE2 flag(R"((-n|--namespace)[= ]\S+)");
  std::string changed = line;
  re2::RE2::Replace(&changed, flag, "\\1 default");
  return changed;
}

Task<void> HumanRun::say(std::string line) {
  sleep_for typing(host_, draw("type"));
  co_await typing;
  tell(ResponderChange::step, 0, line);
  Task<CommandResult> running = console_.run(line);
  co_await running;
}

}  // namespace muster
