// YAML and JSON files that commands name (`apply -f`), read to JSON values.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <charconv>
#include <optional>

#include "responders/text/json_value.hpp"

namespace muster {
namespace {

constexpr int deepest_yaml = 100;
constexpr std::size_t max_nodes =
    100'000;  // aliases can multiply: a small file must not become a huge object

class Converter {
 public:
  Result<JsonValue> convert(const YAML::Node& node, int depth) {
    if (depth > deepest_yaml || ++nodes_ > max_nodes)
      return invalid_input("nested too deeply, or too large once its aliases are expanded");
    if (node.IsMap()) return map(node, depth);
    if (node.IsSequence()) return sequence(node, depth);
    if (node.IsScalar()) return scalar(node);
    return JsonValue();
  }

 private:
  Result<JsonValue> map(const YAML::Node& node, int depth) {
    JsonValue result = JsonValue::object();
    for (const auto& pair : node) {
      auto value = convert(pair.second, depth + 1);
      if (!value) return value.error();
      result.member(pair.first.Scalar()) = std::move(*value);
    }
    return result;
  }

  Result<JsonValue> sequence(const YAML::Node& node, int depth) {
    JsonValue result = JsonValue::array();
    for (const auto& item : node) {
      auto value = convert(item, depth + 1);
      if (!value) return value.error();
      result.append(std::move(*value));
    }
    return result;
  }

  static JsonValue scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") return text;  // quoted
    if (text == "true" || text == "True" || text == "yes" || text == "on") return true;
    if (text == "false" || text == "False" || text == "no" || text == "off") return false;
    if (text == "null" || text == "~" || text.empty()) return JsonValue();
    std::int64_t whole = 0;
    const char* end = text.data() + text.size();
    if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc() && read.ptr == end)
      return whole;
    double real = 0;
    if (const auto read = std::from_chars(text.data(), end, real); read.ec == std::errc() && read.ptr == end)
      return real;
    return text;
  }

  std::size_t nodes_ = 0;
};

}  // namespace

Result<std::vector<JsonValue>> parse_yaml(std::string_view text, const std::string& file) {
  try {
    std::vector<JsonValue> documents;
    for (const YAML::Node& node : YAML::LoadAll(std::string(text))) {
      auto value = Converter().convert(node, 0);
      if (!value) return invalid_input(value.error().message, file);
      if (!value->is_null()) documents.push_back(std::move(*value));
    }
    return documents;
  } catch (const YAML::Exception& error) {
    return invalid_input(error.msg,
                         fmt::format("{}:{}:{}", file, error.mark.line + 1, error.mark.column + 1));
  }
}

}  // namespace muster
