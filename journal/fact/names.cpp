#include "journal/fact/names.hpp"

#include <cstddef>

#include "sim/assert.hpp"

namespace muster {

namespace {

constexpr const char* outcomes[] = {"ok",    "client_error", "server_error", "unavailable",
                                    "reset", "timeout",      "throttled"};
constexpr const char* pod_changes[] = {"created",      "scheduled",   "unschedulable", "started",
                                       "ready",        "unready",     "exited",        "backoff",
                                       "config_error", "image_error", "terminating",   "deleted"};
constexpr const char* rollout_changes[] = {"began", "completed", "deadline_exceeded", "paused"};
constexpr const char* evidence_changes[] = {"exists", "captured", "destroyed"};
constexpr const char* desk_actions[] = {"acknowledged", "declared",   "message",  "status_update", "notified",
                                        "ticket",       "hypothesis", "resolved", "postmortem"};
constexpr const char* responder_changes[] = {"began",           "step",     "cannot_run",
                                             "needs_judgement", "finished", "failed"};

static_assert(std::size(outcomes) == outcome_count);
static_assert(std::size(pod_changes) == static_cast<std::size_t>(PodChange::deleted) + 1);
static_assert(std::size(rollout_changes) == static_cast<std::size_t>(RolloutChange::paused) + 1);
static_assert(std::size(evidence_changes) == static_cast<std::size_t>(EvidenceChange::destroyed) + 1);
static_assert(std::size(desk_actions) == static_cast<std::size_t>(DeskAction::postmortem) + 1);
static_assert(std::size(responder_changes) == static_cast<std::size_t>(ResponderChange::failed) + 1);

template <class Enum>
const char* name_of(Enum value) {
  const auto names = names_of<Enum>();
  const auto index = static_cast<std::size_t>(value);
  MUSTER_ASSERT(index < names.size(), "an enumeration holds a value outside its list");
  return names[index];
}

}  // namespace

template <>
std::span<const char* const> names_of<Outcome>() {
  return outcomes;
}
template <>
std::span<const char* const> names_of<PodChange>() {
  return pod_changes;
}
template <>
std::span<const char* const> names_of<RolloutChange>() {
  return rollout_changes;
}
template <>
std::span<const char* const> names_of<EvidenceChange>() {
  return evidence_changes;
}
template <>
std::span<const char* const> names_of<DeskAction>() {
  return desk_actions;
}
template <>
std::span<const char* const> names_of<ResponderChange>() {
  return responder_changes;
}

const char* to_string(Outcome outcome) {
  return name_of(outcome);
}
const char* to_string(PodChange change) {
  return name_of(change);
}
const char* to_string(RolloutChange change) {
  return name_of(change);
}
const char* to_string(EvidenceChange change) {
  return name_of(change);
}
const char* to_string(DeskAction action) {
  return name_of(action);
}
const char* to_string(ResponderChange change) {
  return name_of(change);
}

}  // namespace muster
