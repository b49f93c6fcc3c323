#include <nlohmann/json.hpp>

#include "cluster_model/canonical.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;

bool says_nothing(const Json& value) {
  return value.is_null() || ((value.is_object() || value.is_array()) && value.empty());
}

void drop_empty(Json& value) {
  if (value.is_array()) {
    for (Json& element : value) drop_empty(element);
    return;
  }
  if (!value.is_object()) return;
  for (auto at = value.begin(); at != value.end();) {
    drop_empty(at.value());
    at = says_nothing(at.value()) ? value.erase(at) : std::next(at);
  }
}

}  // namespace

std::string canonical_json(const Unmodelled& text) {
  if (!text || text->empty() || *text == "{}") return {};
  Json value = Json::parse(*text, nullptr, false);
  if (value.is_discarded()) return *text;
  drop_empty(value);
  return says_nothing(value) ? std::string() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Unmodelled with_json_defaults(const Unmodelled& text, const char* defaults) {
  Json value = text && !text->empty() ? Json::parse(*text, nullptr, false) : Json::object();
  if (!value.is_object()) return text;
  const Json wanted = Json::parse(defaults);
  bool changed = false;
  for (const auto& [name, preset] : wanted.items()) {
    if (value.contains(name) && !value[name].is_null()) continue;
    value[name] = preset;
    changed = true;
  }
  if (!changed) return text;
  return std::make_shared<const std::string>(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace muster
