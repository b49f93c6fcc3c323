#include "responders/console/check_line.hpp"

#include <algorithm>

#include "responders/console/command.hpp"
#include "responders/console/shell_syntax.hpp"
#include "responders/kubectl/kubectl.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

std::string text_of(const ShellWord& word) {
  std::string text;
  for (const WordPiece& piece : word.pieces) text += piece.kind == WordPiece::Kind::text ? piece.text : "1";
  return text;
}

bool is_assignment(const std::string& word) {
  const auto equals = word.find('=');
  const auto letters =
      word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
  return equals != std::string::npos && equals > 0 && letters == equals;
}

const KubectlCommand* find_kubectl(const std::string& name) {
  const auto table = kubectl_commands();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const KubectlCommand& command) { return command.name == name; });
  return found == table.end() ? nullptr : &*found;
}

Error unknown_kubectl(const std::string& word) {
  for (const auto& name : kubectl_not_built())
    if (name == word) return invalid_input(fmt::format("`kubectl {}` is not available in a drill", word));
  std::vector<std::string> known;
  for (const KubectlCommand& command : kubectl_commands()) known.emplace_back(command.name);
  return invalid_input(fmt::format("unknown command \"kubectl {}\"{}", word, did_you_mean(word, known)));
}

Result<void> check_kubectl(std::vector<std::string> args) {
  const auto at = leading_words(args, 2);
  if (at.empty()) return invalid_input("kubectl without a command");
  const std::string first = args[at[0]];
  const std::string both = at.size() > 1 ? first + " " + args[at[1]] : first;
  const KubectlCommand* command = find_kubectl(both);
  if (command != nullptr && at.size() > 1) args.erase(args.begin() + static_cast<std::ptrdiff_t>(at[1]));
  if (command == nullptr) command = find_kubectl(first);
  if (command == nullptr) return unknown_kubectl(both);
  args.erase(args.begin() + static_cast<std::ptrdiff_t>(at[0]));
  if (!command->refusal.empty())
    return invalid_input(fmt::format("`kubectl {}` {}", command->name, command->refusal));
  const auto parsed = parse_flags(args, command->flags);
  if (!parsed) return invalid_input(fmt::format("kubectl {}: {}", command->name, parsed.error().message));
  if (!parsed->not_built.empty())
    return invalid_input(
        fmt::format("`kubectl {} {}` is not available in a drill", command->name, parsed->not_built));
  return {};
}

Result<void> check_words(std::vector<std::string> words) {
  while (!words.empty() && is_assignment(words.front())) words.erase(words.begin());
  if (words.empty()) return {};
  const std::string name = words.front();
  if (find_command(name) == nullptr) {
    if (names_a_command(name)) return invalid_input(fmt::format("`{}` is not available in a drill", name));
    std::vector<std::string> known;
    for (const ConsoleCommand& command : console_commands()) known.emplace_back(command.name);
    return invalid_input(fmt::format("{}: command not found{}", name, did_you_mean(name, known)));
  }
  if (name != "kubectl") return {};
  words.erase(words.begin());
  return check_kubectl(std::move(words));
}

}  // namespace

namespace {

void add_functions(const ShellScript& script, std::vector<std::string>& names) {
  for (const ShellPipeline& pipeline : script)
    for (const SimpleCommand& stage : pipeline.stages)
      for (const ShellCompound& compound : stage.compound) {
        if (compound.kind == ShellCompound::Kind::function) names.push_back(compound.name);
        for (const ShellScript& part : compound.parts) add_functions(part, names);
      }
}

}  // namespace

Result<void> check_command_line(std::string_view text) {
  const auto script = parse_shell(text);
  if (!script) return script.error();
  std::vector<std::string> functions;
  add_functions(*script, functions);
  for (const SimpleCommand* command : commands_in(*script)) {
    std::vector<std::string> words;
    for (const ShellWord& word : command->words) words.push_back(text_of(word));
    const std::string first = words.empty() ? "" : words.front();
    const bool own = first == "[[" || first == "((" ||
                     std::find(functions.begin(), functions.end(), first) != functions.end();
    if (own) continue;
    if (auto checked = check_words(std::move(words)); !checked) return checked;
  }
  return {};
}

}  // namespace muster
