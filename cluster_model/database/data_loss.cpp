// What has been committed and is not there: told as a fact whenever it changes.
#include "cluster_model/database/database_state.hpp"

namespace muster {
namespace {

constexpr SimDuration abandoned_after = 10s;  // nobody writes to the old primary any more

}  // namespace

// Called for each acknowledged commit of the application.
void Database::State::accepted_write(Instance& server) {
  server.last_app_write = engine.now();
  if (server.index == authority) return;
  // Another server takes the product's writes. As long as the old one does too, both have what the other
  // lacks.
  const Instance& before = *instances[authority];
  const bool both = before.host_alive && before.state == ServerState::up &&
                    before.last_app_write + abandoned_after > engine.now();
  if (both) return judge_soon();
  authority = server.index;
  judge_data();
}

// Two servers that write apart lose with each commit; once a second is often enough to say so.
void Database::State::judge_soon() {
  if (judgement) return;
  const SimTime second{std::chrono::floor<std::chrono::seconds>(engine.now().time_since_epoch()) + 1s};
  judgement = engine.schedule(second, Lane::model, [this] {
    judgement = {};
    judge_data();
  });
}

bool Database::State::data_at_risk() const {
  const Instance& best = *instances[authority];
  for (const auto& server : instances) {
    if (server.get() == &best || server->standby() || server->fenced || !server->host_alive) continue;
    const bool apart =
        history.ahead(server->timeline, server->wal.commits, best.timeline, best.wal.commits) > 0 &&
        history.ahead(best.timeline, best.wal.commits, server->timeline, server->wal.commits) > 0;
    if (apart) return true;  // two servers have what the other has not
  }
  if (best.host_alive) return false;
  // Its machine is gone. Safe is what the standby has that would be promoted; a replica only where there is
  // none.
  bool copied = false;
  for (const auto& server : instances) {
    if (!server->standby() || server->upstream_link->upstream != best.index || !server->host_alive) continue;
    const bool all = history.lost(best.timeline, server->upstream_link->transport.arrived().commits) == 0;
    if (server->failover_target) return !all;
    copied = copied || all;
  }
  return !copied;
}

void Database::State::judge_data() {
  const Instance& best = *instances[authority];
  const std::uint64_t commits =
      best.standby() ? best.upstream_link->transport.arrived().commits : best.wal.commits;
  const std::uint64_t lost = history.lost(best.timeline, commits);
  const bool at_risk = data_at_risk();
  if (at_risk == said_at_risk && lost == said_lost) return;
  said_at_risk = at_risk;
  said_lost = lost;
  facts.record(engine.now(), DataFact{at_risk, lost});
}

}  // namespace muster
