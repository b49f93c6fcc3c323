// Label selectors in their full form: matchLabels and matchExpressions (apimachinery
// pkg/apis/meta/v1 LabelSelector).
#pragma once

#include <string>
#include <vector>

#include "cluster_model/objects/meta.hpp"

namespace muster {

struct SelectorRequirement {
  std::string key;
  std::string op;  ///< "In", "NotIn", "Exists", "DoesNotExist"
  std::vector<std::string> values;
  friend bool operator==(const SelectorRequirement&, const SelectorRequirement&) = default;
};

struct LabelSelector {
  StringMap match_labels;
  std::vector<SelectorRequirement> expressions;
  bool empty() const { return match_labels.empty() && expressions.empty(); }
  friend bool operator==(const LabelSelector&, const LabelSelector&) = default;
};

/// All of it holds for these labels. An empty selector matches everything (unlike `selects`). NotIn and
/// DoesNotExist hold where the label is absent.
bool matches(const LabelSelector& selector, const StringMap& labels);

}  // namespace muster
