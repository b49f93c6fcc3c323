#include "responders/kubectl/kubectl.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/kubectl/output.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

CommandResult error_result(std::string text) {
  return CommandResult::failed(1, "error: " + std::move(text) + "\n");
}

const KubectlCommand* find_kubectl_command(std::string_view name) {
  const auto table = kubectl_commands();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const KubectlCommand& command) { return command.name == name; });
  return found == table.end() ? nullptr : &*found;
}

/// Whether some command of the table is "WORD something".
bool is_group(std::string_view word) {
  const auto table = kubectl_commands();
  return std::any_of(table.begin(), table.end(), [&](const KubectlCommand& command) {
    return command.name.starts_with(word) && command.name.substr(word.size()).starts_with(' ');
  });
}

/// cobra's suggestions: within distance 2 or a prefix, in the order of the commands' names.
std::string suggestions(std::string_view word) {
  std::vector<std::string> near;
  for (const auto& command : kubectl_commands()) {
    const std::string first(command.name.substr(0, command.name.find(' ')));
    const bool known = std::find(near.begin(), near.end(), first) != near.end();
    if (!known && (edit_distance(word, first) <= 2 || first.starts_with(word))) near.push_back(first);
  }
  if (near.empty()) return {};
  return "\n\nDid you mean this?\n\t" + join(near, "\n\t");
}

CommandResult unknown_command(const std::string& word) {
  const auto not_built = kubectl_not_built();
  if (std::find(not_built.begin(), not_built.end(), word) != not_built.end())
    return CommandResult::refused(fmt::format("`kubectl {}` is not built", word));
  CommandResult result =
      error_result(fmt::format("unknown command \"{}\" for \"kubectl\"{}", word, suggestions(word)));
  result.cannot_run = fmt::format("kubectl has no command \"{}\"", word);
  return result;
}

CommandResult unknown_subcommand(const std::string& group, const std::string& word) {
  const std::string what = word.empty() ? fmt::format("`kubectl {}` needs a subcommand", group)
                                        : fmt::format("unknown command \"{}\"", word);
  CommandResult result =
      error_result(fmt::format("{}\nSee 'kubectl {} -h' for help and examples", what, group));
  result.cannot_run = what;
  return result;
}

struct Chosen {
  const KubectlCommand* command = nullptr;
  std::vector<std::string> rest;  ///< the arguments without the command's words
  CommandResult problem;          ///< if command is null
};

Chosen choose_command(const std::vector<std::string>& args) {
  Chosen chosen;
  const auto at = leading_words(args, 2);
  if (at.empty()) {
    chosen.problem = error_result("a command is needed: kubectl COMMAND");
    chosen.problem.cannot_run = "kubectl without a command";
    return chosen;
  }
  chosen.rest = args;
  const std::string first = args[at[0]];
  const std::string second = at.size() > 1 ? args[at[1]] : "";
  chosen.command = second.empty() ? nullptr : find_kubectl_command(first + " " + second);
  if (chosen.command != nullptr)
    chosen.rest.erase(chosen.rest.begin() + static_cast<std::ptrdiff_t>(at[1]));
  else
    chosen.command = find_kubectl_command(first);
  chosen.rest.erase(chosen.rest.begin() + static_cast<std::ptrdiff_t>(at[0]));
  if (chosen.command == nullptr)
    chosen.problem = is_group(first) ? unknown_subcommand(first, second) : unknown_command(first);
  return chosen;
}

}  // namespace

void KubectlCall::fail(std::string_view text) {
  print_error(fmt::format("error: {}", text));
  result.exit_code = 1;
}

void KubectlCall::fail_usage(std::string_view text) {
  fail(text);
  print_error(fmt::format("See 'kubectl {} -h' for help and examples", command));
}

void KubectlCall::fail(const ApiReply& reply) {
  print_error(server_error(reply));
  result.exit_code = 1;
}

void KubectlCall::refuse(const std::string& reason) {
  result = CommandResult::refused(reason);
}

namespace {

/// Commands whose handlers know nothing of --dry-run: all that they send is a dry run, and their lines say
/// so.
bool is_dry_as_a_whole(std::string_view command) {
  return command.starts_with("set ") || command == "cordon" || command == "uncordon" || command == "taint" ||
         command == "drain";
}

void mark_lines(std::string& text, const char* mark) {
  std::string marked;
  for (const std::string& line : split_lines(text)) marked += line + mark + "\n";
  text = std::move(marked);
}

Task<void> carry_out(const KubectlCommand& command, KubectlCall& call) {
  if (command.at_once != nullptr) {
    command.at_once(call);
    co_return;
  }
  Task<void> running = command.waiting(call);
  co_await running;
}

/// With --dry-run, by whichever way the command knows.
Task<void> carry_out_or_try(const KubectlCommand& command, KubectlCall& call) {
  const auto dry_run =
      is_dry_as_a_whole(command.name) ? dry_run_of(call) : std::optional<DryRun>(DryRun::none);
  if (!dry_run) co_return;
  if (*dry_run != DryRun::none) call.api.change_nothing();
  Task<void> running = carry_out(command, call);
  co_await running;
  if (*dry_run != DryRun::none)
    mark_lines(call.result.out, *dry_run == DryRun::client ? " (dry run)" : " (server dry run)");
}

}  // namespace

Task<CommandResult> kubectl(Session& session, Invocation invocation) {
  Chosen chosen = choose_command(invocation.args);
  if (chosen.command == nullptr) co_return chosen.problem;
  const KubectlCommand& command = *chosen.command;
  if (!command.refusal.empty())
    co_return CommandResult::refused(fmt::format("`kubectl {}` {}", command.name, command.refusal));
  auto parsed = parse_flags(chosen.rest, command.flags);
  if (!parsed) {
    CommandResult problem = error_result(
        fmt::format("{}\nSee 'kubectl {} --help' for usage.", parsed.error().message, command.name));
    problem.cannot_run = parsed.error().message;
    co_return problem;
  }
  if (!parsed->not_built.empty())
    co_return CommandResult::refused(
        fmt::format("`kubectl {} {}` is not built", command.name, parsed->not_built));
  if (parsed->flags.has("context") && parsed->flags.text("context") != "drill")
    co_return error_result(fmt::format("context \"{}\" does not exist", parsed->flags.text("context")));
  if (parsed->flags.truth("help"))
    co_return CommandResult::printed(fmt::format("Usage:\n  {}\n", command.synopsis));
  KubectlCall call(session);
  call.command = command.name;
  call.flags = std::move(parsed->flags);
  call.words = std::move(parsed->words);
  call.after_dashes = std::move(parsed->after_dashes);
  call.input = std::move(invocation.input);
  Task<void> running = carry_out_or_try(command, call);
  co_await running;
  co_return call.result;
}

}  // namespace muster
