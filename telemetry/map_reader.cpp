#include "telemetry/map_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/spelling.hpp"

namespace muster {

namespace {

template <class Number>
std::optional<Number> whole_text_as(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> finite_number(std::string_view text) {
  const auto value = whole_text_as<double>(text);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  return value;
}

std::optional<double> share_of(std::string_view text) {
  const bool percent = !text.empty() && text.back() == '%';
  const auto value = finite_number(percent ? text.substr(0, text.size() - 1) : text);
  if (!value) return std::nullopt;
  return percent ? *value / 100 : *value;
}

}  // namespace

void ReadContext::fail(const YamlNode& at, std::string message) {
  fail(invalid_input(std::move(message), at.line > 0 ? at.where(file) : file));
}

void ReadContext::fail(Error error) {
  if (!first_error) first_error = std::move(error);
}

std::string found_text(const YamlNode& node) {
  return node.is_scalar() ? fmt::format("\"{}\"", node.scalar) : node.kind_name();
}

std::string expected_one_of(std::string_view wrong, const std::vector<std::string>& words) {
  return fmt::format("; expected one of {}{}", fmt::join(words, ", "), did_you_mean(wrong, words));
}

MapReader::MapReader(const YamlNode& node, std::string what, ReadContext& context)
    : map_(node), what_(std::move(what)), context_(context) {
  if (!node.is_map())
    context_.fail(node, fmt::format("expected {} as a map, found {}", what_, found_text(node)));
}

const YamlNode* MapReader::node(const std::string& key, const char* needed) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.push_back(key);
  const YamlNode* value = map_.find(key);
  if (value && !value->is_null()) return value;
  if (needed && !missing_ && map_.is_map()) {
    missing_ = invalid_input(fmt::format("{} needs the key \"{}\": {}", what_, key, needed),
                             at(key).where(context_.file));
  }
  return nullptr;
}

const YamlNode& MapReader::at(const std::string& key) const {
  const YamlNode* value = map_.find(key);
  if (value && value->line > 0) return *value;
  const YamlNode* name = map_.find_key(key);
  return name ? *name : map_;
}

void MapReader::wrong(const YamlNode& node, const std::string& key, const std::string& expected) {
  context_.fail(node,
                fmt::format("\"{}\" of {}: expected {}, found {}", key, what_, expected, found_text(node)));
}

const YamlNode* MapReader::scalar(const std::string& key, const std::string& expected, bool required) {
  const YamlNode* value = node(key, required ? expected.c_str() : nullptr);
  if (!value) return nullptr;
  if (value->is_scalar()) return value;
  wrong(*value, key, expected);
  return nullptr;
}

std::string MapReader::text(const std::string& key, std::optional<std::string> fallback) {
  const YamlNode* value = scalar(key, "a text", !fallback);
  if (!value) return fallback.value_or("");
  if (value->scalar.empty() && !fallback) wrong(*value, key, "a text that is not empty");
  return value->scalar;
}

SimDuration MapReader::duration(const std::string& key, std::optional<SimDuration> fallback) {
  const std::string expected = "a duration such as 90s, 15m or 1h30m";
  const YamlNode* value = scalar(key, expected, !fallback);
  if (!value) return fallback.value_or(SimDuration::zero());
  const auto parsed = parse_duration(value->scalar);
  if (parsed) return *parsed;
  wrong(*value, key, expected);
  return SimDuration::zero();
}

double MapReader::number(const std::string& key, double least, double most, std::optional<double> fallback) {
  const std::string expected = fmt::format("a number from {} to {}", least, most);
  const YamlNode* value = scalar(key, expected, !fallback);
  if (!value) return fallback.value_or(least);
  const auto parsed = finite_number(value->scalar);
  if (parsed && *parsed >= least && *parsed <= most) return *parsed;
  wrong(*value, key, expected);
  return least;
}

std::int64_t MapReader::whole(const std::string& key, std::int64_t least, std::int64_t most,
                              std::optional<std::int64_t> fallback) {
  const std::string expected =
      least == most ? fmt::format("{}", least) : fmt::format("a whole number from {} to {}", least, most);
  const YamlNode* value = scalar(key, expected, !fallback);
  if (!value) return fallback.value_or(least);
  const auto parsed = whole_text_as<std::int64_t>(value->scalar);
  if (parsed && *parsed >= least && *parsed <= most) return *parsed;
  wrong(*value, key, expected);
  return least;
}

double MapReader::share(const std::string& key, std::optional<double> fallback) {
  const std::string expected = "a share such as 30% or 0.3";
  const YamlNode* value = scalar(key, expected, !fallback);
  if (!value) return fallback.value_or(0);
  const auto parsed = share_of(value->scalar);
  if (parsed && *parsed >= 0 && *parsed <= 1) return *parsed;
  wrong(*value, key, expected);
  return 0;
}

bool MapReader::flag(const std::string& key, std::optional<bool> fallback) {
  const YamlNode* value = scalar(key, "true or false", !fallback);
  if (!value) return fallback.value_or(false);
  if (value->scalar == "true" || value->scalar == "false") return value->scalar == "true";
  wrong(*value, key, "true or false");
  return false;
}

const std::vector<YamlNode>& MapReader::items(const std::string& key, const char* needed) {
  static const std::vector<YamlNode> none;
  const YamlNode* value = node(key, needed);
  if (!value) return none;
  if (value->is_sequence()) return value->items;
  wrong(*value, key, needed ? needed : "a list");
  return none;
}

std::vector<std::string> MapReader::texts(const std::string& key) {
  std::vector<std::string> found;
  for (const YamlNode& item : items(key)) {
    if (item.is_scalar())
      found.push_back(item.scalar);
    else
      wrong(item, key, "a list of texts");
  }
  return found;
}

void MapReader::finish() {
  if (!map_.is_map()) return;
  if (auto known = require_known_keys(map_, asked_, what_, context_.file); !known)
    context_.fail(known.error());
  if (missing_) context_.fail(*missing_);
}

}  // namespace muster
