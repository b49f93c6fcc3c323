// The two doubles that are no numbers of the line, under short names.
#pragma once

#include <limits>

namespace muster {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace muster
