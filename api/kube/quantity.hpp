// Kubernetes' resource quantities ("100m", "1.5", "512Mi", "2G") as whole numbers of a base unit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/result.hpp"

namespace muster::kube {

/// CPU in millicores. A finer value is rounded up, as the API server rounds what it cannot hold
/// (k8s.io/apimachinery pkg/api/resource/quantity.go). Error: invalid_input.
Result<std::int64_t> parse_cpu(std::string_view text);
/// Memory or storage in bytes, or a plain count; fractions are rounded up. Error: invalid_input.
Result<std::int64_t> parse_amount(std::string_view text);

/// Canonical: "250m", "2".
std::string format_cpu(std::int64_t millicores);
/// The shorter of the binary and the decimal form, binary if equal: "512Mi", "2G", "1025".
std::string format_amount(std::int64_t amount);

}  // namespace muster::kube
