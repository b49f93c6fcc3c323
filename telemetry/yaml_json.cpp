#include "telemetry/yaml_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace muster {

namespace {

using Json = nlohmann::json;

struct Unholdable {
  std::string where, text;
};

template <std::size_t n>
bool one_of(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_true(std::string_view text) {
  static constexpr std::array<std::string_view, 11> words{"y",    "Y",    "yes", "Yes", "YES", "true",
                                                          "True", "TRUE", "on",  "On",  "ON"};
  return one_of(text, words);
}

bool is_false(std::string_view text) {
  static constexpr std::array<std::string_view, 11> words{"n",     "N",     "no",  "No",  "NO", "false",
                                                          "False", "FALSE", "off", "Off", "OFF"};
  return one_of(text, words);
}

bool is_null_word(std::string_view text) {
  static constexpr std::array<std::string_view, 5> words{"", "~", "null", "Null", "NULL"};
  return one_of(text, words);
}

bool is_infinite_word(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  static constexpr std::array<std::string_view, 6> words{".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"};
  return one_of(text, words);
}

// 12, -3, 0x1f, 0b11, 0o17 and YAML 1.1's 017; underscores between digits are allowed.
std::optional<Json> as_integer(std::string_view text) {
  std::string digits;
  std::remove_copy(text.begin(), text.end(), std::back_inserter(digits), '_');
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.erase(0, 1);
  int base = 10;
  const std::string_view prefix = std::string_view(digits).substr(0, 2);
  if (prefix == "0x") base = 16;
  if (prefix == "0b") base = 2;
  if (prefix == "0o") base = 8;
  if (base != 10)
    digits.erase(0, 2);
  else if (digits.size() > 1 && digits[0] == '0')
    base = 8;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (!negative) return Json(value);
  if (value > std::uint64_t{1} << 63) return std::nullopt;
  return Json(static_cast<std::int64_t>(~value + 1));
}

std::optional<Json> as_number(std::string_view text) {
  const bool begins_like_one = !text.empty() && (text[0] == '-' || text[0] == '+' || text[0] == '.' ||
                                                 (text[0] >= '0' && text[0] <= '9'));
  if (!begins_like_one) return std::nullopt;
  if (auto integer = as_integer(text)) return integer;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return Json(value);
}

Json plain_scalar(const YamlNode& node, const std::string& file) {
  const std::string& text = node.scalar;
  if (is_null_word(text)) return nullptr;
  if (is_true(text)) return true;
  if (is_false(text)) return false;
  if (is_infinite_word(text)) throw Unholdable{node.where(file), text};
  if (auto number = as_number(text)) return *number;
  return text;
}

// Depth is bounded by the gate of telemetry/yaml.hpp.
Json json_of(const YamlNode& node, const std::string& file) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return nullptr;
    case YamlNode::Kind::scalar:
      return node.quoted ? Json(node.scalar) : plain_scalar(node, file);
    case YamlNode::Kind::sequence: {
      Json list = Json::array();
      for (const YamlNode& item : node.items) list.push_back(json_of(item, file));
      return list;
    }
    case YamlNode::Kind::map: {
      Json map = Json::object();
      for (const auto& [key, value] : node.entries) map[key.scalar] = json_of(value, file);
      return map;
    }
  }
  return nullptr;
}

std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape =
        token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    text += escape ? (token[++i] == '0' ? '~' : '/') : token[i];
  }
  return text;
}

const YamlNode* child(const YamlNode& node, const std::string& token) {
  if (node.is_map()) return node.find(token);
  if (!node.is_sequence()) return nullptr;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc() || end != token.data() + token.size() || index >= node.items.size())
    return nullptr;
  return &node.items[index];
}

}  // namespace

Result<std::string> yaml_to_json(const YamlNode& node, const std::string& file_name) {
  try {
    return json_of(node, file_name).dump();
  } catch (const nlohmann::json::exception&) {
    return invalid_input("an escape in a quoted text does not make valid UTF-8", node.where(file_name));
  } catch (const Unholdable& bad) {
    return invalid_input(
        fmt::format("{} is not a number that this can hold; expected a finite one", bad.text), bad.where);
  }
}

const YamlNode& node_at_pointer(const YamlNode& root, std::string_view pointer) {
  const YamlNode* node = &root;
  while (!pointer.empty() && pointer.front() == '/') {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const YamlNode* next = child(*node, unescaped(pointer.substr(0, end)));
    if (!next) break;
    if (next->line > 0) node = next;
    pointer.remove_prefix(end);
  }
  return *node;
}

}  // namespace muster
