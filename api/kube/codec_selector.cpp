#include <fmt/format.h>

#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_requirement(Fields& fields, SelectorRequirement& requirement) {
  fields.text("key", requirement.key);
  fields.text("operator", requirement.op);
  fields.texts("values", requirement.values);
  for (const char* known : {"In", "NotIn", "Exists", "DoesNotExist"}) {
    if (requirement.op == known) return;
  }
  fields.fail("operator",
              fmt::format("Invalid value: \"{}\": not a valid selector operator", requirement.op));
}

Json write_requirement(const SelectorRequirement& requirement) {
  Json json{{"key", requirement.key}, {"operator", requirement.op}};
  put(json, "values", requirement.values);
  return json;
}

}  // namespace

void read_label_selector(Fields& fields, LabelSelector& selector) {
  fields.texts("matchLabels", selector.match_labels);
  fields.each("matchExpressions",
              [&](Fields& entry) { read_requirement(entry, selector.expressions.emplace_back()); });
}

Json write_label_selector(const LabelSelector& selector) {
  Json json = Json::object();
  put(json, "matchLabels", selector.match_labels);
  for (const SelectorRequirement& requirement : selector.expressions)
    json["matchExpressions"].push_back(write_requirement(requirement));
  return json;
}

}  // namespace muster::kube
