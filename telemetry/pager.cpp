#include <algorithm>
#include <set>

#include "telemetry/alerts.hpp"

namespace muster {

namespace {

std::string value_of(const Labels& labels, std::string_view name) {
  for (const auto& [key, value] : labels)
    if (key == name) return value;
  return {};
}

}  // namespace

Pager::Pager(SimDuration group_wait, SimDuration group_interval)
    : group_wait_(group_wait), group_interval_(group_interval) {}

bool Pager::waiting() const {
  return std::any_of(firing_.begin(), firing_.end(), [](const auto& entry) { return !entry.second.paged; });
}

void Pager::take(const std::vector<AlertChange>& changes, SimTime at) {
  for (const AlertChange& change : changes) {
    if (change.state == "resolved") {
      firing_.erase(change.labels);
    } else if (change.state == "firing" && value_of(change.labels, "severity") == "critical") {
      firing_.emplace(change.labels, Firing{change.alert, value_of(change.labels, "priority"), false});
    }
  }
  if (firing_.empty()) paged_before_ = false;
  if (!waiting()) {
    next_ = sim_never;
  } else if (next_ == sim_never) {
    next_ = at + group_wait_;
    if (paged_before_) next_ = std::max(next_, last_ + group_interval_);
  }
}

std::vector<Pager::Page> Pager::due(SimTime at) {
  if (at < next_ || !waiting()) return {};
  Page page;
  page.number = ++number_;
  page.at = at;
  std::set<std::string> names;
  for (auto& [labels, firing] : firing_) {
    names.insert(firing.alert);
    firing.paged = true;
    const bool higher =
        !firing.priority.empty() && (page.priority.empty() || firing.priority < page.priority);
    if (higher) page.priority = firing.priority;
  }
  page.alerts.assign(names.begin(), names.end());
  next_ = sim_never;
  last_ = at;
  paged_before_ = true;
  return {page};
}

}  // namespace muster
