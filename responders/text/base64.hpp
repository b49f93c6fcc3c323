// The way back from base64 (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace muster {

/// Line ends are passed over. Nothing if the text is no base64.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace muster
