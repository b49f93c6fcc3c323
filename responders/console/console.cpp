#include "responders/console/console.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/console/arithmetic.hpp"
#include "responders/console/expansion.hpp"
#include "responders/console/file_pattern.hpp"
#include "responders/console/redirection.hpp"
#include "responders/console/shell_builtins.hpp"

namespace muster {

void add_output(CommandResult& all, CommandResult part) {
  all.out += part.out;
  all.err += part.err;
  all.exit_code = part.exit_code;
  if (all.cannot_run.empty()) all.cannot_run = std::move(part.cannot_run);
}

namespace {

constexpr int deepest_calls = 100;  // of functions; the real shell's end is its stack

CommandResult cannot_run(int exit_code, const std::string& reason) {
  CommandResult refused = CommandResult::refused(reason);
  refused.exit_code = exit_code;
  return refused;
}

void add_commands(const std::vector<WordPiece>& pieces, std::vector<const WordPiece*>& found) {
  for (const WordPiece& piece : pieces) {
    if (piece.kind == WordPiece::Kind::command) found.push_back(&piece);
    add_commands(piece.inner, found);
  }
}

std::vector<const WordPiece*> substitutions_in(const SimpleCommand& stage) {
  std::vector<const WordPiece*> found;
  for (const ShellWord& word : stage.words) add_commands(word.pieces, found);
  for (const ShellCompound& compound : stage.compound)
    for (const ShellWord& word : compound.words) add_commands(word.pieces, found);
  for (const Redirection& redirection : stage.redirections) {
    add_commands(redirection.target.pieces, found);
    add_commands(redirection.body.pieces, found);
  }
  return found;
}

bool is_plain(const SimpleCommand& stage, std::string_view first) {
  return !stage.words.empty() && stage.words.front() == ShellWord{{WordPiece{std::string(first)}}};
}

/// With the words that braces make, before anything else is replaced; assignments and conditions keep theirs.
Result<void> expand_all_braces(SimpleCommand& stage) {
  const auto expand = [](std::vector<ShellWord>& words) -> Result<void> {
    std::vector<ShellWord> all;
    for (const ShellWord& word : words) {
      if (!assigned_name(word).empty()) {
        all.push_back(word);
        continue;
      }
      auto made = expanded_braces(word);
      if (!made) return made.error();
      std::move(made->begin(), made->end(), std::back_inserter(all));
    }
    words = std::move(all);
    return {};
  };
  Result<void> expanded;
  if (!is_plain(stage, "[[") && !is_plain(stage, "((")) expanded = expand(stage.words);
  for (ShellCompound& compound : stage.compound)
    if (expanded) expanded = expand(compound.words);
  return expanded;
}

/// A command's words: first its assignments, then the fields.
struct ExpandedWords {
  std::vector<std::pair<std::string, std::string>> assigned;
  std::vector<std::string> words;
};

Result<ExpandedWords> expand_words(const SimpleCommand& stage, const WordExpander& expander) {
  ExpandedWords result;
  for (const ShellWord& word : stage.words) {
    const std::string name = assigned_name(word);
    const bool declares =
        result.words.size() == 1 && (result.words[0] == "export" || result.words[0] == "local");
    if (declares && !name.empty()) {
      const auto text = expander.text(word);
      if (!text) return text.error();
      result.words.push_back(*text);
      continue;
    }
    if (!name.empty() && result.words.empty()) {
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

/// [[ ... ]]
Result<CommandResult> run_double_brackets(const SimpleCommand& stage, const WordExpander& expander,
                                          const Session& session) {
  std::vector<ConditionWord> words;
  for (std::size_t i = 1; i + 1 < stage.words.size(); ++i) {
    auto word = expander.condition(stage.words[i]);
    if (!word) return word.error();
    words.push_back(std::move(*word));
  }
  return evaluate_condition(session, words, true);
}

/// ((...)): true unless it is 0.
Result<CommandResult> run_expression(const SimpleCommand& stage, const WordExpander& expander) {
  const auto value = expander.text(stage.words[1]);
  if (!value) return value.error();
  CommandResult result;
  result.exit_code = *value == "0" ? 1 : 0;
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
  if (depth_++ == 0) turns_ = 0;
  const Leaving before = std::exchange(leaving_, Leaving::nothing);
  Task<CommandResult> running = run_script(*script);
  CommandResult all = co_await running;
  leaving_ = before;
  --depth_;
  co_return all;
}

Task<CommandResult> Console::run_script(const ShellScript& script) {
  CommandResult all;
  for (const ShellPipeline& pipeline : script) {
    if (pipeline.when == ShellPipeline::When::if_succeeded && all.exit_code != 0) continue;
    if (pipeline.when == ShellPipeline::When::if_failed && all.exit_code == 0) continue;
    const bool last = &pipeline == &script.back() || (&pipeline + 1)->when == ShellPipeline::When::always;
    const bool guarded = !last || pipeline.negated;
    guards_ += guarded ? 1 : 0;
    Task<CommandResult> running = run_pipeline(pipeline);
    CommandResult part = co_await running;
    guards_ -= guarded ? 1 : 0;
    add_output(all, std::move(part));
    last_exit_code_ = all.exit_code;
    if (leaving_ != Leaving::nothing) break;
    if (!session_.options.stop_on_error || all.exit_code == 0 || guarded || guards_ > 0) continue;
    leaving_ = Leaving::script;
    break;
  }
  co_return all;
}

/// Each stage of several is a shell of its own, whose variables end with it.
Task<CommandResult> Console::run_pipeline(const ShellPipeline& pipeline) {
  CommandResult all;
  int failed = 0;
  const bool apart = pipeline.stages.size() > 1;
  for (const SimpleCommand& stage : pipeline.stages) {
    const bool first = &stage == &pipeline.stages.front();
    std::string input = first ? (input_ == nullptr ? "" : *input_) : std::exchange(all.out, {});
    auto variables = apart ? session_.variables : ShellVariables();
    Task<CommandResult> running = run_stage(stage, std::move(input), first);
    CommandResult part = co_await running;
    if (apart) session_.variables = std::move(variables);
    if (apart && leaving_ != Leaving::nothing && turns_ <= most_turns) leaving_ = Leaving::nothing;
    if (part.exit_code != 0) failed = part.exit_code;
    add_output(all, std::move(part));
  }
  if (session_.options.pipe_fail) all.exit_code = failed;
  if (pipeline.negated) all.exit_code = all.exit_code == 0 ? 1 : 0;
  co_return all;
}

/// Runs the commands within the words, in their order; the result of the last.
Task<CommandResult> Console::substitute(const SimpleCommand& stage, Substitutions& known) {
  CommandResult all;
  for (const WordPiece* piece : substitutions_in(stage)) {
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

Task<CommandResult> Console::run_stage(SimpleCommand stage, std::string input, bool inherited) {
  if (const auto expanded = expand_all_braces(stage); !expanded) {
    CommandResult refused;
    refused.err = expanded.error().message + "\n";
    refused.exit_code = 1;
    co_return refused;
  }
  Substitutions known;
  Task<CommandResult> substituting = substitute(stage, known);
  CommandResult inner = co_await substituting;
  Task<CommandResult> running = run_expanded(stage, known, std::move(input), inherited);
  CommandResult result = co_await running;
  if (!stage.words.empty() && !assigned_name(stage.words.back()).empty() && result.exit_code == 0 &&
      !assigned_name(stage.words.front()).empty())
    result.exit_code = inner.exit_code;  // X=$(command)
  result.err = inner.err + result.err;
  if (result.cannot_run.empty()) result.cannot_run = inner.cannot_run;
  co_return result;
}

Task<CommandResult> Console::run_expanded(const SimpleCommand& stage, const Substitutions& known,
                                          std::string input, bool inherited) {
  const WordExpander expander(session_, last_exit_code_, known);
  const bool special = is_plain(stage, "[[") || is_plain(stage, "((");
  auto expanded = special ? Result<ExpandedWords>(ExpandedWords()) : expand_words(stage, expander);
  if (!expanded) co_return cannot_run(1, expanded.error().message);
  auto text = redirected_input(stage, expander, session_, std::move(input));
  if (!text) co_return CommandResult::failed(1, text.error().message + "\n");
  for (const Redirection& each : stage.redirections)
    if (each.kind == Redirection::Kind::read || each.kind == Redirection::Kind::here_text ||
        each.kind == Redirection::Kind::here_document)
      inherited = false;
  const auto before = session_.variables;
  for (const auto& [name, value] : expanded->assigned) session_.variables[name] = value;
  CommandResult result;
  if (special) {
    auto value = is_plain(stage, "[[") ? run_double_brackets(stage, expander, session_)
                                       : run_expression(stage, expander);
    if (!value) co_return CommandResult::failed(1, value.error().message + "\n");
    result = std::move(*value);
  } else if (!stage.compound.empty()) {
    Task<CommandResult> running = run_compound(stage.compound.front(), expander, std::move(*text));
    result = co_await running;
  } else if (!expanded->words.empty()) {
    Task<CommandResult> running = run_words(std::move(expanded->words), std::move(*text), inherited);
    result = co_await running;
    if (!expanded->assigned.empty()) session_.variables = before;  // NAME=VALUE command: for that command
  }
  const auto written = redirect_output(stage, expander, session_, result);
  if (!written) co_return CommandResult::failed(1, written.error().message + "\n");
  co_return result;
}

/// `inherited`: the input is that of the structure around, which what is read is taken from.
Task<CommandResult> Console::run_words(std::vector<std::string> words, std::string input, bool inherited) {
  if (words.front() == "local" && shadowed_ != nullptr) {
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::string name = words[i].substr(0, words[i].find('='));
      const auto known = session_.variables.find(name);
      shadowed_->emplace(name, known == session_.variables.end() ? "" : known->second);
    }
  }
  if (functions_.contains(words.front())) {
    Task<CommandResult> calling = call_function(std::move(words));
    CommandResult result = co_await calling;
    co_return result;
  }
  if (inherited && input_ != nullptr) *input_ = left_of_input(words, *input_);
  Task<CommandResult> running = run_command(session_, words, std::move(input));
  CommandResult result = co_await running;
  obey(words, result);
  co_return result;
}

/// break, continue, return and exit.
void Console::obey(const std::vector<std::string>& words, CommandResult& result) {
  const std::string& name = words.front();
  const auto number = words.size() > 1 ? number_of(words[1]) : std::nullopt;
  if ((name == "break" || name == "continue") && loops_ > 0) {
    leaving_ = name == "break" ? Leaving::loop : Leaving::turn;
    levels_ = std::max(number.value_or(1), 1);
  }
  const bool returns = name == "return" && calls_ > 0;
  if (!returns && name != "exit") return;
  leaving_ = returns ? Leaving::function : Leaving::script;
  result.exit_code = number ? *number & 255 : words.size() > 1 ? 2 : last_exit_code_;
}

Task<CommandResult> Console::call_function(std::vector<std::string> words) {
  if (calls_ >= deepest_calls)
    co_return CommandResult::failed(1, fmt::format("bash: {}: maximum function nesting level exceeded ({})\n",
                                                   words.front(), deepest_calls));
  const std::shared_ptr<const ShellScript> body = functions_.at(words.front());
  words.erase(words.begin());
  auto arguments = std::exchange(session_.arguments, std::move(words));
  std::map<std::string, std::string> shadowed;
  auto* const outer = std::exchange(shadowed_, &shadowed);
  const int loops = std::exchange(loops_, 0);
  ++calls_;
  Task<CommandResult> running = run_script(*body);
  CommandResult result = co_await running;
  --calls_;
  loops_ = loops;
  shadowed_ = outer;
  for (const auto& [name, value] : shadowed) session_.variables[name] = value;
  session_.arguments = std::move(arguments);
  if (leaving_ == Leaving::function) leaving_ = Leaving::nothing;
  co_return result;
}

}  // namespace muster
