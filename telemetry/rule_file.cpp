#include "telemetry/rule_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "telemetry/promql/literal.hpp"
#include "telemetry/promql/promql.hpp"
#include "telemetry/template/template.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

namespace {

// The operator's object around the same groups (prometheus-operator, PrometheusRule); null if it is none.
const YamlNode* spec_of_prometheus_rule(const YamlNode& root) {
  const YamlNode* kind = root.find("kind");
  return kind && kind->scalar == "PrometheusRule" ? root.find("spec") : nullptr;
}

bool has_label(const Labels& labels, const std::string& name) {
  return std::any_of(labels.begin(), labels.end(), [&](const auto& label) { return label.first == name; });
}

// Each reader returns false after a mistake, which is kept.
class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  Result<std::vector<RuleGroup>> read(const YamlNode& root) {
    std::vector<RuleGroup> groups;
    if (!read_file(root, groups)) return error_;
    return groups;
  }

 private:
  bool fail(const YamlNode& at, std::string message) {
    error_ = invalid_input(std::move(message), at.where(file_));
    return false;
  }
  bool known_keys(const YamlNode& map, const std::vector<std::string>& keys, const std::string& what) {
    if (!map.is_map())
      return fail(map, fmt::format("expected {} with keys {}, found {}", what, fmt::join(keys, ", "),
                                   map.kind_name()));
    const auto verdict = require_known_keys(map, keys, what, file_);
    if (!verdict) error_ = verdict.error();
    return verdict.has_value();
  }

  bool read_file(const YamlNode& root, std::vector<RuleGroup>& groups);
  bool read_group(const YamlNode& node, RuleGroup& group);
  bool read_limit(const YamlNode& node, int& limit);
  bool read_rule(const YamlNode& node, Rule& rule);
  bool read_name(const YamlNode& node, Rule& rule);
  bool read_expression(const YamlNode& node, Rule& rule);
  bool read_text(const YamlNode& node, const std::string& what, std::string& text);
  bool read_duration(const YamlNode& map, const char* key, SimDuration& duration);
  bool read_labels(const YamlNode& map, const char* key, Labels& labels);

  const std::string& file_;
  bool of_operator_ = false;  ///< the groups stand in a PrometheusRule
  Error error_;
};

bool Reader::read_file(const YamlNode& root, std::vector<RuleGroup>& groups) {
  if (root.is_null()) return true;
  if (const YamlNode* spec = spec_of_prometheus_rule(root)) {
    of_operator_ = true;
    return read_file(*spec, groups);
  }
  if (!known_keys(root, {"groups"}, "a rule file")) return false;
  const YamlNode* list = root.find("groups");
  if (!list || list->is_null()) return true;
  if (!list->is_sequence())
    return fail(*list, fmt::format("expected a list of groups, found {}", list->kind_name()));
  for (const YamlNode& node : list->items) {
    RuleGroup group;
    if (!read_group(node, group)) return false;
    for (const RuleGroup& other : groups)
      if (other.name == group.name)
        return fail(*node.find("name"),
                    fmt::format("group name \"{}\" is repeated in the same file", group.name));
    groups.push_back(std::move(group));
  }
  return true;
}

bool Reader::read_group(const YamlNode& node, RuleGroup& group) {
  // The last two are younger than 2.42: query_offset of 2.53 and labels of 3.0; many public files have them.
  // The operator's objects may also say what Thanos should do with partial answers, which means nothing here.
  std::vector<std::string> keys{"name", "interval", "limit", "rules", "query_offset", "labels"};
  if (of_operator_) keys.emplace_back("partial_response_strategy");
  if (!known_keys(node, keys, "a rule group")) return false;
  group.file = file_;
  const YamlNode* name = node.find("name");
  if (!name) return fail(node, "a rule group needs a name");
  if (!read_text(*name, "a group's name", group.name)) return false;
  if (!read_duration(node, "interval", group.interval)) return false;
  if (!read_duration(node, "query_offset", group.query_offset)) return false;
  Labels common;
  if (!read_labels(node, "labels", common)) return false;
  if (const YamlNode* limit = node.find("limit"); limit && !read_limit(*limit, group.limit)) return false;
  const YamlNode* rules = node.find("rules");
  if (!rules || rules->is_null()) return true;
  if (!rules->is_sequence())
    return fail(*rules, fmt::format("expected a list of rules, found {}", rules->kind_name()));
  for (const YamlNode& item : rules->items) {
    Rule rule;
    if (!read_rule(item, rule)) return false;
    for (const auto& [label, value] : common)
      if (!has_label(rule.labels, label)) rule.labels.emplace_back(label, value);
    std::sort(rule.labels.begin(), rule.labels.end());
    group.rules.push_back(std::move(rule));
  }
  return true;
}

