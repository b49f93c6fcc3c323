#include "responders/condition/condition.hpp"

#include "responders/kubectl/resource_type.hpp"
#include "responders/text/json_path.hpp"
#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

Verdict no(std::string why) {
  return {false, std::move(why)};
}

Verdict judge_result(const JsonValue& data, const std::string& query) {
  const JsonValue& result = data["result"];
  const std::string& type = data["resultType"].text();
  if (type == "scalar") {
    const std::string& value = result.at(1).text();
    return value != "0" ? Verdict{true, {}} : no(query + " is 0");
  }
  return result.items().empty() ? no(query + " gives nothing") : Verdict{true, {}};
}

Verdict check_promql(const std::string& query, const Asker& asker) {
  const Answer answer =
      asker.host.submit(Request{asker.actor, "GET", "/api/v1/query?query=" + percent_encoded(query), {}, {}});
  const auto json = parse_json(answer.body);
  if (!json) return no("Prometheus gave no JSON");
  if (!answer.ok()) return no(fmt::format("{}: {}", query, (*json)["error"].text()));
  return judge_result((*json)["data"], query);
}

Verdict check_object(const PlayCondition& condition, const std::string& name, const Asker& asker) {
  const auto path =
      path_of_object(name, condition.namespace_.empty() ? asker.namespace_ : condition.namespace_);
  if (!path) return no(path.error().message);
  const Answer answer = asker.host.submit(Request{asker.actor, "GET", *path, {}, {}});
  std::optional<std::string> value;
  if (answer.ok() && condition.json_path.empty()) value = name;
  if (answer.ok() && !condition.json_path.empty()) {
    auto field = json_field(condition.json_path, answer.body);
    if (!field) return no(field.error().message);
    value = std::move(*field);
  }
  if (!answer.ok() && answer.status != 404) return no(fmt::format("{}: HTTP {}", name, answer.status));
  std::string why;
  if (passes(condition.tests, value, why)) return {true, {}};
  return no(fmt::format("{}{}{} {}", name, condition.json_path.empty() ? "" : " ", condition.json_path, why));
}

Verdict check_variable(const PlayCondition& condition, const Variables& variables) {
  const auto found = variables.find(condition.text);
  std::string why;
  const auto value = found == variables.end() ? std::nullopt : std::optional(found->second);
  if (passes(condition.tests, value, why)) return {true, {}};
  return no(fmt::format("{} {}", condition.text, why));
}

Verdict check_parts(const PlayCondition& condition, const Asker& asker, const Variables& variables) {
  const bool all = condition.kind == PlayCondition::Kind::all;
  Verdict last{all, {}};
  for (const PlayCondition& part : condition.parts) {
    last = check_condition(part, asker, variables);
    if (last.holds != all) return last;
  }
  return last;
}

/// Equality with variables filled in.
Result<PlayCondition> filled(const PlayCondition& condition, const Variables& variables) {
  PlayCondition result = condition;
  auto text = fill_variables(condition.text, variables);
  if (!text) return text.error();
  result.text = std::move(*text);
  for (Comparison& test : result.tests) {
    if (test.kind != Comparison::Kind::equals) continue;
    auto value = fill_variables(test.text, variables);
    if (!value) return value.error();
    test.text = std::move(*value);
  }
  return result;
}

}  // namespace

Verdict check_condition(const PlayCondition& condition, const Asker& asker, const Variables& variables) {
  const auto ready = filled(condition, variables);
  if (!ready) return no(ready.error().message);
  switch (condition.kind) {
    case PlayCondition::Kind::promql:
      return check_promql(ready->text, asker);
    case PlayCondition::Kind::object:
      return check_object(*ready, ready->text, asker);
    case PlayCondition::Kind::variable:
      return check_variable(*ready, variables);
    case PlayCondition::Kind::all:
    case PlayCondition::Kind::any:
      return check_parts(condition, asker, variables);
    case PlayCondition::Kind::not_:
      break;
  }
  const Verdict inner = check_condition(condition.parts.front(), asker, variables);
  return inner.holds ? no("what should not be is so") : Verdict{true, {}};
}

Result<std::string> path_of_object(const std::string& name, const std::string& namespace_) {
  const auto slash = name.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == name.size())
    return invalid_input(
        fmt::format("\"{}\" names no object; expected TYPE/NAME such as deployment/web", name));
  const ResourceType* type = find_resource_type(name.substr(0, slash));
  if (type == nullptr) {
    std::vector<std::string> known;
    for (const ResourceType& one : resource_types()) known.emplace_back(one.singular);
    const std::string word = name.substr(0, slash);
    return invalid_input(fmt::format("no resource type \"{}\"{}", word, did_you_mean(word, known)));
  }
  return object_path(*type, type->namespaced ? namespace_ : "", name.substr(slash + 1));
}

Result<std::optional<std::string>> json_field(const std::string& path, const std::string& json) {
  const auto root = parse_json(json);
  if (!root) return invalid_input("the answer is no JSON");
  const bool braces = path.find('{') != std::string::npos;
  const auto parsed = JsonPathTemplate::parse(braces ? path : "{" + path + "}");
  if (!parsed) return parsed.error();
  std::string text = parsed->print(*root);
  if (text.empty()) return std::optional<std::string>();
  return std::optional<std::string>(std::move(text));
}

}  // namespace muster
