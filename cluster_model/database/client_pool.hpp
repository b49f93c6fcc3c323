// The connection pool inside one process of the application (SQLAlchemy's QueuePool: `size` connections are
// kept, `overflow` more are opened and closed again, who finds none free waits in line). Private to
// cluster_model/database/.
#pragma once

#include <optional>
#include <string>

#include "cluster_model/database/connection_url.hpp"
#include "cluster_model/database/session.hpp"
#include "cluster_model/traffic/ring_queue.hpp"

namespace muster {
inline namespace postgres {  // short names of this folder alone

struct ClientPool {
  struct Waiting {
    std::uint32_t call = no_index, generation = 0;
    SimTime due{};
  };

  std::uint32_t generation = 0;
  std::optional<ConnectionUrl> target;  ///< nullopt: the URL cannot be read
  std::uint16_t user = 0, application = 0;
  std::uint32_t server = no_index;  ///< index in State::clients
  int size = 5, overflow = 10;
  int total = 0;                  ///< connections open or being opened
  RingQueue<std::uint32_t> idle;  ///< sessions; the one that rested longest first (queue, not stack)
  RingQueue<Waiting> waiting;     ///< entries of calls that gave up are skipped
  int waiters = 0;                ///< that still wait
  EventId timer;                  ///< of the first in line
  SimTime invalid_before = SimTime::min();  ///< connections that began earlier are replaced before use
  std::uint32_t cached_address = no_index;
  SimTime cached_until = SimTime::min();
  std::uint64_t checkouts = 0, timeouts = 0, errors = 0;
};

}  // namespace postgres
}  // namespace muster
