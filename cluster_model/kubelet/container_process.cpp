// One instance of a container: from its environment to its exit.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/defaults.hpp"
#include "cluster_model/kubelet/container_worker.hpp"
#include "cluster_model/kubelet/environment.hpp"
#include "cluster_model/names.hpp"

namespace muster {

void ContainerWorker::create() {
  const Result<StringMap> environment = resolve_environment(spec_, host_.key.namespace_, host_.context.store);
  if (environment) return start(environment.value());
  const std::string& message = environment.error().message;
  warn("Failed", "Error: " + message);
  const bool known = status_.state.reason == "CreateContainerConfigError" && status_.state.message == message;
  if (!known) {
    wait_with("CreateContainerConfigError", message);
    tell(PodChange::config_error, "CreateContainerConfigError");
    host_.changed();
  }
  next_at(host_.context.engine.now() + retry_delay(), [this] { try_start(); });
}

void ContainerWorker::start(const StringMap& environment) {
  environment_ = std::make_shared<const StringMap>(environment);
  files_at_start_ = host_.volumes.files_of(spec_, {});
  event("Created", fmt::format("Created container: {}", spec_.name));
  event("Started", fmt::format("Started container {}", spec_.name));
  plan_ = plan_process(is_application() ? host_.app : nullptr, spec_.image, environment,
                       luck("boot", instances_), files_at_start_, is_of_job());
  if (init_) plan_ = {true, defaults::plain_boot.draw(luck("boot", instances_)), 0, {}};
  begin_instance(host_.context.engine.now());
  note_start(environment.size());
  tell(PodChange::started);
  end_.start_in(plan_.after);
  if (!init_) begin_probes();
  host_.changed();
}

void ContainerWorker::begin_instance(SimTime started) {
  if (status_.state.phase == ContainerState::Phase::terminated) status_.last_state = status_.state;
  status_.restarts = static_cast<int>(instances_);
  status_.state = {};
  status_.state.phase = ContainerState::Phase::running;
  status_.state.started_at = started;
  status_.state.container_id = "containerd://" + hex_name(host_.context.seed, entity_ + "/" + host_.uid,
                                                          "container id", instances_, 64);
  extra_memory_ = 0;
  status_.started = !spec_.startup;
  status_.ready = !init_ && !spec_.startup && !spec_.readiness;
  stopping_ = listening_ = false;
  ++instances_;
  log_ = host_.context.logs.begin_instance(host_.uid, spec_.name);
}

/// The first lines of a start-up log; what a failing start adds comes from the profile.
void ContainerWorker::note_start(std::size_t variables) {
  const SimTime at = status_.state.started_at;
  print(at, fmt::format("starting {} (image {}, pid 1)", spec_.name, spec_.image));
  print(at, fmt::format("read {} configuration variables from the environment", variables));
}

void ContainerWorker::note_listening(SimTime at) {
  for (const ContainerPort& port : spec_.ports) print(at, fmt::format("listening on 0.0.0.0:{}", port.port));
  print(at, "ready to accept connections");
}

void ContainerWorker::print(SimTime at, std::string line) {
  host_.context.logs.print(host_.uid, spec_.name, at, std::move(line));
}

void ContainerWorker::resume_completed(SimTime started) {
  begin_instance(started - 1s);
  status_.state.phase = ContainerState::Phase::terminated;
  status_.state.reason = "Completed";
  status_.state.finished_at = started;
  status_.ready = true;
  status_.started = false;
  done_ = true;
}

bool ContainerWorker::resume(SimTime started) {
  const Result<StringMap> environment = resolve_environment(spec_, host_.key.namespace_, host_.context.store);
  if (!environment || !image_present()) return false;
  files_at_start_ = host_.volumes.files_of(spec_, {});
  plan_ = plan_process(is_application() ? host_.app : nullptr, spec_.image, environment.value(),
                       luck("boot", 0), files_at_start_);
  if (plan_.exits) return false;
  environment_ = std::make_shared<const StringMap>(environment.value());
  begin_instance(started);
  status_.started = status_.ready = true;
  listening_ = true;
  note_start(environment.value().size());
  note_listening(started + plan_.after);
  add_servers();
  begin_service_probes();
  return true;
}

void ContainerWorker::listen() {
  listening_ = true;
  note_listening(host_.context.engine.now());
  add_servers();
  host_.listening();
}

/// Joins every profiled service whose selector matches the pod now; others are added when they route to it.
void ContainerWorker::add_servers() {
  const std::vector<ServiceProfile>& services = host_.context.profile.services;
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (services[i].namespace_ != host_.key.namespace_) continue;
    const ObjectPtr service =
        host_.context.store.find(Kind::Service, services[i].namespace_, services[i].kubernetes_service);
    if (service && selects(service->as<Service>().selector, host_.object->meta.labels)) {
      (void)server_for(static_cast<int>(i));
    }
  }
}

