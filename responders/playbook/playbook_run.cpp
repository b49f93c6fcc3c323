#include "responders/playbook/playbook_run.hpp"

namespace muster {
namespace {

using Action = PlaybookStep::Action;

std::string told_as(const PlaybookStep& step, const std::string& done) {
  return step.name.empty() ? done : step.name + ": " + done;
}

bool is_branch(Action action) {
  return action == Action::if_ || action == Action::switch_ || action == Action::call;
}

}  // namespace

PlaybookRun::PlaybookRun(const Playbook& book, ResponderHost& host, const std::string& actor)
    : book_(book), host_(host), actor_(actor), name_("playbook:" + book.file), console_(host, actor) {
  console_.session().kube_namespace = book.namespace_;
  for (const auto& [name, value] : book.variables) variables_[name] = value;
}

void PlaybookRun::tell(ResponderChange change, int line, std::string text) {
  host_.tell(ResponderFact{name_, change, book_.file, line, std::move(text)});
}

Verdict PlaybookRun::check(const PlayCondition& condition) {
  return check_condition(condition, Asker{host_, actor_, book_.namespace_}, variables_);
}

std::string PlaybookRun::filled(const std::string& text, Outcome& outcome) {
  variables_["now"] = format_rfc3339(host_.epoch(), host_.now());
  auto result = fill_variables(text, variables_);
  if (result) return std::move(*result);
  outcome = {false, result.error().message};
  return {};
}

Task<PlaybookRun::Flow> PlaybookRun::run_steps(const PlaybookSteps& steps) {
  for (const PlaybookStep& step : steps) {
    Task<Flow> running = run_step(step);
    const Flow flow = co_await running;
    if (flow != Flow::on) co_return flow;
  }
  co_return Flow::on;
}

Task<PlaybookRun::Flow> PlaybookRun::run_step(const PlaybookStep& step) {
  if (step.when) {
    const Verdict verdict = check(*step.when);
    if (!verdict.holds) {
      tell(ResponderChange::step, step.line, told_as(step, "skipped: " + verdict.why));
      co_return Flow::on;
    }
  }
  if (step.action == Action::abort) co_return end_with(step, Flow::aborted);
  if (step.action == Action::finish) co_return end_with(step, Flow::finished);
  if (step.action == Action::parallel) {
    Task<Flow> together = run_parallel(step);
    co_return co_await together;
  }
  if (is_branch(step.action)) {
    Task<Flow> branch = run_branch(step);
    co_return co_await branch;
  }
  Task<Outcome> acting = act(step);
  Outcome outcome = co_await acting;
  for (int tried = 0; !outcome.done && tried < step.retries; ++tried) {
    tell(ResponderChange::step, step.line, told_as(step, "tries again: " + outcome.why));
    sleep_for before_retry(host_, step.delay);
    co_await before_retry;
    Task<Outcome> again = act(step);
    outcome = co_await again;
  }
  if (outcome.done) co_return Flow::on;
  Task<Flow> failing = after_failure(step, std::move(outcome.why));
  co_return co_await failing;
}

Task<PlaybookRun::Flow> PlaybookRun::after_failure(const PlaybookStep& step, std::string why) {
  tell(ResponderChange::step, step.line, told_as(step, "failed: " + why));
  if (step.on_failure == "continue") co_return Flow::on;
  if (step.on_failure == "abort") {
    end_ = fmt::format("aborted at line {}: {}", step.line, told_as(step, why));
    co_return Flow::aborted;
  }
  Task<Flow> instead = run_steps(*book_.procedure(step.on_failure));
  co_return co_await instead;
}

PlaybookRun::Flow PlaybookRun::end_with(const PlaybookStep& step, Flow flow) {
  Outcome outcome;
  const std::string reason = filled(step.text, outcome);
  end_ = (flow == Flow::aborted ? "aborted: " : "finished: ") + (outcome.done ? reason : step.text);
  return flow;
}

Task<PlaybookRun::Flow> PlaybookRun::run_branch(const PlaybookStep& step) {
  const PlaybookSteps& steps = step.action == Action::call ? *book_.procedure(step.text) : chosen_steps(step);
  Task<Flow> running = run_steps(steps);
  co_return co_await running;
}

const PlaybookSteps& PlaybookRun::chosen_steps(const PlaybookStep& step) {
  if (step.action == Action::if_) {
    const Verdict verdict = check(step.condition);
    tell(ResponderChange::step, step.line,
         told_as(step, verdict.holds ? "yes, " + step.condition.text : "no, " + verdict.why));
    return verdict.holds ? step.then : step.otherwise;
  }
  Outcome outcome;
  const std::string value = filled(step.text, outcome);
  tell(ResponderChange::step, step.line, told_as(step, fmt::format("\"{}\"", value)));
  for (const auto& [text, steps] : step.cases)
    if (outcome.done && text == value) return steps;
  return step.otherwise;
}

/// Steps that run at the same time, and who waits for them.
struct PlaybookRun::Joint {
  std::size_t running = 0;
  Flow flow = Flow::on;
  std::coroutine_handle<> parent;

  struct all_done {
    Joint& joint;
    bool await_ready() const { return joint.running == 0; }
    void await_suspend(std::coroutine_handle<> waiting) const { joint.parent = waiting; }
    void await_resume() const {}
  };
};

Task<PlaybookRun::Flow> PlaybookRun::run_parallel(const PlaybookStep& step) {
  Joint joint;
  joint.running = step.then.size();
  std::vector<Task<void>> children;
  children.reserve(step.then.size());
  for (const PlaybookStep& child : step.then) {
    children.push_back(run_child(child, joint));
    children.back().start();
  }
  Joint::all_done done{joint};
  co_await done;
  co_return joint.flow;
}

Task<void> PlaybookRun::run_child(const PlaybookStep& step, Joint& joint) {
  Task<Flow> running = run_step(step);
  const Flow flow = co_await running;
  if (flow != Flow::on && joint.flow != Flow::aborted) joint.flow = flow;
  if (--joint.running == 0 && joint.parent) host_.resume_at(host_.now(), joint.parent);
}

void PlaybookRun::set_variables(const PlaybookStep& step) {
  for (const auto& [name, text] : step.variables) {
    Outcome outcome;
    const std::string value = filled(text, outcome);
    if (outcome.done) variables_[name] = value;
    tell(ResponderChange::step, step.line,
         told_as(step, outcome.done ? fmt::format("{} = {}", name, value) : outcome.why));
  }
}

}  // namespace muster
