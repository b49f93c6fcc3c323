// A count or a percentage, as maxSurge, maxUnavailable and minAvailable are written.
#pragma once

namespace muster {

struct IntOrPercent {
  int value = 25;
  bool percent = true;
  friend bool operator==(const IntOrPercent&, const IntOrPercent&) = default;
};

}  // namespace muster
