// Who is the primary, and how another becomes it.
#include <algorithm>

#include "cluster_model/database/database_state.hpp"

namespace muster {

bool Database::State::primary_answers() const {
  const Instance& primary = *instances[endpoint_owner];
  return primary.host_alive && primary.state == ServerState::up;
}

// A heartbeat each second; after `detect` without one the service acts. Told of each change of a server's
// state.
void Database::State::watch_primary() {
  if (primary_answers()) {
    if (missed) engine.cancel(missed);
    missed = {};
    return;
  }
  if (missed || !profile.failover.automatic || !failover_candidate()) return;
  const SimTime heartbeat{std::chrono::ceil<std::chrono::seconds>(engine.now().time_since_epoch())};
  missed = engine.schedule(heartbeat + profile.failover.detect, Lane::model, [this] {
    missed = {};
    primary_missed();
  });
}

void Database::State::primary_missed() {
  if (automation_broken) {
    operations.failed("FAILOVER", instances[endpoint_owner]->name, "service", engine.now(),
                      "The standby could not be promoted automatically (INTERNAL_ERROR).");
    return;
  }
  const Result<std::uint64_t> begun = begin_failover("service");
  static_cast<void>(begun);  // refused only while another operation runs, which will move the endpoint itself
}

Instance* Database::State::failover_candidate() {
  for (const auto& server : instances) {
    const bool follows = server->standby() && server->upstream_link->upstream == endpoint_owner;
    if (follows && server->failover_target && server->host_alive && server->state == ServerState::up)
      return server.get();
  }
  return nullptr;
}

Result<std::uint64_t> Database::State::begin_failover(const std::string& by) {
  Instance& primary = *instances[endpoint_owner];
  Instance* standby = failover_candidate();
  if (!standby) return Error{ErrorCode::conflict, "The instance has no standby that could take over.", {}};
  if (operations.busy(primary.name))
    return Error{
        ErrorCode::conflict,
        "Operation failed because another operation was already in progress. Try your request after the "
        "current operation is complete.",
        {}};
  const std::uint64_t number = operations.begin("FAILOVER", primary.name, by, engine.now());
  const bool breaks = by == "service" ? automation_broken : manual_broken;
  const auto words = luck.block(drawn++);
  const SimDuration takes = profile.failover.takes.draw(unit_interval(words[0]));
  const std::uint32_t old = primary.index, heir = standby->index;
  if (!breaks) {
    // An orderly stop sends the rest of the log before it ends; one that does not answer is cut off its disk.
    if (primary.host_alive && primary.state == ServerState::up) {
      shut_down(primary);
    } else if (primary.host_alive) {
      enter(primary, ServerState::stopped);
    }
    primary.fenced = true;
  }
  const auto at = engine.now() + takes;
  steps.at(at, [this, number, old, heir, breaks] { end_failover(number, old, heir, breaks); });
  return number;
}

void Database::State::end_failover(std::uint64_t number, std::uint32_t old, std::uint32_t heir, bool breaks) {
  Instance& standby = *instances[heir];
  if (breaks || !standby.host_alive || standby.state != ServerState::up || !standby.standby()) {
    if (!breaks) instances[old]->fenced = false;
    if (!breaks && instances[old]->host_alive) start(*instances[old]);
    return operations.end(number, engine.now(), "The standby could not be promoted (INTERNAL_ERROR).");
  }
  catch_up(standby);
  // Redo of what has been received comes first: a standby that lags is promoted later.
  const SimTime replayed = standby.upstream_link->apply.drained_at(engine.now());
  if (replayed > engine.now() && replayed != sim_never) {
    steps.at(replayed, [this, number, old, heir] { end_failover(number, old, heir, false); });
    return;
  }
  promote(standby);
  move_endpoint(standby);
  operations.end(number, engine.now(), "");
  rebuild(old, heir);
}

/// The standby becomes a server of its own: a timeline that forks at what it has received.
void Database::State::promote(Instance& standby) {
  catch_up(standby);
  const Standby& link = *standby.upstream_link;
  const Timeline parent = instances[link.upstream]->timeline;
  standby.wal = link.transport.arrived();
  standby.redo_from = standby.redo_from_before = standby.wal.bytes;
  standby.checkpoint_at = engine.now();
  standby.timeline = history.fork(parent, standby.wal.commits, engine.now());
  standby.upstream_link.reset();
  print(standby, "LOG", "received promote request");
  print(standby, "LOG", "selected new timeline ID: " + std::to_string(standby.timeline + 1));
  print(standby, "LOG", "archive recovery complete");
  print(standby, "LOG", "database system is ready to accept connections");
  cool(standby);
  retry_commits();
  judge_data();
}

void Database::State::move_endpoint(Instance& to) {
  endpoint_owner = to.index;
  authority = to.index;
  // The other standbys follow the new primary: its log is a continuation of what they have, or they are
  // copied anew.
  for (const auto& other : instances)
    if (other->standby() && other->upstream_link->upstream != to.index) attach(*other, to);
  watch_primary();
  judge_data();
}

void Database::State::attach(Instance& standby, const Instance& upstream) {
  if (!standby.standby())
    standby.upstream_link =
        std::make_unique<Standby>(Standby{no_index,
                                          standby.wants_synchronous,
                                          {profile.replication_bytes_per_second, profile.round_trip / 2},
                                          {profile.apply_bytes_per_second, SimDuration{}}});
  Standby& link = *standby.upstream_link;
  link.upstream = upstream.index;
  link.transport.restart(engine.now(), upstream.wal);
  link.apply.restart(engine.now(), upstream.wal);
  standby.timeline = upstream.timeline;
}

void Database::State::cut_link(Instance& standby) {
  catch_up(standby);
  Standby& link = *standby.upstream_link;
  link.transport.restart(engine.now(), link.transport.arrived());
  link.transport.set_rate(engine.now(), 0);
}

// The connection is there again: the standby asks for everything from where it stands.
void Database::State::resume_link(Instance& standby) {
  Standby& link = *standby.upstream_link;
  if (!standby.host_alive || !instances[link.upstream]->host_alive) return;
  link.transport.set_rate(engine.now(), profile.replication_bytes_per_second, &link.apply);
  if (link.transport.sent().commits < instances[link.upstream]->wal.commits)
    link.transport.push(engine.now(), instances[link.upstream]->wal);
  retry_commits();
}

void Database::State::rebuild(std::uint32_t old, std::uint32_t primary) {
  const auto words = luck.block(drawn++);
  const double copy = static_cast<double>(instances[old]->data_bytes) / profile.replication_bytes_per_second;
  const SimTime done =
      engine.now() + profile.failover.rebuild.draw(unit_interval(words[0])) + duration_from_seconds(copy);
  steps.at(done, [this, old, primary] {
    Instance& again = *instances[old];
    if (!again.fenced || endpoint_owner != primary) return;
    again.fenced = false;
    again.host_alive = true;  // the service takes another machine if it must
    again.disk_full = false;
    again.other_bytes = 0;
    attach(again, *instances[primary]);
    enter(again, ServerState::starting);
    came_up(again);
  });
}

}  // namespace muster
