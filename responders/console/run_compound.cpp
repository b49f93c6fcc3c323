// The console's control structures.
#include <fmt/format.h>

#include "responders/console/console.hpp"
#include "responders/console/expansion.hpp"
#include "responders/console/shell_builtins.hpp"

namespace muster {
namespace {

/// A person who waits in a loop presses Ctrl-C at some time. An assumption of this console.
constexpr SimDuration longest_loop = 1h;

}  // namespace

/// With its own input, which its commands read in turn.
Task<CommandResult> Console::run_compound(const ShellCompound& compound, const WordExpander& expander,
                                          std::string input) {
  if (compound.kind == ShellCompound::Kind::function) {
    functions_[compound.name] = std::make_shared<const ShellScript>(compound.parts.front());
    co_return CommandResult();
  }
  std::string* const outer = std::exchange(input_, &input);
  Task<CommandResult> running = run_structure(compound, expander);
  CommandResult result = co_await running;
  input_ = outer;
  if (outer != nullptr && outer->ends_with(input)) *outer = input;
  co_return result;
}

Task<CommandResult> Console::run_structure(const ShellCompound& compound, const WordExpander& expander) {
  switch (compound.kind) {
    case ShellCompound::Kind::while_:
    case ShellCompound::Kind::until:
      return run_while(compound);
    case ShellCompound::Kind::if_:
      return run_branches(compound);
    case ShellCompound::Kind::subshell:
      return run_apart(compound);
    case ShellCompound::Kind::for_:
      break;
    default:
      return run_script(compound.parts.front());
  }
  std::vector<std::string> words = compound.over_arguments ? session_.arguments : std::vector<std::string>();
  for (const ShellWord& word : compound.words) {
    auto fields = expander.fields(word);
    if (!fields) return told(CommandResult::refused(fields.error().message));
    words.insert(words.end(), fields->begin(), fields->end());
  }
  return run_for(compound, std::move(words));
}

/// What break and continue mean for the loop whose turn has ended.
bool Console::ends_loop() {
  if (leaving_ != Leaving::turn && leaving_ != Leaving::loop) return leaving_ != Leaving::nothing;
  const bool leaves = leaving_ == Leaving::loop || levels_ > 1;
  if (--levels_ == 0) leaving_ = Leaving::nothing;
  return leaves;
}

bool Console::may_turn(SimTime since, CommandResult& all) {
  const bool long_enough = session_.host.now() - since >= longest_loop;
  if (++turns_ <= most_turns && !long_enough) return true;
  all.err += long_enough
                 ? fmt::format("^C (muster: stopped the loop after {})\n", format_duration(longest_loop))
                 : fmt::format("^C (muster: stopped the loop after {} turns)\n", most_turns);
  all.exit_code = 130;  // 128 + SIGINT
  leaving_ = Leaving::script;
  turns_ = most_turns + 1;
  return false;
}

Task<CommandResult> Console::run_for(const ShellCompound& compound, std::vector<std::string> words) {
  CommandResult all;
  const SimTime since = session_.host.now();
  ++loops_;
  for (const std::string& word : words) {
    if (!may_turn(since, all)) break;
    session_.variables[compound.name] = word;
    Task<CommandResult> running = run_script(compound.parts.front());
    CommandResult part = co_await running;
    add_output(all, std::move(part));
    if (ends_loop()) break;
  }
  --loops_;
  co_return all;
}

Task<CommandResult> Console::run_condition(const ShellScript& script) {
  ++guards_;
  Task<CommandResult> running = run_script(script);
  CommandResult result = co_await running;
  --guards_;
  co_return result;
}

Task<CommandResult> Console::run_while(const ShellCompound& compound) {
  CommandResult all;
  const SimTime since = session_.host.now();
  int code = 0;
  ++loops_;
  for (bool turns = may_turn(since, all); turns; turns = may_turn(since, all)) {
    Task<CommandResult> asking = run_condition(compound.parts[0]);
    CommandResult condition = co_await asking;
    const bool holds = (condition.exit_code == 0) == (compound.kind == ShellCompound::Kind::while_);
    add_output(all, std::move(condition));
    if (ends_loop() || !holds) break;
    Task<CommandResult> running = run_script(compound.parts[1]);
    CommandResult part = co_await running;
    code = part.exit_code;
    add_output(all, std::move(part));
    if (ends_loop()) break;
  }
  --loops_;
  if (turns_ <= most_turns) all.exit_code = code;
  co_return all;
}

Task<CommandResult> Console::run_branches(const ShellCompound& compound) {
  CommandResult all;
  std::size_t i = 0;
  for (; i + 1 < compound.parts.size(); i += 2) {
    Task<CommandResult> asking = run_condition(compound.parts[i]);
    CommandResult condition = co_await asking;
    const bool holds = condition.exit_code == 0;
    add_output(all, std::move(condition));
    if (leaving_ != Leaving::nothing) co_return all;
    if (!holds) continue;
    ++i;
    break;
  }
  all.exit_code = 0;
  if (i >= compound.parts.size()) co_return all;
  Task<CommandResult> running = run_script(compound.parts[i]);
  CommandResult part = co_await running;
  add_output(all, std::move(part));
  co_return all;
}

/// A subshell: its variables, and its exit, are its own.
Task<CommandResult> Console::run_apart(const ShellCompound& compound) {
  const auto variables = session_.variables;
  Task<CommandResult> running = run_script(compound.parts.front());
  CommandResult result = co_await running;
  session_.variables = variables;
  if (turns_ <= most_turns) leaving_ = Leaving::nothing;
  co_return result;
}

}  // namespace muster
