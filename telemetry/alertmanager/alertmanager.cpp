#include "telemetry/alertmanager/alertmanager.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/assert.hpp"
#include "telemetry/promql/label_pool.hpp"

namespace muster::alertmanager {
namespace {

void number_routes(const Route& route, std::vector<const Route*>& out) {
  out.push_back(&route);
  for (const Route& child : route.routes) number_routes(child, out);
}

Labels group_labels(const Route& route, const Labels& labels) {
  if (route.group_by_all) return labels;
  Labels group;
  for (const std::string& name : route.group_by) {
    const std::string_view value = promql::label_value(labels, name);
    if (!value.empty()) group.emplace_back(name, value);
  }
  return group;
}

bool subset(const std::set<Labels>& some, const std::set<Labels>& of) {
  return std::includes(of.begin(), of.end(), some.begin(), some.end());
}

}  // namespace

std::string fingerprint(const Labels& labels) {
  std::uint64_t hash = 14695981039346656037ull;  // FNV-1a, as prometheus/common model/fnv.go
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    hash = (hash ^ 255) * 1099511628211ull;
  };
  for (const auto& [name, value] : labels) {
    add(name);
    add(value);
  }
  return fmt::format("{:016x}", hash);
}

Alertmanager::Alertmanager(Config config) : config_(std::move(config)) {
  number_routes(config_.route, numbered_);
}

std::size_t Alertmanager::number_of(const Route* route) const {
  const auto found = std::find(numbered_.begin(), numbered_.end(), route);
  MUSTER_ASSERT(found != numbered_.end(), "a route of another tree");
  return static_cast<std::size_t>(found - numbered_.begin());
}

void Alertmanager::take(const std::vector<AlertChange>& changes, SimTime at) {
  for (const AlertChange& change : changes) {
    if (change.state == "firing") {
      const Alert alert{change.annotations, at, at, false};
      firing_[change.labels] = alert;
      join_groups(change.labels, alert, at);
    } else if (change.state == "resolved") {
      firing_.erase(change.labels);
      for (auto& [key, group] : groups_) {
        const auto known = group.alerts.find(change.labels);
        if (known == group.alerts.end()) continue;
        known->second.resolved = true;
        known->second.updated_at = at;
      }
    }
  }
}

/// A new group waits for others that belong to it; one that is there has its own rhythm.
void Alertmanager::join_groups(const Labels& labels, const Alert& alert, SimTime at) {
  for (const Route* route : routes_of(config_.route, labels)) {
    if (!config_.receiver(route->receiver).reaches) continue;
    const GroupKey key{number_of(route), group_labels(*route, labels)};
    const auto [entry, fresh] = groups_.try_emplace(key);
    Group& group = entry->second;
    if (fresh) {
      group.route = route;
      group.labels = key.second;
      group.flush_at = at + route->group_wait;
    }
    group.alerts[labels] = alert;
  }
}

SimTime Alertmanager::next() const {
  SimTime first = sim_never;
  for (const auto& [key, group] : groups_) first = std::min(first, group.flush_at);
  return first;
}

std::vector<Notification> Alertmanager::due(SimTime at) {
  std::vector<Notification> out;
  for (SimTime next_flush = next(); next_flush <= at; next_flush = next()) {
    for (auto entry = groups_.begin(); entry != groups_.end();) {
      Group& group = entry->second;
      if (group.flush_at == next_flush) flush(entry->first, group, out);
      entry = group.alerts.empty() ? groups_.erase(entry) : std::next(entry);
    }
  }
  return out;
}

/// inhibit/inhibit.go: a firing source with the same `equal` labels mutes the target; what is both source and
/// target of a rule is not muted by another such alert.
std::vector<std::string> Alertmanager::inhibiting(const Labels& labels) const {
  std::vector<std::string> by;
  for (const InhibitRule& rule : config_.inhibit_rules) {
    if (!match_all(rule.target, labels)) continue;
    const bool both = match_all(rule.source, labels);
    for (const auto& [source, alert] : firing_) {
      if (!match_all(rule.source, source) || (both && match_all(rule.target, source))) continue;
      const bool equal = std::all_of(rule.equal.begin(), rule.equal.end(), [&](const std::string& name) {
        return promql::label_value(source, name) == promql::label_value(labels, name);
      });
      if (equal) by.push_back(fingerprint(source));
    }
  }
  return by;
}

/// notify/notify.go, DedupStage.needsUpdate. A pager hears nothing of what is over.
bool Alertmanager::must_tell(const Told* told, const std::set<Labels>& firing,
                             const std::set<Labels>& resolved, const Group& group) const {
  if (!told) return !firing.empty();
  if (!subset(firing, told->firing)) return true;
  if (firing.empty()) return !told->firing.empty();
  const bool pages = config_.receiver(group.route->receiver).pages;
  if (!pages && !subset(resolved, told->resolved)) return true;
  return told->at < group.flush_at - group.route->repeat_interval;
}

void Alertmanager::flush(const GroupKey& key, Group& group, std::vector<Notification>& out) {
  const SimTime now = group.flush_at;
  std::set<Labels> firing, resolved;
  std::set<std::string> names;
  Notification note;
  for (const auto& [labels, alert] : group.alerts) {
    if (!silences_.muting(labels, now).empty() || !inhibiting(labels).empty()) continue;
    (alert.resolved ? resolved : firing).insert(labels);
    if (alert.resolved) continue;
    names.emplace(promql::label_value(labels, "alertname"));
    const std::string priority(promql::label_value(labels, "priority"));
    if (!priority.empty() && (note.priority.empty() || priority < note.priority)) note.priority = priority;
  }
  const auto told = told_.find(key);
  if (must_tell(told == told_.end() ? nullptr : &told->second, firing, resolved, group)) {
    note.at = now;
    note.receiver = group.route->receiver;
    note.pages = !firing.empty() && config_.receiver(note.receiver).pages;
    note.group_labels = group.labels;
    note.alerts.assign(names.begin(), names.end());
    note.firing = firing.size();
    note.resolved = resolved.size();
    out.push_back(std::move(note));
    told_[key] = {now, std::move(firing), std::move(resolved)};
  }
  std::erase_if(group.alerts, [](const auto& entry) { return entry.second.resolved; });
  group.flush_at = now + group.route->group_interval;
}

std::vector<HeldAlert> Alertmanager::alerts(SimTime now) const {
  std::vector<HeldAlert> all;
  for (const auto& [labels, alert] : firing_) {
    HeldAlert held{labels, alert.annotations, alert.starts_at, alert.updated_at, {}, {}, {}};
    for (const Route* route : routes_of(config_.route, labels)) held.receivers.push_back(route->receiver);
    held.silenced_by = silences_.muting(labels, now);
    held.inhibited_by = inhibiting(labels);
    all.push_back(std::move(held));
  }
  return all;
}

}  // namespace muster::alertmanager
