#include "cluster_model/kubelet/pod_worker.hpp"

#include <algorithm>

#include "cluster_model/defaults.hpp"
#include "cluster_model/kubelet/pod_phase.hpp"
#include "cluster_model/pod_facts.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "sim/random.hpp"

namespace muster {

PodWorker::PodWorker(ControlContext& context, const ObjectPtr& pod, std::string ip, std::string host_ip,
                     PodWorkerCallbacks callbacks)
    : volumes_(context.engine, context.store,
               [seed = context.seed, uid = pod->meta.uid](std::uint64_t n) {
                 return unit_interval(RandomStream(seed, "pod/" + uid, "volume refresh").at(n));
               }),
      host_{context,
            volumes_,
            pod,
            pod->key(),
            pod->meta.uid,
            pod->as<Pod>().spec.node_name,
            {},
            application_of(context.profile, context.store, *pod),
            [this] { publish(); },
            [this] { callbacks_.listening(host_.key); },
            [this](double seconds) { callbacks_.spent(seconds); }},
      ip_(std::move(ip)),
      host_ip_(std::move(host_ip)),
      callbacks_(std::move(callbacks)),
      accepted_(context.engine.now()),
      sandbox_(context.engine, [this] { sandbox_ready(); }),
      removal_(context.engine,
               [this] {
                 if (host_.online()) (void)host_.context.api.remove(host_.key, 0s).has_value();
               }),
      mount_(context.engine, [this] { mount(); }) {
  for (const Container& container : host_.spec().init_containers)
    init_containers_.push_back(std::make_unique<ContainerWorker>(host_, container, true));
  for (const Container& container : host_.spec().containers)
    containers_.push_back(std::make_unique<ContainerWorker>(host_, container, false));
}

void PodWorker::begin() {
  publish();
  mount();
}

/// Volumes first, then the sandbox. Retried as the kubelet does (pkg/util/goroutinemap/exponentialbackoff).
void PodWorker::mount() {
  if (const auto problem = volumes_.mount(*host_.object)) {
    if (host_.online())
      host_.context.events.warning(*host_.object, {"kubelet", host_.node}, "FailedMount", *problem);
    const SimDuration wait = defaults::mount_retry_least * (std::int64_t{1} << std::min(mount_failures_, 8));
    ++mount_failures_;
    return mount_.start_in(std::min(wait, defaults::mount_retry_most));
  }
  mount_failures_ = 0;
  const RandomStream luck(host_.context.seed, "pod/" + host_.key.namespace_ + "/" + host_.key.name,
                          "sandbox");
  sandbox_.start_in(host_.context.profile.cluster.sandbox.draw(unit_interval(luck.at(sandboxes_++))));
}

void PodWorker::sandbox_ready() {
  sandboxed_ = true;
  host_.ip = ip_;
  initialised_ = 0;
  begun_ = false;
  publish();
  advance();
}

void PodWorker::advance() {
  if (!sandboxed_ || terminating_ || abandoned_ || !evicted_.empty() || begun_) return;
  for (std::size_t i = 0; i < init_containers_.size(); ++i) {
    if (init_containers_[i]->succeeded()) continue;
    if (init_containers_[i]->done() || initialised_ > i) return;  // failed for good, or at work
    initialised_ = i + 1;
    return init_containers_[i]->begin();
  }
  begun_ = true;
  for (const auto& container : containers_) {
    if (!container->done()) container->begin();
  }
}

void PodWorker::lose_power() {
  sandbox_.stop();
  mount_.stop();
  removal_.stop();
  for (const auto& container : init_containers_) container->lose_power();
  for (const auto& container : containers_) container->lose_power();
}

void PodWorker::reboot() {
  for (const auto& container : init_containers_) container->reboot();
  for (const auto& container : containers_) container->reboot();
  if (done()) return publish();
  if (sandboxed_) {
    host_.context.events.normal(*host_.object, {"kubelet", host_.node}, "SandboxChanged",
                                "Pod sandbox changed, it will be killed and re-created.");
  }
  sandboxed_ = false;
  host_.ip.clear();
  begin();
}

bool PodWorker::resume(SimTime started, PodStatus& status) {
  accepted_ = started - 2s;
  sandboxed_ = true;
  host_.ip = ip_;
  if (volumes_.mount(*host_.object)) return false;
  begun_ = true;
  for (const auto& container : init_containers_) container->resume_completed(started - 1s);
  for (const auto& container : containers_) {
    if (!container->resume(started)) return false;
  }
  status = shown_status(status);
  for (Condition& condition : status.conditions) condition.last_transition = started;
  return true;
}

void PodWorker::follow(const ObjectPtr& pod) {
  const std::vector<Container> before = host_.spec().containers;
  host_.object = pod;
  for (std::size_t i = 0; i < containers_.size(); ++i) {
    const std::string& image = host_.spec().containers[i].image;
    if (image != before[i].image) containers_[i]->replace_image(image);
  }
  if (!pod->meta.deletion_at) return;
  // The grace period counts from the moment the kubelet hears of the deletion, which may be late.
  const SimTime now = host_.context.engine.now();
  terminate(terminating_ ? *pod->meta.deletion_at : now + pod->meta.grace.value_or(0s));
}

void PodWorker::abandon() {
  if (abandoned_) return;
  abandoned_ = true;
  terminate(host_.context.engine.now() + defaults::forced_grace);
}

void PodWorker::terminate(SimTime kill_at) {
  terminating_ = true;
  sandbox_.stop();
  mount_.stop();
  for (const auto* list : {&init_containers_, &containers_}) {
    for (const auto& container : *list) {
      if (!container->done()) container->terminate(kill_at);
    }
  }
  finish_if_done();
}

void PodWorker::evict(const std::string& message) {
  if (!evicted_.empty() || terminating_ || done()) return;
  evicted_ = message;
  if (host_.online())
    host_.context.events.warning(*host_.object, {"kubelet", host_.node}, "Evicted", message);
  sandbox_.stop();
  mount_.stop();
  for (const auto* list : {&init_containers_, &containers_}) {
    for (const auto& container : *list) {
      if (!container->done()) container->terminate(host_.context.engine.now() + defaults::eviction_grace);
    }
  }
  publish();
}

ContainerWorker* PodWorker::container(const std::string& name) const {
  for (const auto& container : containers_) {
    if (container->status().name == name) return container.get();
  }
  return nullptr;
}

PodUse PodWorker::plain_use() const {
  PodUse use;
  use.uid = host_.uid;
  use.priority = host_.spec().priority.value_or(0);
  use.qos = qos_of(host_.spec());
  return use;
}

std::int64_t PodWorker::memory_in_use() const {
  std::int64_t bytes = 0;
  for (const auto& container : init_containers_) bytes += container->working_set();
  for (const auto& container : containers_) bytes += container->working_set();
  return bytes;
}

PodUse PodWorker::memory_use() const {
  PodUse use = plain_use();
  for (std::size_t i = 0; i < containers_.size(); ++i) {
    const Container& container = host_.spec().containers[i];
    use.containers.push_back(
        {container.name, containers_[i]->working_set(), container.resources.memory_request.value_or(0)});
  }
  return use;
}

/// The kubelet measures logs and writable layer per container; here the first container bears them.
PodUse PodWorker::disk_use(const Disk& disk, bool inodes) const {
  PodUse use = plain_use();
  DiskUse own = disk.used_by(NodeDisks::log_owner(host_.uid));
  own += disk.used_by(NodeDisks::layer_owner(host_.uid));
  const DiskUse volumes = disk.used_below(NodeDisks::empty_dir_owner(host_.uid));
  use.containers.push_back({host_.spec().containers.front().name, inodes ? own.inodes : own.bytes, 0});
  use.elsewhere = inodes ? volumes.inodes : volumes.bytes;
  return use;
}

bool PodWorker::done() const {
  const auto ended = [](const auto& container) { return container->done(); };
  const auto failed = [](const auto& container) { return container->done() && !container->succeeded(); };
  if (std::any_of(init_containers_.begin(), init_containers_.end(), failed) && !begun_) {
    return std::none_of(containers_.begin(), containers_.end(), [](const auto& container) {
      return container->status().state.phase == ContainerState::Phase::running;
    });
  }
  return std::all_of(init_containers_.begin(), init_containers_.end(), ended) &&
         std::all_of(containers_.begin(), containers_.end(), ended);
}

ServerId PodWorker::server_for(int service) {
  for (const auto& container : containers_) {
    if (const ServerId server = container->server_for(service)) return server;
  }
  return {};
}

/// What an evicted pod wrote is removed with its containers, though its object stays.
void PodWorker::clean_up() {
  Disk* disk = host_.context.disks.find(host_.node);
  if (!disk) return;
  for (const std::string& owner : {NodeDisks::log_owner(host_.uid), NodeDisks::layer_owner(host_.uid),
                                   NodeDisks::empty_dir_owner(host_.uid)}) {
    disk->erase(owner);
  }
}

void PodWorker::add_usage(std::vector<ContainerUsage>& usage) const {
  for (const auto& container : containers_) container->add_usage(usage);
}

void PodWorker::finish_if_done() {
  if (!evicted_.empty() && done()) clean_up();
  if (!terminating_ || !done()) return;
  if (abandoned_) return callbacks_.gone(host_.key);
  if (!removal_.running()) removal_.start_in(defaults::pod_removal);
}

PodStatus PodWorker::shown_status(const PodStatus& before) const {
  const SimTime now = host_.context.engine.now();
  PodStatus status = before;
  status.start_time = accepted_;
  status.host_ip = host_ip_;
  status.pod_ip = host_.ip;
  status.init_containers.clear();
  for (const auto& container : init_containers_) status.init_containers.push_back(container->status());
  status.containers.clear();
  for (const auto& container : containers_) status.containers.push_back(container->status());
  set_pod_condition(status, "PodReadyToStartContainers", sandboxed_, {}, {}, now);
  set_pod_condition(status, "PodScheduled", true, {}, {}, now);
  summarise(host_.spec(), status, now);
  if (!evicted_.empty()) {
    set_pod_condition(status, "DisruptionTarget", true, "TerminationByKubelet", evicted_, now);
    if (done()) status.phase = "Failed";
    status.reason = "Evicted";
    status.message = evicted_;
  }
  return status;
}

void PodWorker::publish() {
  const ObjectPtr stored = host_.context.store.find(host_.key);
  if (stored && stored->meta.uid == host_.uid && !abandoned_ && host_.online()) {
    Object next = *stored;
    auto& pod = next.as<Pod>();
    pod.status = shown_status(pod.status);
    const bool ready = is_ready(pod);
    if (pod.status != stored->as<Pod>().status)
      host_.object = host_.context.api.write(std::move(next), false);
    if (ready != is_ready(stored->as<Pod>())) {
      const Pod& shown = host_.object->as<Pod>();
      host_.context.facts.record(host_.context.engine.now(),
                                 PodFact{host_.key.namespace_,
                                         host_.key.name,
                                         ready ? PodChange::ready : PodChange::unready,
                                         shown.spec.containers.front().image,
                                         host_.node,
                                         {},
                                         0,
                                         restarts_of(shown)});
    }
  }
  finish_if_done();
  advance();
}

}  // namespace muster
