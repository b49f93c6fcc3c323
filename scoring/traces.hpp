// The traces an intruder left, each followed from its coming to be to its capture or its loss. What counts is
// weight that was read out before it was gone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scoring/evidence.hpp"

namespace muster {

/// One item at one place; an item that comes to be again after its loss is another one.
struct Trace {
  std::string item, where;
  std::uint32_t weight = 1;
  std::optional<SimTime> captured_at, destroyed_at;
  std::uint64_t record = 0;  ///< of its capture or loss; else of its coming to be

  bool captured() const { return captured_at.has_value(); }
  /// Gone, and nobody had read it out.
  bool lost() const { return destroyed_at && !captured_at; }
};

/// In the order of their coming to be. What is captured or destroyed without having been announced counts
/// too.
std::vector<Trace> traces_of(const std::vector<Noted<EvidenceFact>>& facts);

/// Sums of weights.
struct TraceSums {
  std::uint64_t all = 0, captured = 0, lost = 0;
};
TraceSums sums_of(const std::vector<Trace>& traces);

}  // namespace muster
