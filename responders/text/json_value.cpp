#include "responders/text/json_value.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace muster {
namespace {

constexpr int deepest_json =
    500;  // nested deeper than any object of Kubernetes; protects the recursive readers

std::optional<JsonValue> converted(const nlohmann::json& from, int depth) {
  if (depth > deepest_json) return std::nullopt;
  switch (from.type()) {
    case nlohmann::json::value_t::boolean:
      return JsonValue(from.get<bool>());
    case nlohmann::json::value_t::number_integer:
      return JsonValue(from.get<std::int64_t>());
    case nlohmann::json::value_t::number_unsigned:
      if (from.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
        return JsonValue(from.get<double>());
      return JsonValue(from.get<std::int64_t>());
    case nlohmann::json::value_t::number_float:
      return JsonValue(from.get<double>());
    case nlohmann::json::value_t::string:
      return JsonValue(from.get<std::string>());
    case nlohmann::json::value_t::array: {
      JsonValue result = JsonValue::array();
      for (const auto& item : from) {
        auto value = converted(item, depth + 1);
        if (!value) return std::nullopt;
        result.append(std::move(*value));
      }
      return result;
    }
    case nlohmann::json::value_t::object: {
      JsonValue result = JsonValue::object();
      for (const auto& [key, item] : from.items()) {
        auto value = converted(item, depth + 1);
        if (!value) return std::nullopt;
        result.member(key) = std::move(*value);
      }
      return result;
    }
    default:
      return JsonValue();
  }
}

const JsonValue null_value;

}  // namespace

Result<JsonValue> parse_json(std::string_view text) {
  try {
    auto value = converted(nlohmann::json::parse(text), 0);
    if (!value) return invalid_input("JSON is nested too deeply");
    return std::move(*value);
  } catch (const nlohmann::json::parse_error& error) {
    return invalid_input("not valid JSON, at byte " + std::to_string(error.byte));
  }
}

bool JsonValue::is_empty() const {
  if (is_string()) return text().empty();
  if (is_array()) return items().empty();
  if (is_object()) return members().empty();
  return is_null();
}

const JsonValue& JsonValue::operator[](std::string_view key) const {
  const auto* object = std::get_if<Object>(&value_);
  if (object == nullptr) return null_value;
  const auto found = object->find(key);
  return found == object->end() ? null_value : found->second;
}

const JsonValue& JsonValue::at(std::size_t index) const {
  const auto& all = items();
  return index < all.size() ? all[index] : null_value;
}

const std::string& JsonValue::text() const {
  static const std::string empty;
  const auto* held = std::get_if<std::string>(&value_);
  return held != nullptr ? *held : empty;
}

std::int64_t JsonValue::whole(std::int64_t otherwise) const {
  if (const auto* held = std::get_if<std::int64_t>(&value_)) return *held;
  if (const auto* held = std::get_if<double>(&value_)) return static_cast<std::int64_t>(*held);
  return otherwise;
}

double JsonValue::real(double otherwise) const {
  if (const auto* held = std::get_if<double>(&value_)) return *held;
  if (const auto* held = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*held);
  return otherwise;
}

bool JsonValue::truth() const {
  const auto* held = std::get_if<bool>(&value_);
  return held != nullptr && *held;
}

const JsonValue::Array& JsonValue::items() const {
  static const Array none;
  const auto* held = std::get_if<Array>(&value_);
  return held != nullptr ? *held : none;
}

const JsonValue::Object& JsonValue::members() const {
  static const Object none;
  const auto* held = std::get_if<Object>(&value_);
  return held != nullptr ? *held : none;
}

JsonValue& JsonValue::member(std::string_view key) {
  if (!is_object()) value_ = Object{};
  auto& object = std::get<Object>(value_);
  const auto found = object.find(key);
  return found != object.end() ? found->second : object[std::string(key)];
}

void JsonValue::erase(std::string_view key) {
  if (auto* object = std::get_if<Object>(&value_)) {
    const auto found = object->find(key);
    if (found != object->end()) object->erase(found);
  }
}

void JsonValue::append(JsonValue value) {
  mutable_items().push_back(std::move(value));
}

JsonValue::Array& JsonValue::mutable_items() {
  if (!is_array()) value_ = Array{};
  return std::get<Array>(value_);
}

}  // namespace muster
