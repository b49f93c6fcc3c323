#include "responders/console/console.hpp"

#include <fmt/format.h>

namespace muster {
namespace {

void add_fields(const std::string& value, std::vector<std::string>& fields, bool& open) {
  for (const char c : value) {
    if (c == ' ' || c == '\t' || c == '\n') {
      open = false;
    } else {
      if (!open) fields.emplace_back();
      open = true;
      fields.back() += c;
    }
  }
}

bool is_assignment(const std::string& word) {
  const auto equals = word.find('=');
  if (equals == std::string::npos || equals == 0) return false;
  for (std::size_t i = 0; i < equals; ++i) {
    const char c = word[i];
    const bool letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(i > 0 && c >= '0' && c <= '9')) return false;
  }
  return true;
}

void add_output(CommandResult& all, CommandResult part) {
  all.out += part.out;
  all.err += part.err;
  all.exit_code = part.exit_code;
  if (all.cannot_run.empty()) all.cannot_run = std::move(part.cannot_run);
}

}  // namespace

Task<CommandResult> Console::run(std::string line) {
  auto script = parse_shell(line);
  if (!script) {
    CommandResult refused = CommandResult::refused(script.error().message);
    refused.exit_code = 2;
    co_return refused;
  }
  CommandResult all;
  for (const ShellPipeline& pipeline : *script) {
    if (pipeline.when == ShellPipeline::When::if_succeeded && all.exit_code != 0) continue;
    if (pipeline.when == ShellPipeline::When::if_failed && all.exit_code == 0) continue;
    Task<CommandResult> running = run_pipeline(pipeline);
    CommandResult part = co_await running;
    add_output(all, std::move(part));
    last_exit_code_ = all.exit_code;
  }
  co_return all;
}

Task<CommandResult> Console::run_pipeline(const ShellPipeline& pipeline) {
  CommandResult all;
  for (const SimpleCommand& stage : pipeline.stages) {
    std::string input = std::move(all.out);
    all.out.clear();
    Task<CommandResult> running = run_stage(stage, std::move(input));
    CommandResult part = co_await running;
    add_output(all, std::move(part));
  }
  co_return all;
}

Task<CommandResult> Console::run_stage(const SimpleCommand& stage, std::string input) {
  auto words = expand(stage.words);
  if (!words) {
    CommandResult refused = CommandResult::refused(words.error().message);
    refused.exit_code = 1;
    co_return refused;
  }
  auto text = redirected_input(stage, std::move(input));
  if (!text) co_return CommandResult::failed(1, text.error().message + "\n");
  Task<CommandResult> running = run_words(std::move(*words), std::move(*text));
  CommandResult result = co_await running;
  const auto written = redirect_output(stage, result);
  if (!written) co_return CommandResult::failed(1, written.error().message + "\n");
  co_return result;
}

Task<CommandResult> Console::run_words(std::vector<std::string> words, std::string input) {
  while (!words.empty() && is_assignment(words.front())) {
    const auto equals = words.front().find('=');
    session_.variables[words.front().substr(0, equals)] = words.front().substr(equals + 1);
    words.erase(words.begin());
  }
  if (words.empty()) co_return CommandResult{};
  const ConsoleCommand* command = find_command(words.front());
  if (command == nullptr) {
    const bool known = names_a_command(words.front());
    co_return CommandResult::refused(
        known ? fmt::format("`{}` is not available in this drill yet", words.front())
              : fmt::format("{}: command not found", words.front()));
  }
  Invocation call{std::vector<std::string>(words.begin() + 1, words.end()), std::move(input)};
  if (command->at_once != nullptr) co_return command->at_once(session_, call);
  Task<CommandResult> running = command->waiting(session_, std::move(call));
  CommandResult result = co_await running;
  co_return result;
}

Result<std::string> Console::value_of(const std::string& variable) const {
  if (variable == "?") return fmt::format("{}", last_exit_code_);
  const auto found = session_.variables.find(variable);
  if (found == session_.variables.end()) return invalid_input(fmt::format("${} is not set", variable));
  return found->second;
}

Result<std::vector<std::string>> Console::expand(const std::vector<ShellWord>& words) const {
  std::vector<std::string> fields;
  for (const ShellWord& word : words) {
    bool open = false;  // whether fields.back() belongs to this word
    const auto add_whole = [&](const std::string& text) {
      if (!open) fields.emplace_back();
      open = true;
      fields.back() += text;
    };
    if (word.quoted) add_whole("");
    for (const WordPiece& piece : word.pieces) {
      if (!piece.variable) {
        add_whole(piece.text);
        continue;
      }
      const auto value = value_of(piece.text);
      if (!value) return value.error();
      if (piece.quoted)
        add_whole(*value);
      else
        add_fields(*value, fields, open);
    }
  }
  return fields;
}

Result<std::string> Console::expand_to_one(const ShellWord& word) const {
  auto fields = expand({word});
  if (!fields) return fields.error();
  if (fields->size() != 1) return invalid_input("ambiguous redirect");
  return std::move(fields->front());
}

Result<std::string> Console::redirected_input(const SimpleCommand& stage, std::string input) const {
  for (const Redirection& redirection : stage.redirections) {
    if (redirection.kind != Redirection::Kind::read) continue;
    const auto file = expand_to_one(redirection.target);
    if (!file) return file.error();
    const auto found = session_.files.find(*file);
    if (found == session_.files.end())
      return Error{ErrorCode::not_found, fmt::format("bash: {}: No such file or directory", *file), {}};
    input = found->second;
  }
  return input;
}

Result<void> Console::redirect_output(const SimpleCommand& stage, CommandResult& result) {
  for (const Redirection& redirection : stage.redirections) {
    if (redirection.kind == Redirection::Kind::read) continue;
    if (redirection.kind == Redirection::Kind::error_to_output) {
      result.out += std::exchange(result.err, {});
      continue;
    }
    const auto file = expand_to_one(redirection.target);
    if (!file) return file.error();
    std::string text = std::exchange(redirection.descriptor == 2 ? result.err : result.out, {});
    if (*file == "/dev/null") continue;
    if (redirection.kind == Redirection::Kind::append)
      session_.files[*file] += text;
    else
      session_.files[*file] = std::move(text);
  }
  return {};
}

}  // namespace muster
