// Text with its placeholders taken out of the grammar's way.
#pragma once

#include <string>
#include <string_view>

namespace muster {

/// "<pod-name>" becomes "1", which is a name, a number and no redirection.
std::string without_placeholders(std::string_view text);

}  // namespace muster
