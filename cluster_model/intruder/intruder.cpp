#include "cluster_model/intruder/intruder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/random.hpp"

namespace muster {

namespace {

struct StepWords {
  const char* name;
  SimDuration least, most;  // of the dwell before it: geometric mean is the mean of an exponential
};

// [IntruderStep]; dwells in minutes are our assumption, so that the whole chain takes about what a cloud
// attack takes from reconnaissance to completion: 10 min at the fastest (Sysdig 2023 Global Cloud Threat
// Report).
constexpr std::array<StepWords, 8> steps{{{"initial access", 0s, 0s},
                                          {"execution", 1min, 3min},
                                          {"discovery", 1min, 5min},
                                          {"credential access", 1min, 5min},
                                          {"lateral movement", 5min, 30min},
                                          {"persistence", 5min, 30min},
                                          {"exfiltration", 5min, 30min},
                                          {"impact", 5min, 60min}}};

/// Between two tries to get back in, or to see whether things still work; our assumption.
constexpr SimDuration retry = 3min;
constexpr SimDuration look_every = 10s;
constexpr SimDuration in_a_hurry = 10s;

const StepWords& words_of(IntruderStep step) {
  return steps[static_cast<std::size_t>(step)];
}

IntruderStep after(IntruderStep step) {
  return static_cast<IntruderStep>(static_cast<int>(step) + 1);
}

}  // namespace

const char* to_string(IntruderStep step) {
  return words_of(step).name;
}

Intruder::Intruder(IntruderParts parts, const IntruderProfile& profile, std::uint64_t seed)
    : parts_(std::move(parts)),
      profile_(profile),
      seed_(seed),
      act_(parts_.engine, [this] { act(); }),
      look_(parts_.engine, [this] {
        look_.start_in(look_every);
        refresh();
      }) {
  parts_.processes.subscribe([this](const Process& process) { process_started(process); },
                             [this](const Process& process, ProcessEnd) { process_ended(process); });
  parts_.store.subscribe([this](const Change& change) { follow(change); });
}

void Intruder::start(const std::string& home, const std::string& target, double speed) {
  namespace_ = home;
  target_ = target;
  speed_ = speed;
  if (started_) return;
  started_ = true;
  act_.start_in(SimDuration(0));
  look_.start_in(look_every);
}

double Intruder::luck(const char* purpose, std::uint64_t index) const {
  return unit_interval(RandomStream(seed_, "intruder", purpose).at(index));
}

/// Exponential, with the middle of the step's range as its mean.
SimDuration Intruder::dwell(IntruderStep step) const {
  const StepWords& words = words_of(step);
  return (words.least + words.most) / 2;
}

void Intruder::schedule(SimDuration mean) {
  if (hurried_ && reached_ < IntruderStep::impact) return act_.start_in(in_a_hurry);
  const double seconds = exponential(luck_once("dwell"), seconds_of(mean)) / speed_;
  act_.start_in(duration_from_seconds(seconds));
}

/// A foothold that still hears from the intruder's machine.
const Processes::Key* Intruder::controlled() const {
  for (const auto& [key, foothold] : footholds_) {
    if (!parts_.network.flows_cut(pod_peer(foothold.pod), machine())) return &key;
  }
  return nullptr;
}

void Intruder::act() {
  refresh();
  const Processes::Key* from = controlled();
  if (!from) {
    if (!enter()) return schedule(retry);
    reached_ = std::max(reached_, IntruderStep::access);
    next_ = std::max(next_, IntruderStep::execution);
    refresh();
    return schedule(dwell(IntruderStep::execution));
  }
  const Processes::Key key = *from;
  const IntruderStep step = due(footholds_.at(key));
  const bool done = perform(step, key);
  if (done) reached_ = std::max(reached_, step);
  if (done && step == next_ && step != IntruderStep::impact) next_ = after(step);
  const bool routine = done && step <= next_ && reached_ != IntruderStep::impact && !credential_failed_;
  refresh();
  schedule(routine ? dwell(next_) : retry);
}

/// What he does next: first what he needs to go on at all, then the next step of the chain.
IntruderStep Intruder::due(const Foothold& foothold) const {
  if (!foothold.shell) return IntruderStep::execution;
  if (hurried_ && reached_ < IntruderStep::impact) return IntruderStep::impact;
  if (next_ > IntruderStep::credentials && credential_failed_) return IntruderStep::credentials;
  if (next_ > IntruderStep::persistence && !has_own_pod() && may("create pods")) return IntruderStep::lateral;
  const bool lost_session = next_ > IntruderStep::collection && !has_session() && !stolen_.empty();
  return lost_session ? IntruderStep::collection : next_;
}

/// False: it did not work out, and he will try again.
bool Intruder::perform(IntruderStep step, const Processes::Key& from) {
  switch (step) {
    case IntruderStep::access:
      break;
    case IntruderStep::execution:
      execute(from);
      break;
    case IntruderStep::discovery:
      discover(from);
      break;
    case IntruderStep::credentials:
      steal(from);
      return !credential_failed_;
    case IntruderStep::lateral:
      spread(from);
      break;
    case IntruderStep::persistence:
      persist(from);
      break;
    case IntruderStep::collection:
      return collect(from);
    case IntruderStep::impact:
      ruin();
      break;
  }
  return true;
}

void Intruder::refresh() {
  if (!started_) return;
  if (session_ != 0) rows_ += profile_.rows_per_second * seconds_of(parts_.engine.now() - rows_until_);
  rows_until_ = parts_.engine.now();
  if (session_ != 0 && !session_carried()) {
    end_session();
    schedule(retry);
  }
  active_ = !footholds_.empty() || has_session() || credential_works() || !implants_.empty();
  tell();
}

void Intruder::tell() {
  const std::string words = active_ ? to_string(reached_) : "contained";
  if (words == told_ || (told_.empty() && !active_)) return;
  told_ = words;
  parts_.facts.record(parts_.engine.now(), IntruderFact{active_, words});
}

bool Intruder::credential_works() const {
  return parts_.vault && !stolen_.empty() && parts_.vault->accepts(stolen_);
}

bool Intruder::has_foothold(const std::string& pod_uid) const {
  const auto at = footholds_.lower_bound({pod_uid, {}});
  return at != footholds_.end() && at->first.first == pod_uid;
}

/// He sees that somebody is after him, and may grab what he can.
void Intruder::disturbed(const std::string& pod_uid) {
  if (!has_foothold(pod_uid) || hurried_ || reached_ == IntruderStep::impact) return;
  if (luck_once("tip-off") >= profile_.tip_off_probability) return;
  hurried_ = true;
  act_.start_in(in_a_hurry);
}

}  // namespace muster
