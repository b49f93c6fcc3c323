// The order of events as one 128-bit integer: time (64 bits) | lane (2) | sequence (38) | slot (24). The
// sequence decides before the slot does, so equal times run in the order they were scheduled, and no key
// occurs twice.
#pragma once

#include <cstdint>

#include "sim/time.hpp"

namespace muster {

/// Which kind of event comes first at equal times. Live, a request is scheduled late and gets a late sequence
/// number; a replay knows it from the start. The lane makes both order alike.
enum class Lane : std::uint8_t {
  model = 0,    ///< the world itself
  observe = 1,  ///< scrapes, rule evaluation, once-a-second summaries: read the world, never change it
  request = 2   ///< what responders do
};

__extension__ typedef unsigned __int128 EventKey;

inline constexpr int event_slot_bits = 24;
inline constexpr int event_sequence_bits = 38;
inline constexpr int event_lane_shift = event_slot_bits + event_sequence_bits;
inline constexpr std::uint64_t event_sequence_end = std::uint64_t{1} << event_sequence_bits;

constexpr EventKey join_key(std::uint64_t high, std::uint64_t low) {
  return static_cast<EventKey>(high) << 64 | low;
}
constexpr std::uint64_t high_half(EventKey key) {
  return static_cast<std::uint64_t>(key >> 64);
}
constexpr std::uint64_t low_half(EventKey key) {
  return static_cast<std::uint64_t>(key);
}
/// `at` must not be before zero.
constexpr EventKey make_key(SimTime at, Lane lane, std::uint64_t sequence, std::uint32_t slot) {
  const std::uint64_t low =
      static_cast<std::uint64_t>(lane) << event_lane_shift | sequence << event_slot_bits | slot;
  return join_key(static_cast<std::uint64_t>(nanoseconds_of(at)), low);
}
constexpr SimTime time_of(EventKey key) {
  return time_from_nanoseconds(static_cast<std::int64_t>(high_half(key)));
}
constexpr Lane lane_of(EventKey key) {
  return static_cast<Lane>(low_half(key) >> event_lane_shift);
}
constexpr std::uint32_t slot_of(EventKey key) {
  return static_cast<std::uint32_t>(key) & ((1u << event_slot_bits) - 1);
}

}  // namespace muster
