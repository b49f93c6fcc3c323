// The probes of one instance: when they begin, what they say, what they do.
#include <fmt/format.h>

#include "cluster_model/kubelet/container_worker.hpp"

namespace muster {

namespace {

/// The number behind a probe's port, which may be a name.
std::string port_number(const Container& container, const std::string& port) {
  for (const ContainerPort& known : container.ports) {
    if (!port.empty() && known.name == port) return fmt::format("{}", known.port);
  }
  return port;
}

/// What a prober says when nobody listens.
std::string refusal(const Container& container, const Probe& probe, const std::string& ip) {
  const std::string address = ip + ":" + port_number(container, probe.port);
  const std::string refused = fmt::format("dial tcp {}: connect: connection refused", address);
  switch (probe.handler) {
    case Probe::Handler::http_get:
      return fmt::format("Get \"http://{}{}\": {}", address, probe.path, refused);
    case Probe::Handler::tcp_socket:
      return refused;
    case Probe::Handler::exec:
      break;
  }
  return {};  // an exec probe's message is the command's output
}

}  // namespace

ProbeRunner::Callbacks ContainerWorker::probe_callbacks(const char* kind, const Probe& probe) {
  return {[this] { return listening_; }, [this, kind, &probe] { probe_failed_once(kind, probe); }, [] {},
          [] {}};
}

void ContainerWorker::begin_probes() {
  if (!spec_.startup) return begin_service_probes();
  const Probe& probe = *spec_.startup;
  ProbeRunner::Callbacks callbacks = probe_callbacks("Startup", probe);
  callbacks.succeeded = [this] {
    status_.started = true;
    status_.ready = !spec_.readiness;
    begin_service_probes();
    host_.changed();
  };
  callbacks.failed = [this] { kill_unhealthy("startup"); };
  startup_ = std::make_unique<ProbeRunner>(host_.context.engine, probe, std::move(callbacks));
  const SimDuration phase =
      duration_from_seconds(seconds_of(probe.period) * luck("startup phase", instances_));
  startup_->begin(first_attempt(probe, status_.state.started_at, phase));
}

void ContainerWorker::begin_service_probes() {
  const SimTime now = host_.context.engine.now();
  const SimTime started = status_.state.started_at;
  const auto first = [&](const Probe& probe, const char* phase) {
    const SimDuration offset = duration_from_seconds(seconds_of(probe.period) * luck(phase, instances_));
    SimTime at = first_attempt(probe, started, offset);
    while (at < now) at += probe.period;
    return at;
  };
  if (spec_.readiness) {
    const Probe& probe = *spec_.readiness;
    ProbeRunner::Callbacks callbacks = probe_callbacks("Readiness", probe);
    callbacks.succeeded = [this] {
      status_.ready = true;
      host_.changed();
    };
    readiness_ = std::make_unique<ProbeRunner>(host_.context.engine, probe, std::move(callbacks));
    // Once the startup probe has passed, the kubelet tries at once (prober_manager.go UpdatePodStatus).
    const bool at_once = spec_.startup && now >= started + probe.initial_delay;
    readiness_->begin(at_once ? now : first(probe, "readiness phase"));
  }
  if (spec_.liveness) {
    const Probe& probe = *spec_.liveness;
    ProbeRunner::Callbacks callbacks = probe_callbacks("Liveness", probe);
    callbacks.failed = [this] { kill_unhealthy("liveness"); };
    liveness_ = std::make_unique<ProbeRunner>(host_.context.engine, probe, std::move(callbacks));
    liveness_->begin(first(probe, "liveness phase"));
  }
}

void ContainerWorker::probe_failed_once(const char* kind, const Probe& probe) {
  warn("Unhealthy", fmt::format("{} probe failed: {}", kind, refusal(spec_, probe, host_.ip)));
}

void ContainerWorker::kill_unhealthy(const char* kind) {
  event("Killing", fmt::format("Container {} failed {} probe, will be restarted", spec_.name, kind));
  stop(host_.context.engine.now() + host_.spec().termination_grace);
}

}  // namespace muster
