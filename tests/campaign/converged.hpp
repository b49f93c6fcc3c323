// What is not yet as it should be when every fault is over and everything was put back.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"

namespace muster::campaign {

/// Passes facts on, and remembers what users got lately.
class RecentTraffic final : public FactSink {
 public:
  explicit RecentTraffic(FactSink& next) : next_(next) {}
  void record(SimTime at, Fact fact) override;
  struct Second {
    std::uint64_t ended = 0, failed = 0;
  };
  /// Over the last `window` seconds, by service.
  std::map<std::string, Second> sums() const;

  static constexpr std::size_t window = 30;

 private:
  FactSink& next_;
  std::map<std::string, std::deque<Second>> seconds_;
};

/// One sentence per complaint; none: converged. `originals`: the objects of the manifests.
std::vector<std::string> complaints(const World& world, const std::vector<Object>& originals,
                                    const RecentTraffic& traffic);

}  // namespace muster::campaign
