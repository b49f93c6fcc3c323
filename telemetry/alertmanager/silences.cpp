#include "telemetry/alertmanager/silences.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace muster::alertmanager {
namespace {

bool same_matchers(const std::vector<Matcher>& a, const std::vector<Matcher>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Matcher& left, const Matcher& right) {
    return left.kind == right.kind && left.name == right.name && left.value == right.value;
  });
}

/// silence/silence.go, validateSilence.
std::string wrong_with(const Silence& silence, SimTime now) {
  if (silence.matchers.empty()) return "silence invalid: at least one matcher required";
  const bool all_empty = std::all_of(silence.matchers.begin(), silence.matchers.end(),
                                     [](const Matcher& matcher) { return matcher.matches(""); });
  if (all_empty) return "silence invalid: at least one matcher must not match the empty string";
  if (silence.ends_at < silence.starts_at) return "silence invalid: end time must not be before start time";
  if (silence.ends_at == silence.starts_at) return "start time must not be equal to end time";
  if (silence.ends_at < now) return "end time can't be in the past";
  return {};
}

}  // namespace

const char* Silence::state(SimTime now) const {
  if (now < starts_at) return "pending";
  return now < ends_at ? "active" : "expired";
}

Silence* Silences::get(const std::string& id) {
  const auto found =
      std::find_if(silences_.begin(), silences_.end(), [&](const Silence& one) { return one.id == id; });
  return found == silences_.end() ? nullptr : &*found;
}

const Silence* Silences::find(const std::string& id) const {
  return const_cast<Silences*>(this)->get(id);
}

Result<std::string> Silences::set(Silence silence, SimTime now) {
  if (std::string wrong = wrong_with(silence, now); !wrong.empty()) return invalid_input(wrong);
  silence.updated_at = now;
  if (!silence.id.empty()) {
    Silence* known = get(silence.id);
    if (!known) return Error{ErrorCode::not_found, "silence not found", ""};
    const bool over = known->state(now) == std::string_view("expired");
    if (!over && same_matchers(known->matchers, silence.matchers)) {
      if (now >= known->starts_at) silence.starts_at = known->starts_at;  // what has begun has begun
      *known = std::move(silence);
      return known->id;
    }
    if (!over) (void)expire(silence.id, now).has_value();
  }
  silence.starts_at = std::max(silence.starts_at, now);
  // Names are random UUIDs in Alertmanager; here they are numbers in that form, the same in every run.
  silence.id = fmt::format("00000000-0000-4000-8000-{:012x}", silences_.size() + 1);
  silences_.push_back(std::move(silence));
  return silences_.back().id;
}

Result<void> Silences::expire(const std::string& id, SimTime now) {
  Silence* silence = get(id);
  if (!silence) return Error{ErrorCode::not_found, fmt::format("silence {} not found", id), ""};
  if (silence->state(now) == std::string_view("expired"))
    return invalid_input(fmt::format("silence {} already expired", id));
  silence->starts_at = std::min(silence->starts_at, now);
  silence->ends_at = silence->updated_at = now;
  return {};
}

std::vector<std::string> Silences::muting(const Labels& labels, SimTime now) const {
  std::vector<std::string> ids;
  for (const Silence& silence : silences_) {
    const bool active = silence.state(now) == std::string_view("active");
    if (active && match_all(silence.matchers, labels)) ids.push_back(silence.id);
  }
  return ids;
}

}  // namespace muster::alertmanager
