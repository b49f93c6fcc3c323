#include "api/url.hpp"

#include <algorithm>

namespace muster {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_blank) {
      decoded += ' ';
    } else if (text[at] != '%') {
      decoded += text[at];
    } else {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return decoded;
}

/// The part before the first `separator`; the rest stays in `text`.
std::string_view next(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool read_query(std::string_view text, Url& url) {
  while (!text.empty()) {
    std::string_view value = next(text, '&');
    if (value.empty()) continue;
    const auto key = decode(next(value, '='), true);
    const auto decoded = decode(value, true);
    if (!key || !decoded) return false;
    url.query.emplace(*key, *decoded);
  }
  return true;
}

}  // namespace

const std::string& Url::parameter(const std::string& key) const {
  static const std::string none;
  const auto found = query.find(key);
  return found == query.end() ? none : found->second;
}

bool Url::flag(const std::string& key) const {
  const auto found = query.find(key);
  return found != query.end() && (found->second.empty() || found->second == "1" || found->second == "true");
}

std::optional<Url> parse_url(std::string_view text) {
  Url url;
  std::string_view path = next(text, '?');
  url.path = path;
  while (!path.empty()) {
    const std::string_view part = next(path, '/');
    if (part.empty()) continue;
    auto segment = decode(part, false);
    if (!segment) return std::nullopt;
    url.segments.push_back(std::move(*segment));
  }
  if (!read_query(text, url)) return std::nullopt;
  return url;
}

}  // namespace muster
