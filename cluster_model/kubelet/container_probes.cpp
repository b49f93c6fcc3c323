// The probes of one instance: when they begin, what they find, what they do.
#include <fmt/format.h>

#include <algorithm>

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

/// The prober's words for a failed attempt (pkg/probe/http, pkg/probe/tcp; Go's net/http).
std::string problem_of(const Container& container, const Probe& probe, const std::string& ip,
                       ProbeResult result) {
  const std::string address = ip + ":" + port_number(container, probe.port);
  const std::string refused = fmt::format("dial tcp {}: connect: connection refused", address);
  if (probe.handler == Probe::Handler::exec) return {};  // the command's output, which nobody models
  if (result == ProbeResult::failed) return "HTTP probe failed with statuscode: 500";
  if (probe.handler == Probe::Handler::tcp_socket)
    return result == ProbeResult::refused ? refused : fmt::format("dial tcp {}: i/o timeout", address);
  const std::string why = result == ProbeResult::refused
                              ? refused
                              : "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
  return fmt::format("Get \"http://{}{}\": {}", address, probe.path, why);
}

/// Nothing is in the way of a health request, and it costs nothing: the answer is known without sending it.
bool answers_at_once(const ControlContext& context, int service, ServerId server, const std::string& path) {
  if (!context.requests.listening(server) || context.requests.counters(server).in_flight > 0) return false;
  const auto& endpoints = context.profile.services[static_cast<std::size_t>(service)].endpoints;
  return std::none_of(endpoints.begin(), endpoints.end(),
                      [&](const EndpointProfile& endpoint) { return endpoint.path == path; });
}

}  // namespace

/// An HTTP probe of a process that serves is a request like any other and waits for a worker; one of a
/// process of which the profile knows no service, and probes that only connect, find out whether it listens.
void ContainerWorker::attempt_probe(const Probe& probe, const ProbeRunner::Done& done) {
  const auto finish = [this, &probe, done](ProbeResult result, bool steady) {
    const bool success = result == ProbeResult::ok;
    done({success, success ? std::string() : problem_of(spec_, probe, host_.ip, result), steady});
  };
  if (!listening_) return finish(ProbeResult::refused, false);
  if (probe.handler != Probe::Handler::http_get || servers_.empty()) return finish(ProbeResult::ok, true);
  const auto& [service, server] = *servers_.begin();
  if (answers_at_once(host_.context, service, server, probe.path)) return finish(ProbeResult::ok, false);
  host_.context.requests.probe(server, probe.path, probe.timeout,
                               [finish](ProbeResult result) { finish(result, false); });
}

ProbeRunner::Callbacks ContainerWorker::probe_callbacks(const char* kind, const Probe& probe) {
  return {[this, &probe](const ProbeRunner::Done& done) { attempt_probe(probe, done); },
          [this, kind](const std::string& problem) {
            warn("Unhealthy", fmt::format("{} probe failed: {}", kind, problem));
          },
          [] {}, [] {}};
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
    startup_.reset();
  };
  callbacks.failed = [this] { kill_unhealthy("startup"); };
  startup_ = std::make_unique<ProbeRunner>(host_.context.engine, probe, std::move(callbacks));
  const SimDuration phase =
      duration_from_seconds(seconds_of(probe.period) * luck("startup phase", instances_));
  startup_->begin(first_attempt(probe, status_.state.started_at, phase));
}

SimTime ContainerWorker::next_attempt(const Probe& probe, const char* phase) const {
  const SimTime now = host_.context.engine.now();
  const SimDuration offset = duration_from_seconds(seconds_of(probe.period) * luck(phase, instances_));
  const SimTime first = first_attempt(probe, status_.state.started_at, offset);
  if (first >= now) return first;
  return first + ((now - first - 1ns) / probe.period + 1) * probe.period;
}

void ContainerWorker::begin_service_probes() {
  const SimTime now = host_.context.engine.now();
  if (spec_.readiness) {
    const Probe& probe = *spec_.readiness;
    ProbeRunner::Callbacks callbacks = probe_callbacks("Readiness", probe);
    callbacks.succeeded = [this] { set_ready(true); };
    callbacks.failed = [this] { set_ready(false); };
    readiness_ = std::make_unique<ProbeRunner>(host_.context.engine, probe, std::move(callbacks));
    if (status_.ready) readiness_->assume_success();
    // Once the startup probe has passed, the kubelet tries at once (prober_manager.go UpdatePodStatus).
    const bool at_once =
        spec_.startup && !status_.ready && now >= status_.state.started_at + probe.initial_delay;
    readiness_->begin(at_once ? now : next_attempt(probe, "readiness phase"));
  }
  if (spec_.liveness) {
    const Probe& probe = *spec_.liveness;
    ProbeRunner::Callbacks callbacks = probe_callbacks("Liveness", probe);
    callbacks.failed = [this] { kill_unhealthy("liveness"); };
    liveness_ = std::make_unique<ProbeRunner>(host_.context.engine, probe, std::move(callbacks));
    liveness_->assume_success();
    liveness_->begin(next_attempt(probe, "liveness phase"));
  }
}

void ContainerWorker::set_ready(bool ready) {
  if (status_.ready == ready) return;
  status_.ready = ready;
  host_.changed();
}

void ContainerWorker::kill_unhealthy(const char* kind) {
  event("Killing", fmt::format("Container {} failed {} probe, will be restarted", spec_.name, kind));
  stop(host_.context.engine.now() + host_.spec().termination_grace);
}

}  // namespace muster
