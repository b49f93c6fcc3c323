#include "responders/playbook/read_step.hpp"

#include <algorithm>

#include "responders/text/json_path.hpp"
#include "telemetry/yaml_json.hpp"

namespace muster {
namespace {

using Action = PlaybookStep::Action;

struct ActionName {
  const char* key;
  Action action;
};
constexpr ActionName actions[] = {{"run", Action::run},        {"request", Action::request},
                                  {"sleep", Action::sleep},    {"waitUntil", Action::wait_until},
                                  {"verify", Action::verify},  {"if", Action::if_},
                                  {"switch", Action::switch_}, {"parallel", Action::parallel},
                                  {"call", Action::call},      {"set", Action::set},
                                  {"abort", Action::abort},    {"finish", Action::finish}};

Action action_of(const std::string& key) {
  const auto* found = std::find_if(std::begin(actions), std::end(actions),
                                   [&](const ActionName& one) { return key == one.key; });
  return found == std::end(actions) ? Action::run : found->action;
}

// What kubectl says of the bodies it sends (kubernetes/apimachinery pkg/types/patch.go).
std::string usual_content_type(const std::string& verb, const YamlNode& body) {
  if (verb != "PATCH") return "application/json";
  return body.is_sequence() ? "application/json-patch+json" : "application/strategic-merge-patch+json";
}

void read_request(const YamlNode& node, ReadContext& context, PlaybookStep& step) {
  FieldReader reader(node, playbook_format().table("request"), context);
  step.verb = reader.text("verb", "GET");
  step.path = reader.text("path");
  if (!step.path.empty() && step.path.front() != '/')
    reader.fail("path", fmt::format("\"path\" is \"{}\"; expected one that begins with \"/\"", step.path));
  step.content_type = reader.text("contentType");
  if (const YamlNode* body = reader.node("body")) {
    if (step.content_type.empty()) step.content_type = usual_content_type(step.verb, *body);
    const auto json =
        body->is_scalar() ? Result<std::string>(body->scalar) : yaml_to_json(*body, context.file);
    if (json)
      step.body = *json;
    else
      context.fail(json.error());
  }
  reader.finish();
}

Binding read_binding(const std::string& variable, const YamlNode& node, ReadContext& context) {
  FieldReader reader(node, playbook_format().table("binding"), context);
  Binding binding;
  binding.variable = variable;
  binding.line = node.line;
  binding.json_path = reader.text("jsonpath");
  binding.expression = reader.text("regex");
  const std::string otherwise = reader.text("default");
  if (reader.has("default")) binding.otherwise = otherwise;
  if (reader.has("jsonpath") && reader.has("regex"))
    reader.fail("regex", "a binding has either \"jsonpath\" or \"regex\"");
  if (const auto checked = check_expression(binding.expression); !checked)
    reader.fail("regex", checked.error().message);
  const std::string& path = binding.json_path;
  const bool braces = path.find('{') != std::string::npos;
  if (const auto parsed = JsonPathTemplate::parse(braces || path.empty() ? path : "{" + path + "}"); !parsed)
    reader.fail("jsonpath", parsed.error().message);
  reader.finish();
  return binding;
}

void read_nested(FieldReader& reader, PlaybookStep& step) {
  ReadContext& context = reader.context();
  for (const char* list : {"then", "parallel"})
    for (const YamlNode& item : reader.items(list)) step.then.push_back(read_step(item, context));
  for (const char* list : {"else", "default"})
    for (const YamlNode& item : reader.items(list)) step.otherwise.push_back(read_step(item, context));
  for_each_entry(reader.node("cases"), context, [&](const YamlNode& key, const YamlNode& list) {
    step.cases.emplace_back(key.scalar, read_steps(list, context));
  });
  for_each_entry(reader.node("bind"), context, [&](const YamlNode& key, const YamlNode& value) {
    step.bindings.push_back(read_binding(key.scalar, value, context));
  });
}

void read_conditions(FieldReader& reader, PlaybookStep& step) {
  if (const YamlNode* when = reader.node("when")) step.when = read_condition(*when, reader.context());
  for (const char* name : {"waitUntil", "verify", "if"})
    if (const YamlNode* node = reader.node(name)) step.condition = read_condition(*node, reader.context());
}

void read_texts(FieldReader& reader, PlaybookStep& step, const std::string& chosen) {
  for (const char* name : {"run", "switch", "call", "abort", "finish"}) {
    const std::string text = reader.text(name);
    if (chosen == name) step.text = text;
  }
  if (const YamlNode* request = reader.node("request")) read_request(*request, reader.context(), step);
  step.variables = reader.text_map("set");
}

void read_times(FieldReader& reader, PlaybookStep& step) {
  const SimDuration held = reader.duration("for"), slept = reader.duration("sleep");
  step.duration = step.action == Action::sleep ? slept : held;
  const bool waits = step.action == Action::wait_until || step.action == Action::run;
  step.timeout = reader.duration("timeout", waits ? SimDuration(10min) : SimDuration());
  step.every = reader.duration("every", 15s);
  if (step.every <= SimDuration::zero()) reader.fail("every", "\"every\" must be longer than 0s");
  step.retries = static_cast<int>(reader.whole("retries"));
  step.delay = reader.duration("delay", 5s);
  step.on_failure = reader.text("onFailure", "abort");
}

struct Belongs {
  const char* field;
  std::vector<Action> to;
  const char* told;
};

/// A key that the step's action does not look at would be a wish nobody hears.
void check_belongings(FieldReader& reader, Action action) {
  static const std::vector<Belongs> rules{
      {"then", {Action::if_}, "if"},
      {"else", {Action::if_}, "if"},
      {"cases", {Action::switch_}, "switch"},
      {"default", {Action::switch_}, "switch"},
      {"bind", {Action::run, Action::request}, "run and request"},
      {"for", {Action::verify}, "verify"},
      {"timeout", {Action::run, Action::wait_until, Action::verify}, "run, waitUntil and verify"},
      {"every", {Action::wait_until, Action::verify}, "waitUntil and verify"},
      {"retries", {Action::run, Action::request}, "run and request"},
      {"delay", {Action::run, Action::request}, "run and request"},
      {"onFailure",
       {Action::run, Action::request, Action::wait_until, Action::verify, Action::parallel},
       "run, request, waitUntil, verify and parallel"}};
  for (const Belongs& rule : rules)
    if (reader.has(rule.field) && std::find(rule.to.begin(), rule.to.end(), action) == rule.to.end())
      reader.fail(rule.field, fmt::format("\"{}\" belongs to {}", rule.field, rule.told));
}

}  // namespace

PlaybookStep read_step(const YamlNode& node, ReadContext& context) {
  FieldReader reader(node, playbook_format().table("step"), context);
  PlaybookStep step;
  const std::string chosen = reader.chosen();
  step.action = action_of(chosen);
  const YamlNode& at = chosen.empty() ? node : reader.at(chosen.c_str());
  step.line = at.line;
  step.column = at.column;
  step.name = reader.text("name");
  read_texts(reader, step, chosen);
  read_conditions(reader, step);
  read_nested(reader, step);
  read_times(reader, step);
  if (!chosen.empty()) check_belongings(reader, step.action);
  if (chosen == "if" && step.then.empty()) reader.fail("if", "\"if\" needs steps under \"then\"");
  if (chosen == "switch" && step.cases.empty())
    reader.fail("switch", "\"switch\" needs steps under \"cases\"");
  reader.finish();
  return step;
}

PlaybookSteps read_steps(const YamlNode& node, ReadContext& context) {
  PlaybookSteps steps;
  if (!node.is_sequence()) {
    context.fail(node, fmt::format("expected a list of steps, found {}", found_text(node)));
    return steps;
  }
  for (const YamlNode& item : node.items) steps.push_back(read_step(item, context));
  return steps;
}

}  // namespace muster
