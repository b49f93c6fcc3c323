#include "telemetry/alert_template.hpp"

namespace muster {

namespace {

std::string failed(const std::string& why) {
  return "<error expanding template: " + why + ">";
}

}  // namespace

std::string expand_alert_template(const std::string& text, const Labels& labels, double value,
                                  const TemplateQuery& query) {
  if (text.find("{{") == std::string::npos) return text;
  const auto parsed = text_template::parse(text);
  if (!parsed) return failed(parsed.error().message);
  const auto expanded = text_template::expand(**parsed, {labels, value, query});
  return expanded ? *expanded : failed(expanded.error().message);
}

}  // namespace muster
