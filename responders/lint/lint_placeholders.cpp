// Placeholders that no step before shows a value for, and shell variables that nobody sets.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "responders/lint/runbook_page.hpp"
#include "responders/runbook/observations.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

/// What a command prints that a placeholder can be filled from (observations.hpp); empty: nothing prints it.
std::string shown_by(const std::string& placeholder) {
  const std::string lower = lower_case(placeholder);
  if (lower == "pod-name" || lower == "pod" || lower == "pod name" || lower == "podname") return "pods";
  if (lower == "n" || lower == "replicas" || lower == "deployment" || lower == "deployment-name")
    return "deployments";
  if (lower == "node" || lower == "node-name") return "nodes";
  if (lower == "revision" || lower == "earlier-revision" || lower == "previous-revision") return "revisions";
  return {};
}

bool shows(const StepCommand& command, const std::string& what) {
  if (what == "revisions") return command.kubectl("rollout history");
  const bool lists = command.kubectl("get") || command.kubectl("top") || command.kubectl("describe");
  if (!lists || command.words.size() < 3) return false;
  const std::string& type = command.words[2];
  const std::string stem = what.substr(0, what.size() - 1);
  return type.starts_with(stem) || (what == "pods" && (type == "po" || command.kubectl("get all"))) ||
         (what == "deployments" && type.starts_with("deploy")) || (what == "nodes" && type == "no");
}

void check_placeholder(RunbookPage& page, std::size_t index, const std::string& name,
                       std::set<std::string>& told) {
  const RunbookStep& step = page.document().steps[index];
  const std::string mark = "<" + name + ">";
  const std::string what = shown_by(name);
  if (what.empty() && !told.insert(name).second) return;
  if (what.empty())
    return page.warn(
        "placeholder-unfillable", step.line, mark,
        fmt::format("nothing in the runbook gives a value for {}; `muster run --bind` can", mark));
  const auto beside = page.commands_beside(index);
  const bool shown = std::any_of(beside.begin(), beside.end(), [&](const StepCommand* command) {
    return command->step < index && shows(*command, what);
  });
  if (!shown)
    page.warn("placeholder-unfillable", step.line, mark,
              fmt::format("no step before it in this section shows {} to take {} from", what, mark));
}

/// "-n [namespace]", "deployment/{service}": bash gives the brackets to the program.
void check_brackets(RunbookPage& page, const RunbookStep& step, std::set<std::string>& told) {
  static const re2::RE2 bracketed(
      R"((?:[\s=/])(\[[A-Za-z][A-Za-z0-9 _-]*\]|\{[A-Za-z][A-Za-z0-9_-]*\})(?:\s|$))");
  re2::StringPiece rest(step.text);
  for (std::string mark; re2::RE2::FindAndConsume(&rest, bracketed, &mark);)
    if (told.insert(mark).second)
      page.warn("placeholder-unfillable", step.line, mark,
                fmt::format("{0} is typed as it stands; a placeholder is written <{1}>", mark,
                            mark.substr(1, mark.size() - 2)));
}

/// A placeholder that nothing on the page can fill is told of once.
void check_placeholders(RunbookPage& page, std::size_t index, std::set<std::string>& told) {
  const RunbookStep& step = page.document().steps[index];
  if (step.kind != StepKind::command && step.kind != StepKind::query) return;
  for (const std::string& name : placeholders_in(step.text)) check_placeholder(page, index, name, told);
  if (step.kind == StepKind::command) check_brackets(page, step, told);
}

/// Set by the shell or the machine, wherever somebody works.
const std::set<std::string>& everywhere() {
  static const std::set<std::string> names{"HOME",   "USER", "PWD",  "PATH",   "HOSTNAME", "SHELL",
                                           "EDITOR", "LANG", "TERM", "RANDOM", "OLDPWD",   "KUBECONFIG"};
  return names;
}

/// $NAME and ${NAME} outside single quotes.
std::vector<std::string> variables_in(const std::string& text) {
  static const re2::RE2 variable(R"(\$\{?([A-Za-z_][A-Za-z0-9_]*))");
  std::string open;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    open += quoted ? ' ' : c;
  }
  std::vector<std::string> names;
  re2::StringPiece rest(open);
  for (std::string name; re2::RE2::FindAndConsume(&rest, variable, &name);) names.push_back(name);
  return names;
}

/// `NAME=value` or `export NAME=value` in a step.
void take_assignments(const std::string& text, std::set<std::string>& set) {
  static const re2::RE2 assignment(R"((?:^|[;&|\s])(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=)");
  re2::StringPiece rest(text);
  for (std::string name; re2::RE2::FindAndConsume(&rest, assignment, &name);) set.insert(name);
  static const re2::RE2 taken(R"(\b(?:for|read(?: -r)?)\s+([A-Za-z_][A-Za-z0-9_]*))");
  rest = text;
  for (std::string name; re2::RE2::FindAndConsume(&rest, taken, &name);) set.insert(name);
}

bool runs_in_a_container(const std::string& text, const std::string& variable) {
  const auto dashes = text.find(" -- ");
  const bool container =
      text.find("kubectl run") != std::string::npos || text.find("kubectl exec") != std::string::npos;
  return container && dashes != std::string::npos && text.find("$" + variable, dashes) != std::string::npos;
}

}  // namespace

void lint_placeholders(RunbookPage& page) {
  std::set<std::string> set = everywhere(), told;
  const auto& steps = page.document().steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    check_placeholders(page, i, told);
    if (steps[i].kind != StepKind::command) continue;
    take_assignments(steps[i].text, set);
    for (const std::string& name : variables_in(steps[i].text)) {
      const std::string mark = "$" + name;
      if (runs_in_a_container(steps[i].text, name))
        page.warn(
            "expanded-by-the-operator", steps[i].line, mark,
            fmt::format(
                "{} is expanded by the shell of whoever types this, not in the container; put it in single "
                "quotes and let a shell in the container read it: sh -c '...'",
                mark));
      else if (!set.contains(name))
        page.warn("variable-unset", steps[i].line, mark, fmt::format("nothing before sets {}", mark));
    }
  }
}

}  // namespace muster
