// `diff -u` of two texts.
#pragma once

#include <string>
#include <string_view>

namespace muster {

/// Three lines of context; empty if the texts are equal.
std::string unified_diff(const std::string& from_name, const std::string& to_name, std::string_view from,
                         std::string_view to);

}  // namespace muster
