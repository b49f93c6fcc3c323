#include "cluster_model/objects/label_selector.hpp"

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

}  // namespace

bool matches(const LabelSelector& selector, const StringMap& labels) {
  if (!selector.match_labels.empty() && !selects(selector.match_labels, labels)) return false;
  return std::all_of(selector.expressions.begin(), selector.expressions.end(),
                     [&](const SelectorRequirement& requirement) { return holds(requirement, labels); });
}

}  // namespace muster
