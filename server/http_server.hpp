// HTTP/1.1 on the loopback interface in front of a Door: keep-alive, gzip where asked, streams as chunks,
// limits on what a client may send. One thread; requests are answered one after the other, so the Door needs
// no lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "server/door.hpp"
#include "sim/result.hpp"

namespace muster {

struct HttpOptions {
  std::uint16_t port = 0;                  ///< 0: the system picks a free one
  std::size_t body_bytes_max = 3'000'000;  ///< larger bodies are refused with 413
  std::size_t connections_max = 256;       ///< further ones are refused with 503
};

/// Serves until SIGINT, SIGTERM or until door.advance() says no; connections are closed then. `listening` is
/// called once with the port. Error: the port cannot be had.
Result<void> serve_http(Door& door, const HttpOptions& options,
                        const std::function<void(std::uint16_t port)>& listening);

}  // namespace muster