bool Reader::read_limit(const YamlNode& node, int& limit) {
  const std::string& text = node.scalar;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (node.is_scalar() && error == std::errc() && end == text.data() + text.size()) return true;
  return fail(node, fmt::format("expected a whole number as limit, found \"{}\"", text));
}

bool Reader::read_rule(const YamlNode& node, Rule& rule) {
  if (!known_keys(node, {"record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"},
                  "a rule"))
    return false;
  rule.line = node.line;
  if (!read_name(node, rule) || !read_expression(node, rule)) return false;
  if (!read_duration(node, "for", rule.hold)) return false;
  if (!read_duration(node, "keep_firing_for", rule.keep_firing)) return false;
  if (!read_labels(node, "labels", rule.labels) || !read_labels(node, "annotations", rule.annotations))
    return false;
  for (const char* key : {"for", "keep_firing_for", "annotations"})
    if (rule.recording && node.find(key))
      return fail(*node.find_key(key), fmt::format("\"{}\" has no meaning in a recording rule", key));
  return true;
}

bool Reader::read_name(const YamlNode& node, Rule& rule) {
  const YamlNode *record = node.find("record"), *alert = node.find("alert");
  if (record && alert) return fail(*alert, "only one of \"record\" and \"alert\" must be set");
  if (!record && !alert) return fail(node, "one of \"record\" or \"alert\" must be set");
  rule.recording = record != nullptr;
  const YamlNode& name = record ? *record : *alert;
  if (!read_text(name, rule.recording ? "a recorded metric's name" : "an alert's name", rule.name))
    return false;
  if (rule.recording && !promql::is_metric_name(rule.name))
    return fail(name, fmt::format("invalid recording rule name: {}", rule.name));
  return true;
}

bool Reader::read_expression(const YamlNode& node, Rule& rule) {
  const YamlNode* expression = node.find("expr");
  if (!expression) return fail(node, fmt::format("rule \"{}\" needs an expr", rule.name));
  if (!read_text(*expression, "an expression", rule.expression_text)) return false;
  auto tree = promql::parse(rule.expression_text);
  if (!tree) return fail(*expression, "could not parse expression: " + tree.error().message);
  const auto type = promql::type_of(**tree);
  if (type == promql::ValueType::string || type == promql::ValueType::matrix) {
    return fail(*expression,
                fmt::format("a rule's expression must give an instant vector or a scalar, not a {}",
                            promql::documented_name(type)));
  }
  rule.expression = *tree;
  return true;
}

bool Reader::read_text(const YamlNode& node, const std::string& what, std::string& text) {
  if (!node.is_scalar() || node.scalar.empty())
    return fail(node, fmt::format("expected {}, found {}", what,
                                  node.is_scalar() ? "an empty text" : node.kind_name()));
  text = node.scalar;
  return true;
}

bool Reader::read_duration(const YamlNode& map, const char* key, SimDuration& duration) {
  const YamlNode* node = map.find(key);
  if (!node || node->is_null()) return true;
  const auto ms = node->is_scalar() ? promql::parse_duration_ms(node->scalar) : std::nullopt;
  if (!ms)
    return fail(*node, fmt::format("not a valid duration for \"{}\": \"{}\"; expected a form such as 1h30m",
                                   key, node->scalar));
  duration = std::chrono::milliseconds(*ms);
  return true;
}

bool Reader::read_labels(const YamlNode& map, const char* key, Labels& labels) {
  const YamlNode* node = map.find(key);
  if (!node || node->is_null()) return true;
  if (!node->is_map())
    return fail(*node, fmt::format("expected a map of {}, found {}", key, node->kind_name()));
  for (const auto& [name, value] : node->entries) {
    if (!promql::is_label_name(name.scalar) || name.scalar == "__name__")
      return fail(name, fmt::format("invalid name \"{}\" in {}", name.scalar, key));
    if (!value.is_scalar() && !value.is_null())
      return fail(value,
                  fmt::format("expected a text under \"{}\", found {}", name.scalar, value.kind_name()));
    if (const auto parsed = text_template::parse(value.scalar); !parsed)
      return fail(value, fmt::format("could not parse the template under \"{}\": {}", name.scalar,
                                     parsed.error().message));
    labels.emplace_back(name.scalar, value.scalar);
  }
  std::sort(labels.begin(), labels.end());
  return true;
}

}  // namespace

Result<std::vector<RuleGroup>> load_rules(std::string_view yaml, const std::string& file) {
  auto tree = read_yaml(yaml, file);
  if (!tree) return tree.error();
  return Reader(file).read(*tree);
}

}  // namespace muster
