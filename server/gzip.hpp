// gzip as an HTTP content encoding (RFC 9110, RFC 1952).
#pragma once

#include <string>
#include <string_view>

namespace muster {

/// Whether an Accept-Encoding header lets us answer with gzip: named, or by "*", and not with q=0.
bool accepts_gzip(std::string_view accept_encoding);

std::string gzip(std::string_view text);

}  // namespace muster
