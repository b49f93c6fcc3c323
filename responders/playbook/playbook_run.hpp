// One play of a playbook; private to this folder.
#pragma once

#include <coroutine>
#include <memory>
#include <optional>
#include <vector>

#include "responders/console/console.hpp"
#include "responders/playbook/playbook.hpp"

namespace muster {

class PlaybookRun {
 public:
  /// How a list of steps ended.
  enum class Flow : std::uint8_t { on, aborted, finished };

  PlaybookRun(const Playbook& book, ResponderHost& host, const std::string& actor);

  /// Begins to watch; co_await started(run) returns when one of the triggers has happened.
  void watch_triggers();
  bool fired() const { return fired_; }
  void wake_when_fired(std::coroutine_handle<> starter) { starter_ = starter; }

  Task<Flow> run_steps(const PlaybookSteps& steps);
  void tell(ResponderChange change, int line, std::string text);
  const std::string& cause() const { return cause_; }  ///< what started it
  const std::string& end() const { return end_; }      ///< why it was aborted or finished early; or empty

 private:
  /// Whether a step did what it should; if not, why.
  struct Outcome {
    bool done = true;
    std::string why;
  };
  struct Joint;
  /// A command line on the terminal, which may outlive its timeout.
  struct Command {
    std::optional<CommandResult> result;
    std::optional<Task<void>> running;
  };

  Task<void> watch(const Trigger& trigger);
  bool page_matches(const Trigger& trigger, std::uint64_t page);
  bool take_labels(const Trigger& trigger, const std::string& alert);
  void fire(std::string cause);

  Task<Flow> run_step(const PlaybookStep& step);
  Task<Flow> run_branch(const PlaybookStep& step);
  Task<Flow> run_parallel(const PlaybookStep& step);
  Task<void> run_child(const PlaybookStep& step, Joint& joint);
  Task<Flow> after_failure(const PlaybookStep& step, std::string why);
  Task<Outcome> act(const PlaybookStep& step);
  Task<void> run_to_its_end(std::string line, Command& command);
  Task<CommandResult> run_in_time(std::string line, SimDuration timeout);
  Task<Outcome> try_command(const PlaybookStep& step);
  Outcome try_request(const PlaybookStep& step);
  Task<Outcome> wait_until(const PlaybookStep& step);
  Task<Outcome> verify(const PlaybookStep& step);
  Outcome bind(const PlaybookStep& step, const std::string& output);
  const PlaybookSteps& chosen_steps(const PlaybookStep& step);
  Flow end_with(const PlaybookStep& step, Flow flow);
  void set_variables(const PlaybookStep& step);
  std::string filled(const std::string& text, Outcome& outcome);
  Verdict check(const PlayCondition& condition);

  const Playbook& book_;
  ResponderHost& host_;
  std::string actor_, name_;
  Console console_;
  Variables variables_;
  bool fired_ = false;
  std::coroutine_handle<> starter_;
  std::vector<Task<void>> watchers_;
  std::vector<std::unique_ptr<Command>> commands_;  // those given up may still wait in the engine
  std::string cause_, end_;
};

/// co_await trigger_fired(run)
struct trigger_fired {
  PlaybookRun& run;
  explicit trigger_fired(PlaybookRun& r) : run(r) {}
  bool await_ready() const { return run.fired(); }
  void await_suspend(std::coroutine_handle<> waiting) const { run.wake_when_fired(waiting); }
  void await_resume() const {}
};

}  // namespace muster
