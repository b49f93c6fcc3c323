#include "cluster_model/objects/label_selector.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace muster {

namespace {

bool holds(const SelectorRequirement& requirement, const StringMap& labels) {
  const auto found = labels.find(requirement.key);
  const bool present = found != labels.end();
  if (requirement.op == "Exists") return present;
  if (requirement.op == "DoesNotExist") return !present;
  const bool listed = present && std::find(requirement.values.begin(), requirement.values.end(),
                                           found->second) != requirement.values.end();
  return requirement.op == "In" ? listed : !listed;
}

std::string text_of(const SelectorRequirement& requirement) {
  const std::string values = fmt::format("({})", fmt::join(requirement.values, ","));
  if (requirement.op == "In") return requirement.key + " in " + values;
  if (requirement.op == "NotIn") return requirement.key + " notin " + values;
  return requirement.op == "Exists" ? requirement.key : "!" + requirement.key;
}

}  // namespace

bool matches(const LabelSelector& selector, const StringMap& labels) {
  if (!selector.match_labels.empty() && !selects(selector.match_labels, labels)) return false;
  return std::all_of(selector.expressions.begin(), selector.expressions.end(),
                     [&](const SelectorRequirement& requirement) { return holds(requirement, labels); });
}

bool selects(const LabelSelector& selector, const StringMap& labels) {
  return !selector.empty() && matches(selector, labels);
}

std::string to_text(const LabelSelector& selector) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : selector.match_labels) parts.push_back(name + "=" + value);
  for (const SelectorRequirement& requirement : selector.expressions) parts.push_back(text_of(requirement));
  return fmt::format("{}", fmt::join(parts, ","));
}

}  // namespace muster
