// Resource quantities as kubectl reads and sums them (k8s.io/apimachinery/pkg/api/resource).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace muster {

/// "250m", "1", "1.5" in thousandths; 0 if it is none.
std::int64_t millis_of(std::string_view text);
/// "512Mi", "1G", "4000000Ki" in bytes; 0 if it is none.
std::int64_t bytes_of(std::string_view text);
/// "250m" or "2".
std::string millis_text(std::int64_t millis);
/// In the largest binary unit that divides it: "512Mi".
std::string bytes_text(std::int64_t bytes);

}  // namespace muster
