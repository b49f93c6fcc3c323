#include "cluster_model/agents/agents.hpp"

#include <algorithm>

namespace muster {

Agents::Agents(Engine& engine, FactSink& facts, ObjectStore& store, ContainerLogs& logs, NodeDisks& disks,
               Processes& processes, const std::vector<AgentProfile>& profiles, std::uint64_t seed)
    : worktrees_(engine, seed), context_{engine, facts, logs, disks, worktrees_, seed} {
  for (const AgentProfile& profile : profiles)
    types_.push_back(std::make_unique<AgentType>(context_, profile));
  if (types_.empty()) return;
  worktrees_.on_gone([this](const WorktreePlace& place, const std::string& path) {
    for (const auto& type : types_) type->gone(place, path);
  });
  processes.subscribe(
      [this](const Process& process) {
        for (const auto& type : types_) {
          if (type->runs_in(process)) type->process_started(process);
        }
      },
      [this](const Process& process, ProcessEnd how) {
        for (const auto& type : types_) {
          if (type->runs_in(process)) type->process_ended(process, how);
        }
        if (process.detached) worktrees_.forget("pod/" + process.uid);
      });
  store.subscribe([this, &processes](const Change& change) {
    if (change.type != Change::Type::deleted || change.after->key().kind != Kind::Pod) return;
    const std::string& uid = change.after->meta.uid;
    const auto process = processes.all().lower_bound({uid, {}});
    const bool lives_on = process != processes.all().end() && process->first.first == uid;
    if (!lives_on) return worktrees_.forget("pod/" + uid);
    for (const auto& type : types_) {
      if (type->runs_in(process->second)) type->process_detached(process->second);
    }
  });
}

void Agents::start() {
  for (const auto& type : types_) type->start();
}

WorktreePlace* Agents::place_of(const Process& process) {
  for (const auto& type : types_) {
    if (WorktreePlace* place = type->place_of(process)) return place;
  }
  return nullptr;
}

bool Agents::active(const WorktreePlace& place, const std::string& path) const {
  return std::any_of(types_.begin(), types_.end(),
                     [&](const auto& type) { return type->active(place.name, path); });
}

void Agents::check_invariants() const {
  for (const auto& type : types_) type->check_invariants();
}

}  // namespace muster
