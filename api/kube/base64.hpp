// Base64 with padding (RFC 4648 section 4), as a Secret's data is written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace muster::kube {

std::string base64_encode(std::string_view bytes);
/// The bytes, or the index of the first offending character. Line breaks are skipped.
std::variant<std::string, std::size_t> base64_decode(std::string_view text);

}  // namespace muster::kube
