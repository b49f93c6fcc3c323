#include <fmt/format.h>

#include <charconv>

#include "api/kube/fields_json.hpp"

namespace muster::kube {

namespace {

/// Deepest nesting of brackets outside strings, so that a hostile text is refused before the parser recurses.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0, deepest = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') {
        ++at;
      } else if (c == '"') {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

/// The library's message without its own prefix "[json.exception.parse_error.101] ".
std::string parser_words(const std::string& what) {
  const std::size_t end = what.find("] ");
  return end == std::string::npos ? what : what.substr(end + 2);
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  if (text.size() > json_bytes_max) {
    return invalid_input(
        fmt::format("the text has {} bytes; at most {} are read", text.size(), json_bytes_max));
  }
  if (depth_of(text) > json_depth_max) {
    return invalid_input(fmt::format("the JSON is nested more than {} deep", json_depth_max));
  }
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::exception& error) {
    return invalid_input(parser_words(error.what()));
  }
}

std::string print_json(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void merge_rest(Json& into, const Json& rest) {
  if (into.is_object() && rest.is_object()) {
    for (const auto& [key, value] : rest.items()) {
      if (into.contains(key)) {
        merge_rest(into[key], value);
      } else {
        into[key] = value;
      }
    }
  } else if (into.is_array() && rest.is_array() && into.size() == rest.size()) {
    for (std::size_t i = 0; i < rest.size(); ++i) merge_rest(into[i], rest[i]);
  }
}

void merge_rest(Json& into, const Unmodelled& rest) {
  if (!rest) return;
  const Json json = Json::parse(*rest, nullptr, false);
  MUSTER_ASSERT(!json.is_discarded(), "an Unmodelled part is not JSON");
  merge_rest(into, json);
}

void put(Json& into, const char* key, const std::string& value) {
  if (!value.empty()) into[key] = value;
}

void put(Json& into, const char* key, const StringMap& values) {
  if (!values.empty()) into[key] = values;
}

void put(Json& into, const char* key, const std::vector<std::string>& values) {
  if (!values.empty()) into[key] = values;
}

void put(Json& into, const char* key, Json value) {
  if (!value.empty()) into[key] = std::move(value);
}

void put_nonzero(Json& into, const char* key, std::int64_t value) {
  if (value != 0) into[key] = value;
}

Json number_or_text(const std::string& value) {
  int number = 0;
  const auto end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end) return number;
  return value;
}

std::int64_t whole_seconds(SimDuration duration) {
  return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

void drop_void(Json& json) {
  if (json.is_array()) {
    for (Json& element : json) drop_void(element);
  }
  if (!json.is_object()) return;
  for (auto at = json.begin(); at != json.end();) {
    if (at->is_null() || (at->is_array() && at->empty())) {
      at = json.erase(at);
    } else {
      drop_void(*at);
      ++at;
    }
  }
}

}  // namespace muster::kube
