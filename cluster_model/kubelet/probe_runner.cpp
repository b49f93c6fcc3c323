#include "cluster_model/kubelet/probe_runner.hpp"

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

void ProbeRunner::attempt() {
  const bool success = callbacks_.passes();
  const ProbeCount::Verdict verdict = count_.count(success);
  if (verdict != ProbeCount::Verdict::succeeded) timer_.start_at(engine_.now() + probe_.period);
  if (!success) callbacks_.attempt_failed();
  // Last, because these may end the instance and this runner with it.
  if (verdict == ProbeCount::Verdict::succeeded) callbacks_.succeeded();
  if (verdict == ProbeCount::Verdict::failed) callbacks_.failed();
}

}  // namespace muster
