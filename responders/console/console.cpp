#include "responders/console/console.hpp"

#include <fmt/format.h>

#include "responders/console/expansion.hpp"
#include "responders/console/redirection.hpp"

namespace muster {
namespace {

void add_output(CommandResult& all, CommandResult part) {
  all.out += part.out;
  all.err += part.err;
  all.exit_code = part.exit_code;
  if (all.cannot_run.empty()) all.cannot_run = std::move(part.cannot_run);
}

CommandResult cannot_run(int exit_code, const std::string& reason) {
  CommandResult refused = CommandResult::refused(reason);
  refused.exit_code = exit_code;
  return refused;
}

std::vector<const WordPiece*> commands_in(const SimpleCommand& stage) {
  std::vector<const WordPiece*> found;
  const auto look = [&](const ShellWord& word) {
    for (const WordPiece& piece : word.pieces)
      if (piece.kind == WordPiece::Kind::command) found.push_back(&piece);
  };
  for (const ShellWord& word : stage.words) look(word);
  for (const Redirection& redirection : stage.redirections) {
    look(redirection.target);
    look(redirection.body);
  }
  return found;
}

/// A command's words: first its assignments, then the fields.
struct ExpandedWords {
  std::vector<std::pair<std::string, std::string>> assigned;
  std::vector<std::string> words;
};

Result<ExpandedWords> expand_words(const SimpleCommand& stage, const WordExpander& expander) {
  ExpandedWords result;
  for (const ShellWord& word : stage.words) {
    const std::string name = result.words.empty() ? assigned_name(word) : std::string();
    if (!name.empty()) {
      const auto text = expander.text(word);
      if (!text) return text.error();
      result.assigned.emplace_back(name, text->substr(name.size() + 1));
      continue;
    }
    auto fields = expander.fields(word);
    if (!fields) return fields.error();
    for (auto& field : *fields) result.words.push_back(std::move(field));
  }
  return result;
}

}  // namespace

Task<CommandResult> run_command(Session& session, std::vector<std::string> words, std::string input) {
  const ConsoleCommand* command = find_command(words.front());
  if (command == nullptr) {
    CommandResult unknown =
        CommandResult::failed(127, fmt::format("bash: {}: command not found\n", words.front()));
    unknown.cannot_run = names_a_command(words.front())
                             ? fmt::format("`{}` is not part of this console", words.front())
                             : fmt::format("{}: command not found", words.front());
    co_return unknown;
  }
  Invocation call{std::vector<std::string>(words.begin() + 1, words.end()), std::move(input)};
  if (command->at_once != nullptr) co_return command->at_once(session, call);
  Task<CommandResult> running = command->waiting(session, std::move(call));
  CommandResult result = co_await running;
  co_return result;
}

Task<CommandResult> Console::run(std::string line) {
  auto script = parse_shell(line);
  if (!script) co_return cannot_run(2, script.error().message);
  CommandResult all;
  for (const ShellPipeline& pipeline : *script) {
    if (pipeline.when == ShellPipeline::When::if_succeeded && all.exit_code != 0) continue;
    if (pipeline.when == ShellPipeline::When::if_failed && all.exit_code == 0) continue;
    Task<CommandResult> running = run_pipeline(pipeline);
    CommandResult part = co_await running;
    add_output(all, std::move(part));
    last_exit_code_ = all.exit_code;
    const bool guarded = &pipeline != &script->back() && (&pipeline + 1)->when != ShellPipeline::When::always;
    if (session_.options.stop_on_error && all.exit_code != 0 && !guarded) break;
  }
  co_return all;
}

Task<CommandResult> Console::run_pipeline(const ShellPipeline& pipeline) {
  CommandResult all;
  int failed = 0;
  for (const SimpleCommand& stage : pipeline.stages) {
    std::string input = std::exchange(all.out, {});
    Task<CommandResult> running = run_stage(stage, std::move(input));
    CommandResult part = co_await running;
    if (part.exit_code != 0) failed = part.exit_code;
    add_output(all, std::move(part));
  }
  if (session_.options.pipe_fail) all.exit_code = failed;
  co_return all;
}

/// Runs the commands within the words, in their order; the result of the last.
Task<CommandResult> Console::substitute(const SimpleCommand& stage, Substitutions& known) {
  CommandResult all;
  for (const WordPiece* piece : commands_in(stage)) {
    const auto variables = session_.variables;  // a subshell's assignments end with it
    Task<CommandResult> running = run(piece->text);
    CommandResult part = co_await running;
    session_.variables = variables;
    std::string text = std::exchange(part.out, {});
    while (text.ends_with('\n')) text.pop_back();
    known[piece] = std::move(text);
    add_output(all, std::move(part));
  }
  co_return all;
}

Task<CommandResult> Console::run_stage(const SimpleCommand& stage, std::string input) {
  Substitutions known;
  Task<CommandResult> substituting = substitute(stage, known);
  CommandResult inner = co_await substituting;
  Task<CommandResult> running = run_expanded(stage, known, std::move(input));
  CommandResult result = co_await running;
  if (!stage.words.empty() && !assigned_name(stage.words.back()).empty() && result.exit_code == 0)
    result.exit_code = inner.exit_code;  // X=$(command)
  result.err = inner.err + result.err;
  if (result.cannot_run.empty()) result.cannot_run = inner.cannot_run;
  co_return result;
}

Task<CommandResult> Console::run_expanded(const SimpleCommand& stage, const Substitutions& known,
                                          std::string input) {
  const WordExpander expander(session_, last_exit_code_, known);
  auto expanded = expand_words(stage, expander);
  if (!expanded) co_return cannot_run(1, expanded.error().message);
  auto text = redirected_input(stage, expander, session_, std::move(input));
  if (!text) co_return CommandResult::failed(1, text.error().message + "\n");
  const auto before = session_.variables;
  for (const auto& [name, value] : expanded->assigned) session_.variables[name] = value;
  CommandResult result;
  if (!expanded->words.empty()) {
    Task<CommandResult> running = run_command(session_, std::move(expanded->words), std::move(*text));
    result = co_await running;
    if (!expanded->assigned.empty()) session_.variables = before;  // NAME=VALUE command: for that command
  }
  const auto written = redirect_output(stage, expander, session_, result);
  if (!written) co_return CommandResult::failed(1, written.error().message + "\n");
  co_return result;
}

}  // namespace muster
