#include "cluster_model/kubelet/container_worker.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/defaults.hpp"
#include "sim/random.hpp"

namespace muster {

ContainerWorker::ContainerWorker(PodHost& host, const Container& spec, bool init)
    : host_(host),
      spec_(spec),
      init_(init),
      entity_(fmt::format("pod/{}/{}/{}", host.key.namespace_, host.key.name, spec_.name)),
      // The step may set the next one, so a copy runs.
      next_(host.context.engine,
            [this] {
              const std::function<void()> step = step_;
              step();
            }),
      show_(host.context.engine,
            [this] {
              const std::function<void()> step = show_step_;
              step();
            }),
      end_(host.context.engine,
           [this] {
             if (stopping_) {
               end_instance(listening_ ? 0 : 143, listening_ ? "Completed" : "Error");
             } else if (plan_.exits) {
               end_instance(plan_.exit_code, plan_.exit_code == 0 ? "Completed" : "Error");
             } else {
               listen();
             }
           }),
      kill_(host.context.engine, [this] { end_instance(137, "Error"); }),
      oom_(host.context.engine, [this] { end_instance(137, "OOMKilled"); }) {
  status_.name = spec_.name;
  status_.image = spec_.image;
  wait_with(host.spec().init_containers.empty() ? "ContainerCreating" : "PodInitializing", {});
}

ContainerWorker::~ContainerWorker() {
  for (const auto& [service, server] : servers_) host_.context.requests.kill_server(server);
}

void ContainerWorker::begin() {
  try_start();
}

void ContainerWorker::terminate(SimTime kill_at) {
  ending_ = true;
  if (status_.state.phase == ContainerState::Phase::running) {
    if (!stopping_) event("Killing", fmt::format("Stopping container {}", spec_.name));
    return stop(kill_at);
  }
  next_.stop();
  show_.stop();
  done_ = true;
}

void ContainerWorker::lose_power() {
  next_.stop();
  show_.stop();
  end_.stop();
  kill_.stop();
  oom_.stop();
  startup_.reset();
  readiness_.reset();
  liveness_.reset();
  host_.spent(cpu_seconds());
  for (const auto& [service, server] : servers_) host_.context.requests.kill_server(server, Death::silent);
  servers_.clear();
  listening_ = stopping_ = false;
  if (status_.state.phase != ContainerState::Phase::running) return;
  status_.state.phase = ContainerState::Phase::terminated;
  status_.state.reason = "Unknown";  // what containerd reports of a task that it finds gone
  status_.state.exit_code = 255;
  status_.state.finished_at = host_.context.engine.now();
  status_.ready = status_.started = false;
  tell(PodChange::exited, "Unknown", 255);
}

void ContainerWorker::reboot() {
  crash_entry_ = pull_entry_ = {};  // the kubelet remembers back-offs in memory only
  const bool again = host_.spec().restart_policy != "Never" || instances_ == 0;
  done_ = done_ || ending_ || !again;
}

void ContainerWorker::replace_image(const std::string& image) {
  spec_.image = image;
  status_.image = image;
  pull_entry_ = {};
  const bool wants_image =
      status_.state.reason == "ErrImagePull" || status_.state.reason == "ImagePullBackOff";
  if (wants_image && !ending_) {
    show_.stop();
    next_at(host_.context.engine.now(), [this] { try_start(); });
  }
  if (status_.state.phase != ContainerState::Phase::running) return;
  event("Killing", fmt::format("Container {} definition changed, will be restarted", spec_.name));
  stop(host_.context.engine.now() + host_.spec().termination_grace);
}

bool ContainerWorker::is_application() const {
  if (!host_.app || init_) return false;
  const std::string& named = host_.app->container;
  return named.empty() ? spec_.name == host_.spec().containers.front().name : spec_.name == named;
}

double ContainerWorker::luck(const char* purpose, std::uint64_t index) const {
  return unit_interval(RandomStream(host_.context.seed, entity_, purpose).at(index));
}

SimDuration ContainerWorker::retry_delay() {
  const double jitter = defaults::kubelet_retry_jitter * luck("retry", retries_++);
  return defaults::kubelet_retry + duration_from_seconds(seconds_of(defaults::kubelet_retry) * jitter);
}

void ContainerWorker::tell(PodChange change, const std::string& reason, int exit_code) {
  host_.context.facts.record(host_.context.engine.now(),
                             PodFact{host_.key.namespace_, host_.key.name, change, spec_.image, host_.node,
                                     reason, exit_code, status_.restarts});
}

void ContainerWorker::event(const char* reason, const std::string& message) {
  if (!host_.online()) return;
  host_.context.events.normal(*host_.object, {"kubelet", host_.node}, reason, message, spec_.name);
}

void ContainerWorker::warn(const char* reason, const std::string& message) {
  if (!host_.online()) return;
  host_.context.events.warning(*host_.object, {"kubelet", host_.node}, reason, message, spec_.name);
}

void ContainerWorker::wait_with(const char* reason, std::string message) {
  if (status_.state.phase == ContainerState::Phase::terminated) status_.last_state = status_.state;
  status_.state = {};
  status_.state.phase = ContainerState::Phase::waiting;
  status_.state.reason = reason;
  status_.state.message = std::move(message);
  status_.ready = status_.started = false;
}

void ContainerWorker::next_at(SimTime at, std::function<void()> step) {
  step_ = std::move(step);
  next_.start_at(at);
}

void ContainerWorker::show_at(SimTime at, std::function<void()> step) {
  show_step_ = std::move(step);
  show_.start_at(at);
}

/// The instance has ended: for good, or to be started again after the back-off.
void ContainerWorker::after_end() {
  const std::string& policy = host_.spec().restart_policy;
  const bool failed = status_.state.exit_code != 0;
  const bool again =
      init_ ? failed && policy != "Never" : policy == "Always" || (policy == "OnFailure" && failed);
  status_.ready = init_ && !failed;
  if (ending_ || !again) {
    done_ = true;
    return host_.changed();
  }
  const SimTime finished = status_.state.finished_at;
  const SimTime restart = finished + crash_backoff(crash_entry_, finished);
  next_at(restart, [this, finished] {
    show_.stop();
    crash_entry_ = after_restart(crash_entry_, finished, host_.context.engine.now());
    try_start();
  });
  const SimTime shown = finished + defaults::error_shown_for;
  if (shown < restart) show_at(shown, [this] { show_backoff(); });
  host_.changed();
}

void ContainerWorker::show_backoff() {
  wait_with("CrashLoopBackOff", fmt::format("back-off {} restarting failed container={} pod={}_{}({})",
                                            go_duration(crash_entry_.wait), spec_.name, host_.key.name,
                                            host_.key.namespace_, host_.uid));
  tell(PodChange::backoff, "CrashLoopBackOff");
  sync_backoff();
  host_.changed();
}

/// Each look of the kubelet at a waiting container repeats the event.
void ContainerWorker::sync_backoff() {
  warn("BackOff", fmt::format("Back-off restarting failed container {} in pod {}_{}({})", spec_.name,
                              host_.key.name, host_.key.namespace_, host_.uid));
  show_at(host_.context.engine.now() + retry_delay(), [this] { sync_backoff(); });
}

}  // namespace muster
