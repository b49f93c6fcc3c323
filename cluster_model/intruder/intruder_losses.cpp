// What the intruder loses, what of him is lost as evidence, and what of him can be seen.
#include <fmt/format.h>

#include <utility>

#include "cluster_model/intruder/intruder.hpp"

namespace muster {

namespace {

constexpr int shell_pid = 87, miner_pid = 133;

}  // namespace

/// Called inside a change of the store: writes nothing there.
void Intruder::follow(const Change& change) {
  const ObjectKey key = change.after->key();
  if (!started_) return;
  if (change.type == Change::Type::deleted) implants_.erase(key);
  if (key.kind != Kind::Pod) return;
  if (change.type == Change::Type::deleted) {
    // A process that lives on (its node is cut off) still has its memory and files.
    const std::string place = pod_place(key);
    const bool lives_on = has_foothold(change.after->meta.uid);
    if (!lives_on) parts_.evidence.destroy_all(place);
    parts_.evidence.destroy({place, EvidenceKind::manifest});
    return;
  }
  const bool touched = change.type == Change::Type::modified &&
                       (change.before->meta.labels != change.after->meta.labels ||
                        change.before->meta.deletion_at != change.after->meta.deletion_at);
  if (touched) disturbed(change.after->meta.uid);
}

/// A container begins. The log of the instance before the last is gone now; an implant that runs calls home.
void Intruder::process_started(const Process& process) {
  if (!started_) return;
  const std::string place = pod_place(process.pod) + "/" + process.container;
  const auto counted = starts_since_.find(place);
  if (counted != starts_since_.end() && ++counted->second >= 2)
    parts_.evidence.destroy({place, EvidenceKind::log});
  if (!is_implant(process.pod)) return;
  parts_.evidence.appear({pod_place(process.pod), EvidenceKind::manifest});
  if (!parts_.network.reach(pod_peer(process.pod), machine()).open()) return;
  const Processes::Key key{process.uid, process.container};
  footholds_[key] = {process.pod, place, parts_.engine.now(), true, false};
  for (const EvidenceKind kind : {EvidenceKind::memory, EvidenceKind::sockets, EvidenceKind::files})
    parts_.evidence.appear({place, kind});
  act_.start_in(SimDuration(0));
}

void Intruder::process_ended(const Process& process) {
  const auto lost = footholds_.find({process.uid, process.container});
  if (lost == footholds_.end()) return;
  parts_.evidence.destroy({lost->second.place, EvidenceKind::memory});
  parts_.evidence.destroy({lost->second.place, EvidenceKind::sockets});
  footholds_.erase(lost);
  if (session_ != 0 && session_from_ == Processes::Key{process.uid, process.container}) end_session();
}

bool Intruder::has_session() const {
  return session_ != 0 && session_carried();
}

/// The database still has it, its process lives, and the packets pass.
bool Intruder::session_carried() const {
  return parts_.vault->alive(session_url_, session_) && footholds_.contains(session_from_) &&
         !parts_.network.flows_cut(session_pod_, host_peer(parts_.vault->host_of(session_url_), 5432));
}

void Intruder::end_session() {
  parts_.vault->close(session_url_, session_);
  session_ = 0;
}

std::vector<GuestProcess> Intruder::guests(const Process& process) const {
  const auto found = footholds_.find({process.uid, process.container});
  if (found == footholds_.end() || !found->second.shell) return {};
  std::vector<GuestProcess> guests{{shell_pid, "app", "/bin/sh -i", 0, found->second.since}};
  if (session_ != 0 && session_from_ == found->first)
    guests.push_back({shell_pid + 1, "app", "pg_dump --data-only --compress=9", 12, parts_.engine.now()});
  if (found->second.miner)
    guests.push_back({miner_pid, "app", "/tmp/.x/xmrig -o pool", 98, found->second.since});
  return guests;
}

std::vector<OpenSocket> Intruder::sockets(const Process& process) const {
  const auto found = footholds_.find({process.uid, process.container});
  if (found == footholds_.end() || !found->second.shell) return {};
  const std::string own = process.object->as<Pod>().status.pod_ip;
  std::vector<OpenSocket> open{
      {own + ":48022", profile_.host + ":443", fmt::format("users:((\"sh\",pid={},fd=3))", shell_pid)}};
  if (session_ != 0 && session_from_ == found->first) {
    open.push_back({own + ":48104", parts_.vault->host_of(session_url_) + ":5432",
                    fmt::format("users:((\"pg_dump\",pid={},fd=4))", shell_pid + 1)});
  }
  return open;
}

void Intruder::read_out(const Process& process, Trace trace) {
  const std::string place = pod_place(process.pod) + "/" + process.container;
  if (trace == Trace::memory) parts_.evidence.capture({place, EvidenceKind::memory});
  if (trace == Trace::sockets) parts_.evidence.capture({place, EvidenceKind::sockets});
  if (trace == Trace::files) parts_.evidence.capture({place, EvidenceKind::files});
}

}  // namespace muster
