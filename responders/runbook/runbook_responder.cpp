#include "responders/runbook/runbook_responder.hpp"

#include <fmt/format.h>

#include "responders/runbook/desk_action.hpp"
#include "responders/text/lines.hpp"

namespace muster {

/// One play-through. Lives as long as play() does.
struct RunbookResponder::Run {
  Run(const RunbookPlan& p, ResponderHost& h, const std::string& actor)
      : plan(p), host(h), pace(h, "responder/" + actor, p.pace), console(h, actor) {
    console.session().files = p.files;
    console.session().kube_namespace = p.kube_namespace;
    for (const auto& [name, value] : p.bindings) {
      seen.bind(name, value);
      console.session().variables[name] = value;
    }
  }

  Task<void> begin_at_a_page();
  Task<void> begin_unasked(SimTime at);
  Task<void> perform(const RunbookStep& step);
  Task<void> run_command(const RunbookStep& step);
  Task<void> run_query(const RunbookStep& step);
  Task<void> say_message(const RunbookStep& step);
  Task<void> follow_prose(const RunbookStep& step);
  Task<void> type_line(const RunbookStep& step, std::string line);
  void tell(ResponderChange change, int line, std::string text);
  void report(const RunbookStep& step, const std::string& line, const CommandResult& result);

  const RunbookPlan& plan;
  ResponderHost& host;
  PaceClock pace;
  Console console;
  Observations seen;
  std::string channel;
  std::uint64_t number = 0;  ///< of the step, for its random draws
};

namespace {

std::string missing_text(const std::vector<std::string>& names) {
  std::vector<std::string> marked;
  for (const auto& name : names) marked.push_back("<" + name + ">");
  return join(marked, ", ");
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

/// Comment lines as one: "Check error rate / Should be < 1%".
std::string one_line(const RunbookStep& step) {
  if (step.kind == StepKind::template_) return "a form to fill in: " + first_line(step.text);
  std::vector<std::string> lines;
  for (const auto& line : split_lines(step.text)) {
    const auto start = line.find_first_not_of("# ");
    if (start != std::string::npos) lines.push_back(line.substr(start));
  }
  return join(lines, " / ");
}

std::string query_path(const std::string& expression) {
  return "/api/v1/query?query=" + percent_encoded(expression);
}

}  // namespace

Task<void> RunbookResponder::play(ResponderHost& host) {
  Run run(plan_, host, actor_);
  Task<void> starting = plan_.begin_at ? run.begin_unasked(*plan_.begin_at) : run.begin_at_a_page();
  co_await starting;
  for (const RunbookStep& step : plan_.steps) {
    sleep_for reading(host, run.pace.read(run.number));
    co_await reading;
    Task<void> performing = run.perform(step);
    co_await performing;
    ++run.number;
  }
  run.tell(ResponderChange::finished, 0, fmt::format("{} steps", plan_.steps.size()));
}

Task<void> RunbookResponder::Run::begin_at_a_page() {
  next_page paged(host);
  const std::uint64_t page = co_await paged;
  tell(ResponderChange::began, 0, fmt::format("page {}", page));
  sleep_for to_acknowledge(host, pace.acknowledge());
  co_await to_acknowledge;
  Task<CommandResult> acknowledging = console.run(fmt::format("ack {}", page));
  const CommandResult acknowledged = co_await acknowledging;
  if (acknowledged.exit_code != 0)
    tell(ResponderChange::step, 0, "the acknowledgement failed: " + first_line(acknowledged.err));
  sleep_for to_keyboard(host, pace.keyboard());
  co_await to_keyboard;
}

Task<void> RunbookResponder::Run::begin_unasked(SimTime at) {
  sleep_for until_then(host, at - host.now());
  co_await until_then;
  tell(ResponderChange::began, 0, "as planned");
}

void RunbookResponder::Run::tell(ResponderChange change, int line, std::string text) {
  host.tell(ResponderFact{plan.name, change, plan.file, line, std::move(text)});
}

Task<void> RunbookResponder::Run::perform(const RunbookStep& step) {
  switch (step.kind) {
    case StepKind::command:
      return run_command(step);
    case StepKind::query:
      return run_query(step);
    case StepKind::message:
      return say_message(step);
    default:
      return follow_prose(step);
  }
}

Task<void> RunbookResponder::Run::run_command(const RunbookStep& step) {
  const FilledText filled = fill_placeholders(step.text, seen);
  if (!filled.missing.empty()) {
    tell(ResponderChange::cannot_run, step.line,
         fmt::format("{}: nothing seen so far says what {} is", step.text, missing_text(filled.missing)));
    co_return;
  }
  Task<void> typing = type_line(step, filled.text);
  co_await typing;
}

/// Types the line, runs it, tells what became of it, and looks at the output.
Task<void> RunbookResponder::Run::type_line(const RunbookStep& step, std::string line) {
  sleep_for typing(host, pace.type(number));
  co_await typing;
  tell(ResponderChange::step, step.line, line);
  Task<CommandResult> running = console.run(line);
  const CommandResult result = co_await running;
  seen.read(result.out);
  seen.read(result.err);
  report(step, line, result);
  sleep_for looking(host, pace.look(number));
  co_await looking;
}

void RunbookResponder::Run::report(const RunbookStep& step, const std::string& line,
                                   const CommandResult& result) {
  if (!result.cannot_run.empty())
    tell(ResponderChange::cannot_run, step.line, line + ": " + result.cannot_run);
  else if (result.exit_code != 0)
    tell(ResponderChange::step, step.line,
         fmt::format("{}: exit code {}{}{}", line, result.exit_code, result.err.empty() ? "" : ": ",
                     first_line(result.err)));
}

/// Pasted into the Prometheus page.
Task<void> RunbookResponder::Run::run_query(const RunbookStep& step) {
  const FilledText filled = fill_placeholders(step.text, seen);
  if (!filled.missing.empty()) {
    tell(ResponderChange::cannot_run, step.line,
         fmt::format("{}: nothing seen so far says what {} is", step.text, missing_text(filled.missing)));
    co_return;
  }
  sleep_for typing(host, pace.type(number));
  co_await typing;
  tell(ResponderChange::step, step.line, filled.text);
  const std::string& actor = console.session().actor;
  const Answer answer = host.submit(Request{actor, "GET", query_path(filled.text), {}, {}});
  if (!answer.ok())
    tell(ResponderChange::cannot_run, step.line,
         fmt::format("{}: Prometheus answered {}: {}", filled.text, answer.status, first_line(answer.body)));
  sleep_for looking(host, pace.look(number));
  co_await looking;
}

Task<void> RunbookResponder::Run::say_message(const RunbookStep& step) {
  const FilledText filled = fill_placeholders(step.text, seen);
  if (!filled.missing.empty()) {
    tell(ResponderChange::needs_judgement, step.line,
         fmt::format("{}: {} must be put in words", first_line(step.text), missing_text(filled.missing)));
    co_return;
  }
  if (const std::string opened = channel_in(filled.text); !opened.empty()) channel = opened;
  const std::vector<DeskLine> lines = desk_actions_of_message(filled.text, channel);
  for (const DeskLine& line : lines) {
    Task<void> typing = type_line(step, shell_line(line));
    co_await typing;
  }
}

Task<void> RunbookResponder::Run::follow_prose(const RunbookStep& step) {
  const auto action = step.kind == StepKind::prose && placeholders_in(step.text).empty()
                          ? desk_action_of_sentence(step.text)
                          : std::nullopt;
  if (!action) {
    tell(ResponderChange::needs_judgement, step.line, one_line(step));
    co_return;
  }
  Task<void> typing = type_line(step, shell_line(*action));
  co_await typing;
}

}  // namespace muster
