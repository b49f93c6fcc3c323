#include "responders/http/http_url.hpp"

#include <charconv>

namespace muster {

std::optional<HttpUrl> parse_http_url(std::string_view text) {
  HttpUrl url;
  const auto scheme = text.find("://");
  url.scheme = scheme == std::string_view::npos ? "http" : std::string(text.substr(0, scheme));
  if (scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  const auto end = text.find_first_of("/?");
  std::string_view host = text.substr(0, end);
  url.path = end == std::string_view::npos ? "/" : std::string(text.substr(end));
  if (url.path.starts_with('?')) url.path.insert(0, "/");
  if (const auto fragment = url.path.find('#'); fragment != std::string::npos) url.path.resize(fragment);
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  url.port = url.scheme == "https" ? 443 : 80;
  if (const auto colon = host.rfind(':'); colon != std::string_view::npos) {
    const auto read = std::from_chars(host.data() + colon + 1, host.data() + host.size(), url.port);
    if (read.ec != std::errc() || read.ptr != host.data() + host.size()) return std::nullopt;
    host = host.substr(0, colon);
  }
  url.host = std::string(host);
  if (url.host.empty()) return std::nullopt;
  return url;
}

std::string door_path(const HttpUrl& url) {
  const bool local = url.host == "localhost" || url.host == "127.0.0.1";
  const bool prometheus = url.host.starts_with("prometheus") || (local && url.port == 9090);
  const bool alertmanager = url.host.starts_with("alertmanager") || (local && url.port == 9093);
  const bool kubernetes =
      url.host == "kubernetes" || url.host.starts_with("kubernetes.default") || (local && url.port == 6443);
  if (prometheus || alertmanager || kubernetes) return url.path;
  if (local) return {};
  return "/web/" + url.host + url.path;
}

}  // namespace muster
