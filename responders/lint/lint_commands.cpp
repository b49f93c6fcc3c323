// Commands that would not be taken: by the shell, by the program, by the API; and those that wait for
// somebody to type.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "responders/console/check_line.hpp"
#include "responders/kubectl/resource_type.hpp"
#include "responders/lint/runbook_page.hpp"
#include "responders/runbook/placeholder_text.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

/// Subcommands whose next word is a type, a list of types, or TYPE/NAME.
constexpr const char* takes_type[] = {
    "get",          "describe",       "delete",          "label",           "annotate",      "patch",
    "edit",         "scale",          "autoscale",       "expose",          "wait",          "explain",
    "rollout undo", "rollout status", "rollout restart", "rollout history", "rollout pause", "rollout resume",
    "set image",    "set resources",  "set env"};

/// "kubctl", which is meant for a program that drills have; any other may be the team's own.
bool is_misspelt(const std::string& why) {
  constexpr std::size_t telling = 4;  // letters; "oc" is near to everything
  return why.find("did you mean") != std::string::npos && why.find(':') >= telling;
}

/// Programs are told of once for a page.
void check_program(RunbookPage& page, const RunbookStep& step, std::set<std::string>& told) {
  const auto taken = check_command_line(without_placeholders(step.text));
  if (taken) return;
  const std::string& why = taken.error().message;
  const std::string first = step.text.substr(0, step.text.find(' '));
  const std::size_t unknown = why.find(": command not found");
  if (unknown != std::string::npos && !is_misspelt(why)) {
    const std::string program = why.substr(0, unknown);
    if (told.insert(program).second)
      page.warn("not-in-a-drill", step.line, program,
                fmt::format("`{}` is no program that drills have", program));
    return;
  }
  const bool only_here =
      why.find("not available in a drill") != std::string::npos || why.find("not built") != std::string::npos;
  if (only_here && !told.insert(why).second) return;
  if (only_here)
    page.warn("not-in-a-drill", step.line, first, why);
  else
    page.error("command-not-taken", step.line, first, why);
}

std::string type_word(const StepCommand& command) {
  for (const std::string_view subcommand : takes_type) {
    if (!command.kubectl(subcommand)) continue;
    const std::size_t at =
        2 + static_cast<std::size_t>(std::count(subcommand.begin(), subcommand.end(), ' '));
    for (std::size_t i = at; i < command.words.size(); ++i) {
      const std::string& word = command.words[i];
      if (!word.starts_with('-')) return word;
      const bool with_value =
          word == "-n" || word == "--namespace" || word == "-l" || word == "-f" || word == "-o";
      if (word == "-f" || word.starts_with("--filename")) return {};
      if (with_value) ++i;
    }
  }
  return {};
}

void check_types(RunbookPage& page, const StepCommand& command) {
  const RunbookStep& step = page.document().steps[command.step];
  std::string words = type_word(command);
  words = words.substr(0, words.find('/'));
  std::vector<std::string> known{"all"};
  for (const ResourceType& type : resource_types()) known.emplace_back(type.plural);
  for (const std::string& word : split_at(words, ',')) {
    if (word.empty() || word == "all" || word == "1" || word.starts_with('$') || find_resource_type(word))
      continue;
    page.error(
        "unknown-resource", step.line, word,
        fmt::format("the server doesn't have a resource type \"{}\"{}", word, did_you_mean(word, known)));
  }
}

/// "kubectl describe <pod-name>": what stands for a name where the type belongs.
void check_missing_type(RunbookPage& page, const RunbookStep& step) {
  static const re2::RE2 name_first(
      R"(kubectl (?:get|describe|delete|edit) +<(?:pod|deployment|node|service|container)[ -]?(?:name)?>)");
  if (re2::RE2::PartialMatch(step.text, name_first))
    page.error("unknown-resource", step.line, "kubectl",
               "a name stands where kubectl expects the type of resource: `kubectl describe pod <pod-name>`");
}

bool ends_in_a_shell(const StepCommand& command) {
  const std::string& last = command.words.back();
  const std::string program = last.substr(last.rfind('/') + 1);
  return program == "sh" || program == "bash" || program == "ash" || program == "zsh";
}

void check_terminal(RunbookPage& page, const StepCommand& command) {
  const RunbookStep& step = page.document().steps[command.step];
  if (command.kubectl("edit"))
    page.warn("needs-an-editor", step.line, "kubectl edit",
              "opens an editor and waits for somebody to type; `kubectl patch` or `kubectl set` says what to "
              "change");
  if ((command.kubectl("exec") || command.kubectl("run")) && ends_in_a_shell(command))
    page.warn("needs-a-terminal", step.line, "kubectl",
              "opens an interactive shell; the runbook does not say what to type in it");
  const bool pod_named =
      command.words.size() > 2 &&
      std::any_of(command.words.begin() + 2, command.words.end(), [&](const std::string& word) {
        const std::string& before = *(&word - 1);
        return !word.starts_with('-') && before != "-n" && before != "--namespace";
      });
  const bool selects = !command.beginning("-l").empty() || !command.beginning("--selector").empty();
  if (command.kubectl("logs") && !pod_named && !selects)
    page.error("command-not-taken", step.line, "kubectl logs",
               "kubectl logs needs a pod, TYPE/NAME or a selector");
}

}  // namespace

void lint_commands(RunbookPage& page) {
  std::set<std::string> told;
  for (const RunbookStep& step : page.document().steps) {
    if (step.kind != StepKind::command) continue;
    check_program(page, step, told);
    check_missing_type(page, step);
  }
  for (const StepCommand& command : page.commands()) {
    if (command.words.empty()) continue;
    check_types(page, command);
    check_terminal(page, command);
  }
}

}  // namespace muster
