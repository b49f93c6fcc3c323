// Label selectors ("app=web,tier in (a,b),!canary,cores>2") and field selectors ("status.phase!=Running").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cluster_model/objects.hpp"
#include "sim/result.hpp"

namespace muster::kube {

struct LabelRequirement {
  enum class Operator { in, not_in, exists, absent, greater, less };
  std::string key;
  Operator op = Operator::exists;
  std::vector<std::string> values;  ///< of in and not_in; of greater and less one whole number
};

class LabelSelector {
 public:
  /// k8s.io/apimachinery pkg/labels/selector.go. Error: invalid_input in the real server's words.
  static Result<LabelSelector> parse(std::string_view text);
  bool matches(const StringMap& labels) const;

 private:
  std::vector<LabelRequirement> requirements_;
};

struct FieldRequirement {
  std::string field;  ///< "metadata.name"
  bool equal = true;
  std::string value;
};

class FieldSelector {
 public:
  /// Only the fields that the real server knows for the kind are accepted. Error: invalid_input.
  static Result<FieldSelector> parse(std::string_view text, const std::string& kind);
  bool matches(const Object& object) const;
  const std::vector<FieldRequirement>& requirements() const { return requirements_; }

 private:
  std::vector<FieldRequirement> requirements_;
};

}  // namespace muster::kube
