// The small texts of cells: ages, labels, selectors.
#include <fmt/format.h>

#include "api/kube/table/table.hpp"

namespace muster::kube {

const Json& below(const Json& json, std::initializer_list<const char*> path) {
  static const Json nothing;
  const Json* at = &json;
  for (const char* key : path) {
    if (!at->is_object()) return nothing;
    const auto found = at->find(key);
    if (found == at->end()) return nothing;
    at = &*found;
  }
  return *at;
}

std::string text_of(const Json& json) {
  return json.is_string() ? json.get<std::string>() : std::string();
}

std::int64_t number_of(const Json& json) {
  return json.is_number() ? json.get<std::int64_t>() : 0;
}

std::string or_none(std::string text) {
  return text.empty() ? "<none>" : text;
}

std::string join(const std::vector<std::string>& parts, const char* between) {
  return fmt::format("{}", fmt::join(parts, between));
}

std::string name_of(const Json& object) {
  return text_of(below(object, {"metadata", "name"}));
}

std::string human_duration(std::int64_t seconds) {
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return fmt::format("{}s", seconds);
  const std::int64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24, years = days / 365;
  const auto two = [](std::int64_t high, char unit, std::int64_t low, char below_unit) {
    return low == 0 ? fmt::format("{}{}", high, unit) : fmt::format("{}{}{}{}", high, unit, low, below_unit);
  };
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (hours < 3) return fmt::format("{}m", minutes);
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return fmt::format("{}h", hours);
  if (days < 8) return two(days, 'd', hours % 24, 'h');
  if (years < 2) return fmt::format("{}d", days);
  if (years < 8) return two(years, 'y', days % 365, 'd');
  return fmt::format("{}y", years);
}

std::string age_since(const Json& rfc3339, const TableMoment& moment) {
  const std::string text = text_of(rfc3339);
  if (text.empty()) return "<unknown>";
  const Result<Epoch> at = parse_epoch(text.size() > 20 ? text.substr(0, 19) + "Z" : text);
  return at ? human_duration(moment.unix_seconds - at->unix_seconds) : "<unknown>";
}

std::string age_of(const Json& object, const TableMoment& moment) {
  return age_since(below(object, {"metadata", "creationTimestamp"}), moment);
}

std::string container_fields(const Json& containers, const char* field) {
  std::vector<std::string> values;
  for (const Json& container : containers) values.push_back(text_of(below(container, {field})));
  return join(values, ",");
}

std::string labels_text(const Json& labels) {
  std::vector<std::string> parts;
  if (labels.is_object()) {
    for (const auto& [key, value] : labels.items()) parts.push_back(key + "=" + text_of(value));
  }
  return or_none(join(parts, ","));
}

std::string selector_text(const Json& selector) {
  std::vector<std::string> parts;
  if (below(selector, {"matchLabels"}).is_object()) {
    for (const auto& [key, value] : selector["matchLabels"].items())
      parts.push_back(key + "=" + text_of(value));
  }
  for (const Json& term : below(selector, {"matchExpressions"})) {
    const std::string key = text_of(below(term, {"key"})), op = text_of(below(term, {"operator"}));
    std::vector<std::string> values;
    for (const Json& value : below(term, {"values"})) values.push_back(text_of(value));
    if (op == "Exists") parts.push_back(key);
    if (op == "DoesNotExist") parts.push_back("!" + key);
    if (op == "In" || op == "NotIn")
      parts.push_back(fmt::format("{} {} ({})", key, op == "In" ? "in" : "notin", join(values, ",")));
  }
  return or_none(join(parts, ","));
}

std::string condition_status(const Json& object, const char* type) {
  for (const Json& condition : below(object, {"status", "conditions"})) {
    if (text_of(below(condition, {"type"})) == type) return text_of(below(condition, {"status"}));
  }
  return {};
}

}  // namespace muster::kube
