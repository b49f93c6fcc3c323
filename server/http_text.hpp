// HTTP/1.1 in the bytes of a forwarded connection, as far as a program in a pod needs it. Without sockets.
#pragma once

#include <optional>
#include <string>

#include "api/request.hpp"

namespace muster {

/// One request, whose body has been read over.
struct HttpText {
  std::string method, path;  ///< `path` without the query
  bool keep_alive = true;
  bool broken = false;  ///< it is no HTTP/1.x, or has a body of unknown length: 400, and the connection ends
};

/// Takes the first request off `bytes`; none if it has not arrived as a whole.
std::optional<HttpText> take_http_request(std::string& bytes);

/// The answer to it.
std::string http_response(const HttpText& request, int status, const std::string& content_type,
                          const std::string& body);

}  // namespace muster
