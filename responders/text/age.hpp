// Times as kubectl shows them: "5m12s ago".
#pragma once

#include <optional>
#include <string>

#include "sim/time.hpp"

namespace muster {

/// k8s.io/apimachinery/pkg/util/duration HumanDuration: "45s", "5m12s", "12m", "3h5m", "26h", "2d3h", "9d".
std::string human_duration(std::int64_t seconds);

/// What a view needs to show how long ago something was.
struct Clock {
  Epoch epoch;
  SimTime now{};
  /// "5m12s" since the RFC 3339 time (metav1.Time or MicroTime), "<unknown>" if it is empty or unreadable.
  std::string age(const std::string& rfc3339) const;
  std::optional<std::int64_t> seconds_since(const std::string& rfc3339) const;
  /// "2025-11-01T14:30:00Z" of now.
  std::string now_text() const { return format_rfc3339(epoch, now); }
};

/// "Sat, 01 Nov 2025 14:20:00 +0000" (Go's time.RFC1123Z, which kubectl describe prints); the input if
/// unreadable.
std::string rfc1123(const std::string& rfc3339);

}  // namespace muster
