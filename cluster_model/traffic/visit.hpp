// What is in flight. A Call is somebody's wish for an answer, with its attempts: a user's request, a step of
// another request, a message, a probe. A Visit is one attempt as the process that serves it sees it. Either
// may outlive the other: the caller gives up, the process dies.
#pragma once

#include <cstdint>

#include "cluster_model/traffic/server.hpp"
#include "cluster_model/traffic/slab.hpp"
#include "sim/event_queue.hpp"
#include "sim/time.hpp"

namespace muster {

struct Call {
  enum class From : std::uint8_t { nowhere, user, visit, queue, probe };
  enum class State : std::uint8_t {
    pausing,   ///< between two attempts
    crossing,  ///< on the network, on the way to a process
    served,    ///< a visit or a backend works on it
    lost,      ///< in a black hole: nobody will answer, only a timer ends it
    waiting    ///< a message in its queue
  };

  SimTime began{};           ///< first attempt
  SimTime sent{};            ///< this attempt
  std::uint64_t number = 0;  ///< names the random draws of this attempt
  EventId timer;             ///< timeout of a server's call, pause, or the way to the server
  std::uint32_t generation = 0;
  std::uint32_t user = 0;                            ///< user; index of the probe's callback
  std::uint32_t parent = no_slot;                    ///< visit
  std::uint32_t next = no_slot, previous = no_slot;  ///< calls of the same visit
  std::uint32_t operation = 0;                       ///< index of the parent's operation, which is the call
  std::uint32_t visit = no_slot, visit_generation = 0;
  std::uint32_t attempt = 0;                ///< from 0; also how often it was redelivered
  std::uint16_t service = 0, endpoint = 0;  ///< asked for; meaningless for a backend
  std::int16_t backend = -1;
  From from = From::nowhere;
  State state = State::pausing;
  bool keeps_connection = false;  ///< gives it back to its policy when the attempt is answered
  ServerId connected_to;
};

struct Visit {
  enum class Place : std::uint8_t {
    nowhere,
    queued,   ///< for a worker
    working,  ///< on a worker, or waiting for others
  };

  SimTime arrived{};
  std::uint64_t number = 0;  ///< names the draws of its reply
  std::uint64_t luck = 0;    ///< of its first work; the others are derived from it
  EventId event;             ///< end of its work, or of its patience in the queue
  std::uint32_t call = no_slot, call_generation = 0;
  std::uint32_t generation = 0;
  std::uint32_t server = 0;       ///< index
  std::uint32_t position = 0;     ///< in its server's list
  std::uint32_t operation = 0;    ///< where it goes on when it gets a worker
  std::uint32_t calls = no_slot;  ///< first of its open calls
  std::uint16_t endpoint = 0;
  std::uint16_t branches = 0;  ///< open branches of a parallel group
  std::uint16_t process = 0;
  Place place = Place::nowhere;
  bool has_worker = false;
  bool on_cpu = false;  ///< its work is in the server's CpuShare
};

}  // namespace muster
