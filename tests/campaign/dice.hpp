// Draws of the campaign: one sequence per purpose, so that a new thing to draw shifts only what comes after
// it.
#pragma once

#include <string>
#include <vector>

#include "sim/random.hpp"

namespace muster::campaign {

class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view purpose) : stream_(seed, "campaign", purpose) {}

  /// A whole number from `least` to `most`.
  int whole(int least, int most) {
    return least + static_cast<int>(below(stream_.next(), static_cast<std::uint64_t>(most - least) + 1));
  }
  bool percent(int chance_in_100) { return whole(1, 100) <= chance_in_100; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(stream_.next(), from.size())];
  }
  std::string word(std::initializer_list<const char*> from) {
    return pick(std::vector<std::string>(from.begin(), from.end()));
  }

 private:
  RandomStream stream_;
};

}  // namespace muster::campaign
