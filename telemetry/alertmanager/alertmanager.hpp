// Alertmanager in virtual time: routes, groups, inhibits, silences and repeats what the rules say is firing,
// and tells receivers (prometheus/alertmanager dispatch/dispatch.go, notify/notify.go, inhibit/inhibit.go).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "telemetry/alertmanager/config.hpp"
#include "telemetry/alertmanager/silences.hpp"
#include "telemetry/alerts.hpp"

namespace muster::alertmanager {

/// What a receiver is told of one group at one moment.
struct Notification {
  SimTime at{};
  std::string receiver;
  bool pages = false;  ///< the receiver wakes people, and there is something that fires
  Labels group_labels;
  std::vector<std::string> alerts;  ///< names of all that fire and are not muted; sorted, unique
  std::size_t firing = 0, resolved = 0;
  std::string priority;  ///< highest of label `priority`: "P0" above "P1"; empty if none has one
};

/// An alert that fires, and why nobody hears of it.
struct HeldAlert {
  Labels labels, annotations;
  SimTime starts_at{}, updated_at{};
  std::vector<std::string> receivers, silenced_by, inhibited_by;
  bool active() const { return silenced_by.empty() && inhibited_by.empty(); }
};

class Alertmanager {
 public:
  explicit Alertmanager(Config config = pager_for_critical());

  /// The rules' changes at `at`; pending alerts mean nothing here.
  void take(const std::vector<AlertChange>& changes, SimTime at);
  /// What goes out until `at`; call it at next() or later. In order of time, then of groups.
  std::vector<Notification> due(SimTime at);
  /// When due() may next have something to say; sim_never while no group waits.
  SimTime next() const;

  const Config& config() const { return config_; }
  Silences& silences() { return silences_; }
  const Silences& silences() const { return silences_; }
  /// Sorted by labels.
  std::vector<HeldAlert> alerts(SimTime now) const;

 private:
  struct Alert {
    Labels annotations;
    SimTime starts_at{}, updated_at{};
    bool resolved = false;
  };
  struct Group {
    const Route* route = nullptr;
    Labels labels;
    SimTime flush_at{};
    std::map<Labels, Alert> alerts;
  };
  /// What a receiver was last told of a group (nflog).
  struct Told {
    SimTime at{};
    std::set<Labels> firing, resolved;
  };
  using GroupKey = std::pair<std::size_t, Labels>;  ///< [route, group labels]

  void join_groups(const Labels& labels, const Alert& alert, SimTime at);
  void flush(const GroupKey& key, Group& group, std::vector<Notification>& out);
  bool must_tell(const Told* told, const std::set<Labels>& firing, const std::set<Labels>& resolved,
                 const Group& group) const;
  std::vector<std::string> inhibiting(const Labels& labels) const;
  std::size_t number_of(const Route* route) const;

  Config config_;
  std::vector<const Route*> numbered_;  // depth first
  Silences silences_;
  std::map<Labels, Alert> firing_;  // all that fire
  std::map<GroupKey, Group> groups_;
  std::map<GroupKey, Told> told_;
};

/// The labels of an alert in one number, as Alertmanager's fingerprints name alerts: 16 hexadecimal digits.
std::string fingerprint(const Labels& labels);

}  // namespace muster::alertmanager
