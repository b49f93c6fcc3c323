// How many different users did something in this second, and in the last 60: exact, and O(1) per request.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace muster {

class DistinctUsers {
 public:
  explicit DistinctUsers(std::uint32_t users) : last_(users, never) {}

  void add(std::uint32_t user) {
    const std::int32_t last = last_[user];
    if (last == second_) return;
    ++this_second_;
    if (last > second_ - window) {
      --last_seen_in_[static_cast<std::size_t>(last % window)];
    } else {
      ++last_minute_;
    }
    ++last_seen_in_[static_cast<std::size_t>(second_ % window)];
    last_[user] = second_;
  }

  void next_second() {
    ++second_;
    this_second_ = 0;
    std::uint32_t& leaving = last_seen_in_[static_cast<std::size_t>(second_ % window)];
    last_minute_ -= leaving;
    leaving = 0;
  }

  std::uint32_t this_second() const { return this_second_; }
  std::uint32_t last_minute() const { return last_minute_; }

 private:
  static constexpr std::int32_t window = 60;
  static constexpr std::int32_t never = -2 * window;

  std::vector<std::int32_t> last_;                    // [user]: the second of the last time
  std::array<std::uint32_t, window> last_seen_in_{};  // [second % window]: users whose last time was then
  std::int32_t second_ = 0;
  std::uint32_t this_second_ = 0;
  std::uint32_t last_minute_ = 0;
};

}  // namespace muster
