// The write-ahead log: disk, checkpoints, and the way to the standbys.
#include <algorithm>

#include "cluster_model/database/database_state.hpp"

namespace muster {

std::int64_t Database::State::log_kept(const Instance& server) const {
  const std::int64_t written = server.wal.bytes - server.redo_from_before;
  std::int64_t kept = std::min(written, server.settings.max_wal_size);
  for (const auto& other : instances) {  // a replication slot keeps what its standby has not got
    if (other->standby() && other->upstream_link->upstream == server.index)
      kept = std::max(kept, server.wal.bytes - other->upstream_link->transport.arrived().bytes);
  }
  return kept;
}

std::int64_t Database::State::used_bytes(const Instance& server) const {
  return std::min(server.disk_bytes, server.data_bytes + server.other_bytes + log_kept(server));
}

bool Database::State::write_log(Instance& server, std::int64_t bytes) {
  if (server.disk_full) return false;
  server.wal.bytes += bytes;
  ++server.wal.commits;
  server.wal.written = engine.now();
  const bool due = server.wal.bytes - server.redo_from >= server.settings.max_wal_size ||
                   engine.now() - server.checkpoint_at >= server.settings.checkpoint_timeout;
  if (due) {
    server.redo_from_before = server.redo_from;
    server.redo_from = server.wal.bytes;
    server.checkpoint_at = engine.now();
  }
  for (const auto& other : instances) {
    if (!other->standby() || other->upstream_link->upstream != server.index) continue;
    other->upstream_link->transport.push(engine.now(), server.wal);
    catch_up(*other);
  }
  if ((server.wal.commits & 63) != 0) return true;  // the disk fills slowly; a look now and then is enough
  server.disk_full = server.data_bytes + server.other_bytes + log_kept(server) >= server.disk_bytes;
  return !server.disk_full;
}

void Database::State::catch_up(Instance& standby) const {
  Standby& link = *standby.upstream_link;
  if (standby.host_alive) link.transport.advance(engine.now(), &link.apply);
  link.apply.advance(engine.now());
}

double Database::State::replay_lag_seconds(Instance& standby) const {
  catch_up(standby);
  const Standby& link = *standby.upstream_link;
  if (link.apply.arrived().commits >= instances[link.upstream]->wal.commits) return 0;
  // now() - pg_last_xact_replay_timestamp(), as every exporter computes it
  return seconds_of(engine.now() - link.apply.arrived().written);
}

Instance* Database::State::synchronous_standby(const Instance& server) const {
  for (const auto& other : instances) {
    const bool mine = other->standby() && other->upstream_link->upstream == server.index;
    if (mine && other->upstream_link->synchronous) return other.get();
  }
  return nullptr;
}

void Database::State::retry_commits() {
  for (std::uint32_t slot = 0; slot < calls.size(); ++slot) {
    if (calls[slot].stage != Stage::committing || calls[slot].token == 0 || calls[slot].session == no_index)
      continue;
    if (calls[slot].event) engine.cancel(calls[slot].event);
    calls[slot].event = {};
    confirm_commit(slot);
  }
}

}  // namespace muster
