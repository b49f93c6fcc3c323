#include "cluster_model/kubelet/probe_runner.hpp"

#include <algorithm>
#include <utility>

namespace muster {

SimTime first_attempt(const Probe& probe, SimTime container_start, SimDuration phase) {
  const SimDuration missing = probe.initial_delay - phase;
  const std::int64_t periods = missing > 0s ? (missing + probe.period - 1ns) / probe.period : 0;
  return container_start + phase + periods * probe.period;
}

ProbeCount::Verdict ProbeCount::count(bool success) {
  in_row_ = success == last_ ? in_row_ + 1 : 1;
  last_ = success;
  if (success) return in_row_ >= probe_.success_threshold ? Verdict::succeeded : Verdict::undecided;
  return in_row_ >= probe_.failure_threshold ? Verdict::failed : Verdict::undecided;
}

ProbeRunner::ProbeRunner(Engine& engine, const Probe& probe, Callbacks callbacks)
    : engine_(engine),
      probe_(probe),
      callbacks_(std::move(callbacks)),
      count_(probe_),
      timer_(engine, [this] { attempt(); }) {}

void ProbeRunner::wake() {
  if (!std::exchange(steady_, false)) return;
  const SimDuration passed = engine_.now() - last_begun_;
  timer_.start_at(last_begun_ + (passed / probe_.period + 1) * probe_.period);
}

void ProbeRunner::attempt() {
  last_begun_ = engine_.now();
  const std::weak_ptr<int> life = life_;
  callbacks_.attempt([this, life, begun = last_begun_](const ProbeAttempt& result) {
    if (life.lock()) take(begun, result);
  });
}

void ProbeRunner::take(SimTime begun, const ProbeAttempt& result) {
  const ProbeCount::Verdict verdict = count_.count(result.success);
  steady_ = result.steady && verdict == ProbeCount::Verdict::succeeded;
  if (!steady_) timer_.start_at(std::max(begun + probe_.period, engine_.now()));
  const bool news = verdict != ProbeCount::Verdict::undecided && verdict != verdict_;
  if (news) verdict_ = verdict;
  // The callbacks may end the instance and this runner with it.
  const std::weak_ptr<int> life = life_;
  if (!result.success) callbacks_.attempt_failed(result.problem);
  if (!news || !life.lock()) return;
  const std::function<void()> tell =
      verdict == ProbeCount::Verdict::succeeded ? callbacks_.succeeded : callbacks_.failed;
  tell();
}

}  // namespace muster
