#include "journal/fact/traffic.hpp"

namespace muster {

std::uint64_t TrafficFact::ended() const {
  std::uint64_t sum = 0;
  for (const EndpointTraffic& endpoint : endpoints)
    for (std::uint32_t count : endpoint.outcomes) sum += count;
  return sum;
}

std::uint64_t TrafficFact::failed() const {
  std::uint64_t sum = 0;
  for (const EndpointTraffic& endpoint : endpoints)
    for (int i = 0; i < outcome_count; ++i)
      if (is_failure(static_cast<Outcome>(i))) sum += endpoint.outcomes[static_cast<std::size_t>(i)];
  return sum;
}

}  // namespace muster
