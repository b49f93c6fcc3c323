// Requests in flight: plain structs in one array, reused through a free list. A (slot, generation) pair names
// one request for ever, so that a deadline can ask whether its request is still the one it was set for.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/event_queue.hpp"
#include "sim/time.hpp"

namespace muster {

struct Request {
  enum class Place : std::uint8_t { nowhere, queued, working };

  SimTime arrived{};
  std::uint64_t number = 0;        ///< which request of its service, from 0: names its random draws
  std::uint64_t service_word = 0;  ///< its luck on the worker
  EventId completion;              ///< while a worker has it
  std::uint32_t user = 0;
  std::uint32_t server = 0;  ///< index
  std::uint32_t generation = 0;
  std::uint32_t position = 0;  ///< in its server's list of work, while a worker has it
  std::uint16_t service = 0;
  std::uint16_t endpoint = 0;
  Place place = Place::nowhere;
  bool user_gone = false;  ///< the user's deadline has passed; the server does not know
};

class RequestSlab {
 public:
  std::uint32_t take() {
    if (free_.empty()) {
      slots_.emplace_back();
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void release(std::uint32_t slot) {
    slots_[slot].place = Request::Place::nowhere;
    ++slots_[slot].generation;
    free_.push_back(slot);
  }

  Request& operator[](std::uint32_t slot) { return slots_[slot]; }
  const Request& operator[](std::uint32_t slot) const { return slots_[slot]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(slots_.size()); }
  std::uint32_t taken() const { return size() - static_cast<std::uint32_t>(free_.size()); }

 private:
  std::vector<Request> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace muster
