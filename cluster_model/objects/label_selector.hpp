// Label selectors in their full form: matchLabels and matchExpressions (apimachinery
// pkg/apis/meta/v1 LabelSelector).
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
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

  LabelSelector() = default;
  LabelSelector(StringMap labels, std::vector<SelectorRequirement> requirements = {})  // NOLINT: implicit
      : match_labels(std::move(labels)), expressions(std::move(requirements)) {}
  LabelSelector(std::initializer_list<StringMap::value_type> labels) : match_labels(labels) {}

  bool empty() const { return match_labels.empty() && expressions.empty(); }
  friend bool operator==(const LabelSelector&, const LabelSelector&) = default;
};

/// All of it holds for these labels. An empty selector matches everything (unlike `selects`). NotIn and
/// DoesNotExist hold where the label is absent.
bool matches(const LabelSelector& selector, const StringMap& labels);
/// The same, but an empty selector selects nothing, as a workload's does.
bool selects(const LabelSelector& selector, const StringMap& labels);
/// "app=web,tier in (a,b),!canary": the form of query parameters and of a Scale's status.
std::string to_text(const LabelSelector& selector);

}  // namespace muster
