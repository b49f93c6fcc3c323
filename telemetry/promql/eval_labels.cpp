#include "telemetry/promql/evaluator.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::promql {

InstantVector Evaluator::label_replace(const Expression& expression, const Call& node) {
  InstantVector elements = vector(*node.arguments[0]);
  const std::string target = text(*node.arguments[1]), replacement = text(*node.arguments[2]);
  const std::string source = text(*node.arguments[3]), pattern_text = text(*node.arguments[4]);
  Memory& memory = this->memory(expression);
  if (!memory.pattern) {
    auto pattern = Pattern::compile(pattern_text);
    if (!pattern) fail("invalid regular expression in label_replace(): " + pattern_text);
    if (pattern) memory.pattern = *pattern;
  }
  if (!is_label_name(target)) fail("invalid destination label name in label_replace(): " + target);
  if (failed()) return {};
  const auto replaced = [&](const Labels& labels) {
    Labels result = labels;
    std::string value;
    if (memory.pattern->expand(label_value(labels, source), replacement, value))
      set_label(result, target, value);
    return result;
  };
  for (Element& element : elements) element.labels = memory.results.get(pool_, element.labels, replaced);
  return elements;
}

InstantVector Evaluator::label_join(const Call& node) {
  InstantVector elements = vector(*node.arguments[0]);
  const std::string target = text(*node.arguments[1]), separator = text(*node.arguments[2]);
  std::vector<std::string> sources;
  for (std::size_t i = 3; i < node.arguments.size(); ++i) sources.push_back(text(*node.arguments[i]));
  for (const std::string& source : sources)
    if (!is_label_name(source)) fail("invalid source label name in label_join(): " + source);
  if (!is_label_name(target)) fail("invalid destination label name in label_join(): " + target);
  if (failed()) return {};
  for (Element& element : elements) {
    Labels labels = pool_.at(element.labels);
    std::string value;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (i > 0) value += separator;
      value += label_value(labels, sources[i]);
    }
    set_label(labels, target, value);
    element.labels = pool_.intern(labels);
  }
  return elements;
}

}  // namespace muster::promql
