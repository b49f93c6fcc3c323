#include "api/desk/desk_form.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/kube/fields_json.hpp"
#include "sim/spelling.hpp"

namespace muster {

namespace {

using kube::Json;

const std::vector<std::string> severities{"P0", "P1", "P2", "P3"};

const std::vector<DeskForm>& forms() {
  using enum FormField;
  static const std::vector<DeskForm> all{
      {"severity", DeskAction::declared, {severity, optional_text}},
      {"messages", DeskAction::message, {channel, text}},
      {"status", DeskAction::status_update, {text}},
      {"notifications", DeskAction::notified, {to, text}},
      {"tickets", DeskAction::ticket, {title, optional_text, optional_severity}},
      {"hypotheses", DeskAction::hypothesis, {text, component}},
      {"resolve", DeskAction::resolved, {optional_text}},
      {"postmortem", DeskAction::postmortem, {text}},
  };
  return all;
}

const char* name_of(FormField field) {
  switch (field) {
    case FormField::text:
    case FormField::optional_text:
      return "text";
    case FormField::title:
      return "title";
    case FormField::channel:
      return "channel";
    case FormField::to:
      return "to";
    case FormField::component:
      return "component";
    case FormField::severity:
    case FormField::optional_severity:
      return "severity";
  }
  return "";
}

bool is_required(FormField field) {
  return field != FormField::optional_text && field != FormField::optional_severity &&
         field != FormField::component;
}

std::vector<std::string> names_of(const DeskForm& form) {
  std::vector<std::string> names;
  for (const FormField field : form.fields) names.emplace_back(name_of(field));
  return names;
}

Result<void> check_names(const DeskForm& form, const Json& json) {
  const auto names = names_of(form);
  for (const auto& [key, value] : json.items()) {
    if (std::find(names.begin(), names.end(), key) != names.end()) continue;
    return invalid_input(fmt::format("unknown field \"{}\"{}; expected {}", key, did_you_mean(key, names),
                                     fmt::join(names, ", ")));
  }
  return {};
}

Result<std::string> read_text(const Json& json, FormField field) {
  const char* name = name_of(field);
  const auto found = json.find(name);
  const bool absent = found == json.end() || found->is_null();
  if (!absent && !found->is_string()) return invalid_input(fmt::format("{}: expected a string", name));
  const std::string text = absent ? std::string() : found->get<std::string>();
  if (text.size() > desk_text_max) {
    return invalid_input(fmt::format("{}: {} bytes; at most {} are taken", name, text.size(), desk_text_max));
  }
  const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (is_required(field) && blank) return invalid_input(fmt::format("{}: expected some text", name));
  return text;
}

Result<std::string> read_severity(const Json& json, FormField field) {
  auto text = read_text(json, field);
  if (!text) return text;
  if (text->empty() || std::find(severities.begin(), severities.end(), *text) != severities.end())
    return text;
  return invalid_input(fmt::format("severity: \"{}\" is unknown{}; expected {}", *text,
                                   did_you_mean(*text, severities), fmt::join(severities, ", ")));
}

Result<std::vector<std::string>> read_recipients(const Json& json) {
  const Error problem = invalid_input("to: expected a list of roles, such as [\"cto\"]");
  const auto found = json.find("to");
  if (found == json.end() || !found->is_array() || found->empty()) return problem;
  std::vector<std::string> roles;
  for (const Json& role : *found) {
    if (!role.is_string() || role == "") return problem;
    roles.push_back(role.get<std::string>());
  }
  return roles;
}

Result<void> read_field(const Json& json, FormField field, DeskFact& fact) {
  if (field == FormField::to) {
    auto roles = read_recipients(json);
    if (!roles) return roles.error();
    fact.to = *std::move(roles);
    return {};
  }
  const bool severity = field == FormField::severity || field == FormField::optional_severity;
  auto text = severity ? read_severity(json, field) : read_text(json, field);
  if (!text) return text.error();
  if (severity) {
    fact.severity = *text;
  } else if (field == FormField::channel || field == FormField::component) {
    if (!text->empty()) fact.to = {*text};
  } else if (!text->empty()) {
    fact.text += (fact.text.empty() ? "" : "\n") + *text;  // a ticket has a title and a text
  }
  return {};
}

}  // namespace

const DeskForm* find_desk_form(std::string_view path) {
  for (const DeskForm& form : forms()) {
    if (form.path == path) return &form;
  }
  return nullptr;
}

std::vector<std::string> desk_paths() {
  std::vector<std::string> paths{"pages", "incident"};
  for (const DeskForm& form : forms()) paths.emplace_back(form.path);
  return paths;
}

Result<DeskFact> read_desk_form(const DeskForm& form, std::string_view body, const std::string& actor) {
  const Result<Json> json = kube::parse_json(body.empty() ? "{}" : body);
  if (!json) return invalid_input("the body is not JSON: " + json.error().message);
  if (!json->is_object()) return invalid_input("the body is no object");
  if (auto known = check_names(form, *json); !known) return known.error();
  DeskFact fact;
  fact.action = form.action;
  fact.actor = actor;
  for (const FormField field : form.fields) {
    if (auto read = read_field(*json, field, fact); !read) return read.error();
  }
  return fact;
}

}  // namespace muster
