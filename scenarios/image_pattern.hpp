// Globs over image references, as profiles use them: * stands for any number of characters, ? for one.
#pragma once

#include <string_view>

#include "cluster_model/profile.hpp"

namespace muster {

bool matches_image_pattern(std::string_view pattern, std::string_view image);
/// Whether the profile says what this image does.
bool has_behaviour(const AppProfile& app, std::string_view image);

}  // namespace muster
