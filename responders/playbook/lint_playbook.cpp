#include "responders/playbook/lint_playbook.hpp"

#include <algorithm>
#include <set>

#include "responders/console/check_line.hpp"
#include "responders/playbook/playbook.hpp"
#include "sim/spelling.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster {
namespace {

using Action = PlaybookStep::Action;

class Linter {
 public:
  explicit Linter(const Playbook& book) : book_(book) {
    for (const auto& [name, value] : book.variables) defaults_[name] = value;
    for (const auto& [name, value] : book.variables) known_.insert(name);
    for (const char* name : {"page", "alert", "priority", "now"}) known_.insert(name);
    collect(book.steps);
    for (const auto& [name, steps] : book.procedures) collect(steps);
  }

  Findings run() {
    for (const Trigger& trigger : book_.triggers)
      if (trigger.kind == Trigger::Kind::promql) check(trigger.condition);
    check(book_.steps);
    for (const auto& [name, steps] : book_.procedures) check(steps);
    find_unused();
    return std::move(findings_);
  }

 private:
  void collect(const PlaybookSteps& steps) {
    for (const PlaybookStep& step : steps) {
      for (const Binding& binding : step.bindings) known_.insert(binding.variable);
      for (const auto& [name, value] : step.variables) known_.insert(name);
      if (step.action == Action::call) called_.insert(step.text);
      called_.insert(step.on_failure);
      collect(step.then);
      collect(step.otherwise);
      for (const auto& [value, list] : step.cases) collect(list);
    }
  }

  void check(const PlaybookSteps& steps) {
    for (const PlaybookStep& step : steps) {
      check(step);
      check(step.then);
      check(step.otherwise);
      for (const auto& [value, list] : step.cases) check(list);
    }
  }

  void check(const PlaybookStep& step) {
    if (step.when) check(*step.when);
    const bool asks =
        step.action == Action::wait_until || step.action == Action::verify || step.action == Action::if_;
    if (asks) check(step.condition);
    for (const std::string* text : {&step.text, &step.path, &step.body})
      check_variables(*text, step.line, step.column);
    for (const auto& [name, text] : step.variables) check_variables(text, step.line, step.column);
    if (step.action != Action::run) return;
    if (const auto checked = check_command_line(sample(step.text)); !checked)
      add("command", step.line, step.column, checked.error().message);
  }

  void check(const PlayCondition& condition) {
    for (const PlayCondition& part : condition.parts) check(part);
    check_variables(condition.text, condition.line, condition.column);
    for (const Comparison& test : condition.tests)
      check_variables(test.text, condition.line, condition.column);
    if (condition.kind == PlayCondition::Kind::promql) {
      if (const auto parsed = promql::parse(sample(condition.text)); !parsed)
        add("promql", condition.line, condition.column, parsed.error().text());
    } else if (condition.kind == PlayCondition::Kind::object) {
      if (const auto path = path_of_object(sample(condition.text), book_.namespace_); !path)
        add("object", condition.line, condition.column, path.error().message);
    } else if (condition.kind == PlayCondition::Kind::variable) {
      check_name(condition.text, condition.line, condition.column);
    }
  }

  void check_variables(const std::string& text, int line, int column) {
    for (const std::string& name : variables_in(text)) check_name(name, line, column);
  }

  // The labels of an alert are known only when it fires.
  void check_name(const std::string& name, int line, int column) {
    used_.insert(name);
    if (known_.contains(name) || name.starts_with("labels.")) return;
    add("unknown-variable", line, column,
        fmt::format("nothing gives a value to \"{}\"{}", name,
                    did_you_mean(name, {known_.begin(), known_.end()})));
  }

  /// The text with a value in every variable's place: its default, or 1, which is a name and a number.
  std::string sample(const std::string& text) const {
    Variables values = defaults_;
    for (const std::string& name : variables_in(text)) values.emplace(name, "1");
    const auto filled = fill_variables(text, values);
    return filled ? *filled : text;
  }

  void find_unused() {
    for (const auto& [name, value] : book_.variables)
      if (!used_.contains(name))
        warn("unused-variable", fmt::format("the variable \"{}\" is never used", name));
    for (const auto& [name, steps] : book_.procedures)
      if (!called_.contains(name))
        warn("unused-procedure", fmt::format("nothing goes to procedure \"{}\"", name));
  }

  void add(const char* rule, int line, int column, std::string message) {
    findings_.push_back(
        {Finding::Level::error, rule, fmt::format("{}:{}:{}", book_.file, line, column), std::move(message)});
  }
  void warn(const char* rule, std::string message) {
    findings_.push_back({Finding::Level::warning, rule, book_.file, std::move(message)});
  }

  const Playbook& book_;
  Variables defaults_;
  std::set<std::string> known_, used_, called_;
  Findings findings_;
};

}  // namespace

Findings lint_playbook(std::string_view text, const std::string& file) {
  const auto book = read_playbook(text, file);
  if (!book)
    return {{Finding::Level::error, "not-accepted", book.error().where.empty() ? file : book.error().where,
             book.error().message}};
  return Linter(*book).run();
}

}  // namespace muster
