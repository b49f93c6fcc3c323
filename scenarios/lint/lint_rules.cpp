// Rules are taken whole; this names the metrics in them that will never have a value here.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/prom/metric_names.hpp"
#include "scenarios/input_files.hpp"
#include "scenarios/lint/lint_file.hpp"
#include "sim/spelling.hpp"
#include "telemetry/promql/promql.hpp"
#include "telemetry/rule_file.hpp"
#include "telemetry/yaml.hpp"

namespace muster {
namespace {

std::set<std::string> recorded_in(const std::string& text, const std::string& path) {
  std::set<std::string> names;
  const auto groups = load_rules(text, path);
  if (!groups) return names;
  for (const RuleGroup& group : *groups)
    for (const Rule& rule : group.rules)
      if (rule.recording) names.insert(rule.name);
  return names;
}

/// Metrics that are there: exported, recorded here, or recorded in a file of the same folder.
std::set<std::string> known_metrics(const std::string& text, const std::string& path) {
  std::set<std::string> known = exported_metric_names();
  known.merge(recorded_in(text, path));
  const std::string folder = folder_of(path);
  for (const std::string& name : files_below(folder, {".yaml", ".yml"}, false)) {
    const std::string other = join_path(folder, name);
    if (other == path) continue;
    if (const auto beside = read_input_file(other)) known.merge(recorded_in(*beside, other));
  }
  return known;
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

/// Where `word` stands alone in `text`, from `from` on; npos if nowhere.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_name_char(text[at - 1]);
    const bool ends = at + word.size() >= text.size() || !is_name_char(text[at + word.size()]);
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

class RuleLint {
 public:
  RuleLint(const std::string& text, const std::string& path)
      : text_(text), path_(path), known_(known_metrics(text, path)), words_(known_.begin(), known_.end()) {}

  Findings look_at(const YamlNode& root) {
    const YamlNode* spec = root.find("spec");  // of a PrometheusRule object
    const YamlNode* groups = (spec ? *spec : root).find("groups");
    if (!groups) return {};
    for (const YamlNode& group : groups->items) {
      const YamlNode* rules = group.find("rules");
      if (!rules) continue;
      for (const YamlNode& rule : rules->items) look_at_rule(rule);
    }
    return std::move(findings_);
  }

 private:
  void look_at_rule(const YamlNode& rule) {
    const YamlNode* expression = rule.find("expr");
    const YamlNode* name = rule.find("alert") ? rule.find("alert") : rule.find("record");
    if (!expression || !name) return;
    const auto tree = promql::parse(expression->scalar);
    if (tree) walk(**tree, *expression, name->scalar);
  }

  void walk(const promql::Expression& node, const YamlNode& source, const std::string& rule) {
    if (const auto* selector = node.as<promql::VectorSelector>()) {
      for (const promql::Matcher& matcher : selector->matchers) {
        const bool named = matcher.name == "__name__" && matcher.kind == promql::Matcher::Kind::equal;
        if (named && !known_.contains(matcher.value)) warn(matcher.value, node.begin, source, rule);
      }
    }
    promql::for_each_child(node, [&](const promql::Expression& child) { walk(child, source, rule); });
  }

  /// The text in the file is folded otherwise than the expression, but has the same words in the same order.
  std::string where(const std::string& metric, std::size_t begin, const YamlNode& source) const {
    std::size_t line_start = 0;
    for (int line = 1; line < source.line; ++line) line_start = text_.find('\n', line_start) + 1;
    std::size_t at = line_start + static_cast<std::size_t>(source.column) - 1;
    std::size_t before = find_word(source.scalar, metric, 0);
    at = find_word(text_, metric, at);
    while (before < begin && at != std::string::npos) {
      before = find_word(source.scalar, metric, before + 1);
      if (before > begin) break;
      at = find_word(text_, metric, at + 1);
    }
    if (at == std::string::npos) return source.where(path_);
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const std::size_t start = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;
    return fmt::format("{}:{}:{}", path_, line, at - start + 1);
  }

  void warn(const std::string& metric, std::size_t begin, const YamlNode& source, const std::string& rule) {
    findings_.push_back({Finding::Level::warning, "metric-not-exported", where(metric, begin, source),
                         fmt::format("rule \"{}\" asks for the metric \"{}\", which nothing exports here{}",
                                     rule, metric, did_you_mean(metric, words_))});
  }

  const std::string& text_;
  const std::string& path_;
  std::set<std::string> known_;
  std::vector<std::string> words_;
  Findings findings_;
};

}  // namespace

Findings lint_rule_metrics(const std::string& text, const std::string& path) {
  const auto root = read_yaml(text, path);
  return root ? RuleLint(text, path).look_at(*root) : Findings{};
}

}  // namespace muster
