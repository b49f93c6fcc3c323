// The parts of a URL on a command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace muster {

struct HttpUrl {
  std::string scheme, host, path;  ///< path with its query, "/" at least
  int port = 0;
};

/// "example.com/x" is http, as curl reads it. Nothing if there is no host.
std::optional<HttpUrl> parse_http_url(std::string_view text);

/// The path of the one door that stands for this URL: a service's page, Prometheus, Alertmanager, the
/// Kubernetes API. Empty: nobody answers to that host.
std::string door_path(const HttpUrl& url);

}  // namespace muster
