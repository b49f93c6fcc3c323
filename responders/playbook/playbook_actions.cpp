// What the single steps of a playbook do.
#include <algorithm>

#include "responders/playbook/playbook_run.hpp"
#include "responders/text/json_value.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

using Action = PlaybookStep::Action;

std::string first_line(std::string_view text) {
  const auto plain = trimmed(text);
  return std::string(plain.substr(0, plain.find('\n')));
}

/// The message of a Status or of the desk; else the first line.
std::string reason_of(const Answer& answer) {
  const auto json = parse_json(answer.body);
  if (json && (*json)["message"].is_string()) return (*json)["message"].text();
  return first_line(answer.body);
}

Result<std::optional<std::string>> bound_value(const Binding& binding, const std::string& output) {
  if (!binding.json_path.empty()) return json_field(binding.json_path, output);
  if (!binding.expression.empty()) return first_match(binding.expression, output);
  const std::string all(trimmed(output));
  return all.empty() ? std::optional<std::string>() : std::optional(all);
}

}  // namespace

Task<PlaybookRun::Outcome> PlaybookRun::act(const PlaybookStep& step) {
  Outcome outcome;
  if (step.action == Action::run || step.action == Action::request) {
    sleep_for acting(host_, book_.pace);
    co_await acting;
  }
  if (step.action == Action::sleep) {
    sleep_for waiting(host_, step.duration);
    co_await waiting;
  } else if (step.action == Action::run) {
    Task<Outcome> running = try_command(step);
    outcome = co_await running;
  } else if (step.action == Action::request) {
    outcome = try_request(step);
  } else if (step.action == Action::wait_until) {
    Task<Outcome> waiting = wait_until(step);
    outcome = co_await waiting;
  } else if (step.action == Action::verify) {
    Task<Outcome> verifying = verify(step);
    outcome = co_await verifying;
  } else {
    set_variables(step);
  }
  co_return outcome;
}

Task<void> PlaybookRun::run_to_its_end(std::string line, Command& command) {
  Task<CommandResult> running = console_.run(std::move(line));
  command.result = co_await running;
}

/// `kubectl rollout status` waits for ever if need be. Exit code 124, as timeout(1) gives.
Task<CommandResult> PlaybookRun::run_in_time(std::string line, SimDuration timeout) {
  commands_.push_back(std::make_unique<Command>());
  Command& command = *commands_.back();
  command.running.emplace(run_to_its_end(std::move(line), command));
  command.running->start();
  const SimTime deadline = host_.now() + timeout;
  while (!command.result && host_.now() < deadline) {
    sleep_for watching(host_, 1s);
    co_await watching;
  }
  if (command.result) co_return *command.result;
  co_return CommandResult::failed(124, fmt::format("no end after {}\n", format_duration(timeout)));
}

Task<PlaybookRun::Outcome> PlaybookRun::try_command(const PlaybookStep& step) {
  Outcome outcome;
  const std::string line = filled(step.text, outcome);
  if (!outcome.done) co_return outcome;
  tell(ResponderChange::step, step.line, step.name.empty() ? line : step.name + ": " + line);
  Task<CommandResult> running = run_in_time(line, step.timeout);
  const CommandResult result = co_await running;
  if (!result.cannot_run.empty()) {
    tell(ResponderChange::cannot_run, step.line, line + ": " + result.cannot_run);
    co_return Outcome{false, result.cannot_run};
  }
  if (result.exit_code != 0)
    co_return Outcome{false, fmt::format("exit code {}{}{}", result.exit_code, result.err.empty() ? "" : ": ",
                                         first_line(result.err))};
  co_return bind(step, result.out);
}

PlaybookRun::Outcome PlaybookRun::try_request(const PlaybookStep& step) {
  Outcome outcome;
  const std::string path = filled(step.path, outcome);
  const std::string body = filled(step.body, outcome);
  if (!outcome.done) return outcome;
  const std::string sent = step.verb + " " + path;
  tell(ResponderChange::step, step.line, step.name.empty() ? sent : step.name + ": " + sent);
  const Answer answer = host_.submit(Request{actor_, step.verb, path, step.content_type, body});
  if (answer.status >= 400) return {false, fmt::format("HTTP {}: {}", answer.status, reason_of(answer))};
  return bind(step, answer.body);
}

PlaybookRun::Outcome PlaybookRun::bind(const PlaybookStep& step, const std::string& output) {
  for (const Binding& binding : step.bindings) {
    auto value = bound_value(binding, output);
    if (!value) return {false, value.error().message};
    if (!*value) *value = binding.otherwise;
    if (!*value) return {false, fmt::format("the output has no {}", binding.variable)};
    variables_[binding.variable] = **value;
  }
  return {};
}

Task<PlaybookRun::Outcome> PlaybookRun::wait_until(const PlaybookStep& step) {
  tell(ResponderChange::step, step.line,
       step.name.empty() ? "waits until " + step.condition.text : step.name);
  const SimTime deadline = host_.now() + step.timeout;
  Verdict verdict = check(step.condition);
  while (!verdict.holds) {
    if (host_.now() >= deadline)
      co_return Outcome{false, fmt::format("after {}: {}", format_duration(step.timeout), verdict.why)};
    sleep_for next_look(host_, std::min(step.every, deadline - host_.now()));
    co_await next_look;
    verdict = check(step.condition);
  }
  co_return Outcome{};
}

/// Holds within the timeout, and from then on for `duration` without a break.
Task<PlaybookRun::Outcome> PlaybookRun::verify(const PlaybookStep& step) {
  tell(ResponderChange::step, step.line, step.name.empty() ? "verifies " + step.condition.text : step.name);
  const SimTime deadline = host_.now() + step.timeout;
  SimTime held_since = host_.now();
  for (;;) {
    const Verdict verdict = check(step.condition);
    if (!verdict.holds) {
      if (host_.now() >= deadline) co_return Outcome{false, verdict.why};
      held_since = sim_never;
    } else {
      held_since = std::min(held_since, host_.now());
      if (host_.now() - held_since >= step.duration) co_return Outcome{};
    }
    SimDuration wait = step.every;
    if (verdict.holds) wait = std::min(wait, step.duration - (host_.now() - held_since));
    sleep_for next_look(host_, wait);
    co_await next_look;
  }
}

}  // namespace muster