ServerId ContainerWorker::server_for(int service) {
  const bool serves = is_application() || (!host_.app && spec_.name == host_.spec().containers.front().name);
  if (!listening_ || !serves || init_) return {};
  const auto found = servers_.find(service);
  if (found != servers_.end()) return found->second;
  if (stopping_) return {};
  static const AppProfile plain_app;
  static const ImageBehaviour plain_image;
  const AppProfile& app = host_.app ? *host_.app : plain_app;
  const ImageBehaviour* known = host_.app ? behaviour_of(app, spec_.image) : nullptr;
  const ImageBehaviour& behaviour = known ? *known : plain_image;
  ServerSpec server;
  server.pod = host_.key.name;
  server.workers = app.workers;
  server.backlog = app.backlog;
  server.service_time_factor = behaviour.service_time_factor;
  server.error_probability = behaviour.error_probability;
  server.namespace_ = host_.key.namespace_;
  server.container = spec_.name;
  server.node = host_.node;
  server.image = spec_.image;
  server.environment = environment_;
  server.log = log_;
  server.cpu_limit_millis = spec_.resources.cpu_limit.value_or(0);
  server.memory_limit_bytes = spec_.resources.memory_limit.value_or(0);
  server.out_of_memory = [this] { oom_kill(); };
  server.app = host_.app;
  server.behaviour = known;
  const ServerId made = host_.context.requests.add_server(service, server);
  servers_[service] = made;
  if (readiness_) readiness_->wake();
  if (liveness_) liveness_->wake();
  return made;
}

void ContainerWorker::add_usage(std::vector<ContainerUsage>& usage) const {
  if (status_.state.phase != ContainerState::Phase::running) return;
  ContainerUsage mine{host_.key, host_.uid, spec_.name, instances_, 0, 0};
  for (const auto& [service, server] : servers_) {
    const ServerUsage used = host_.context.requests.usage(server);
    mine.cpu_seconds += used.cpu_seconds;
    mine.memory_bytes += used.memory_bytes;
  }
  if (servers_.empty()) mine.memory_bytes = host_.context.profile.cluster.container_memory;
  usage.push_back(std::move(mine));
}

bool ContainerWorker::is_of_job() const {
  const OwnerReference* owner = controller_of(host_.object->meta);
  return owner && owner->kind == "Job";
}

void ContainerWorker::stop(SimTime kill_at) {
  kill_at_ = stopping_ ? std::min(kill_at_, kill_at) : kill_at;
  kill_.start_at(std::max(kill_at_, host_.context.engine.now()));
  if (stopping_) return;
  stopping_ = true;
  startup_.reset();
  readiness_.reset();
  liveness_.reset();
  end_.stop();
  print(host_.context.engine.now(), listening_ ? "received SIGTERM, shutting down" : "received SIGTERM");
  if (!listening_) return end_.start_in(defaults::signal_death);
  draining_ = static_cast<int>(servers_.size());
  if (draining_ == 0) return end_.start_in(host_.app ? host_.app->stop_time : defaults::signal_death);
  for (const auto& [service, server] : servers_) {
    host_.context.requests.drain_server(server, [this] { drained(); });
  }
}

void ContainerWorker::drained() {
  if (--draining_ == 0) end_.start_in(host_.app ? host_.app->stop_time : defaults::signal_death);
}

void ContainerWorker::end_instance(int exit_code, const char* reason) {
  const SimTime now = host_.context.engine.now();
  end_.stop();
  kill_.stop();
  oom_.stop();
  startup_.reset();
  readiness_.reset();
  liveness_.reset();
  const std::vector<std::string> last_words =
      stopping_ || exit_code == 137 ? std::vector<std::string>() : std::exchange(plan_.log, {});
  for (const std::string& line : last_words) print(now, line);
  host_.spent(cpu_seconds());
  for (const auto& [service, server] : servers_) host_.context.requests.kill_server(server);
  servers_.clear();
  listening_ = stopping_ = false;

  ContainerState& state = status_.state;
  state.phase = ContainerState::Phase::terminated;
  state.reason = reason;
  state.exit_code = exit_code;
  state.finished_at = now;
  status_.ready = status_.started = false;
  tell(PodChange::exited, reason, exit_code);
  after_end();
}

void ContainerWorker::print_now(std::string line) {
  if (status_.state.phase == ContainerState::Phase::running)
    print(host_.context.engine.now(), std::move(line));
}

void ContainerWorker::exit_main(int exit_code) {
  if (status_.state.phase != ContainerState::Phase::running || stopping_) return;
  plan_.log.clear();
  end_instance(exit_code, exit_code == 0 ? "Completed" : "Error");
}

}  // namespace muster
