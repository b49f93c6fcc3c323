#include "cluster_model/database/connection_url.hpp"

#include <charconv>

namespace muster {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool sequence =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (!sequence) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  return out;
}

// "host" or "host:port"
bool read_host(std::string_view text, ConnectionUrl& url) {
  const std::size_t colon = text.rfind(':');
  url.host = text.substr(0, colon);
  if (url.host.empty()) return false;
  if (colon == std::string_view::npos) return true;
  const std::string_view port = text.substr(colon + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), url.port);
  return read.ec == std::errc{} && read.ptr == port.data() + port.size();
}

}  // namespace

std::optional<ConnectionUrl> parse_connection_url(std::string_view text) {
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  std::string_view scheme = text.substr(0, scheme_end);
  scheme = scheme.substr(0, scheme.find('+'));  // "postgresql+asyncpg" names the driver too
  if (scheme != "postgres" && scheme != "postgresql") return std::nullopt;
  std::string_view rest = text.substr(scheme_end + 3);
  const std::size_t slash = rest.find('/', rest.rfind('@') == std::string_view::npos ? 0 : rest.rfind('@'));
  if (slash == std::string_view::npos) return std::nullopt;
  ConnectionUrl url;
  url.database = rest.substr(slash + 1, rest.find('?', slash) - slash - 1);
  rest = rest.substr(0, slash);
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view who = rest.substr(0, at);
    const std::size_t colon = who.find(':');
    url.user = percent_decoded(who.substr(0, colon));
    if (colon != std::string_view::npos) url.password = percent_decoded(who.substr(colon + 1));
    rest = rest.substr(at + 1);
  }
  if (!read_host(rest, url)) return std::nullopt;
  return url;
}

}  // namespace muster
