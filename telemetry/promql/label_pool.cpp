#include "telemetry/promql/label_pool.hpp"

#include <algorithm>

#include "telemetry/promql/literal.hpp"

namespace muster::promql {

LabelId LabelPool::intern(const Labels& labels) {
  const auto [entry, is_new] = ids_.emplace(labels, static_cast<LabelId>(sets_.size()));
  if (is_new) sets_.push_back(&entry->first);
  return entry->second;
}

std::string_view label_value(const Labels& labels, std::string_view name) {
  for (const auto& [key, value] : labels)
    if (key == name) return value;
  return {};
}

void set_label(Labels& labels, const std::string& name, const std::string& value) {
  auto at = std::find_if(labels.begin(), labels.end(), [&](const auto& pair) { return pair.first >= name; });
  const bool present = at != labels.end() && at->first == name;
  if (value.empty()) {
    if (present) labels.erase(at);
  } else if (present) {
    at->second = value;
  } else {
    labels.insert(at, {name, value});
  }
}

Labels without_metric_name(const Labels& labels) {
  return all_but(labels, {});
}

Labels only(const Labels& labels, const std::vector<std::string>& names) {
  Labels kept;
  for (const auto& pair : labels)
    if (std::find(names.begin(), names.end(), pair.first) != names.end()) kept.push_back(pair);
  return kept;
}

Labels all_but(const Labels& labels, const std::vector<std::string>& names) {
  Labels kept;
  for (const auto& pair : labels) {
    const bool dropped =
        pair.first == "__name__" || std::find(names.begin(), names.end(), pair.first) != names.end();
    if (!dropped) kept.push_back(pair);
  }
  return kept;
}

std::string print_labels(const Labels& labels) {
  std::string out = "{";
  for (const auto& [name, value] : labels) {
    if (out.size() > 1) out += ", ";
    out += name + "=" + quote(value);
  }
  return out + "}";
}

}  // namespace muster::promql
