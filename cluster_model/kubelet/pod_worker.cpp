#include "cluster_model/kubelet/pod_worker.hpp"

#include <algorithm>

#include "cluster_model/defaults.hpp"
#include "cluster_model/kubelet/pod_phase.hpp"
#include "cluster_model/pod_facts.hpp"
#include "sim/random.hpp"

namespace muster {

PodWorker::PodWorker(ControlContext& context, const ObjectPtr& pod, std::string ip, std::string host_ip,
                     PodWorkerCallbacks callbacks)
    : host_{context,
            pod,
            pod->key(),
            pod->meta.uid,
            pod->as<Pod>().spec.node_name,
            {},
            application_of(context.profile, context.store, *pod),
            [this] { publish(); },
            [this] { callbacks_.listening(host_.key); }},
      ip_(std::move(ip)),
      host_ip_(std::move(host_ip)),
      callbacks_(std::move(callbacks)),
      accepted_(context.engine.now()),
      sandbox_(context.engine, [this] { sandbox_ready(); }),
      removal_(context.engine, [this] {
        if (host_.online()) (void)host_.context.api.remove(host_.key, 0s).has_value();
      }) {
  for (std::size_t i = 0; i < host_.spec().containers.size(); ++i) {
    containers_.push_back(std::make_unique<ContainerWorker>(host_, i));
  }
}

void PodWorker::begin() {
  const RandomStream luck(host_.context.seed, "pod/" + host_.key.namespace_ + "/" + host_.key.name,
                          "sandbox");
  sandbox_.start_in(host_.context.profile.cluster.sandbox.draw(unit_interval(luck.at(sandboxes_++))));
  publish();
}

void PodWorker::sandbox_ready() {
  sandboxed_ = true;
  host_.ip = ip_;
  publish();
  for (const auto& container : containers_) {
    if (!container->done()) container->begin();
  }
}

void PodWorker::lose_power() {
  sandbox_.stop();
  removal_.stop();
  for (const auto& container : containers_) container->lose_power();
}

void PodWorker::reboot() {
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
  for (const auto& container : containers_) {
    if (!container->done()) container->terminate(kill_at);
  }
  finish_if_done();
}

bool PodWorker::done() const {
  return std::all_of(containers_.begin(), containers_.end(),
                     [](const auto& container) { return container->done(); });
}

ServerId PodWorker::server_for(int service) {
  for (const auto& container : containers_) {
    if (const ServerId server = container->server_for(service)) return server;
  }
  return {};
}

void PodWorker::add_usage(std::vector<ContainerUsage>& usage) const {
  for (const auto& container : containers_) container->add_usage(usage);
}

void PodWorker::finish_if_done() {
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
  status.containers.clear();
  for (const auto& container : containers_) status.containers.push_back(container->status());
  set_pod_condition(status, "PodReadyToStartContainers", sandboxed_, {}, {}, now);
  set_pod_condition(status, "PodScheduled", true, {}, {}, now);
  summarise(host_.spec(), status, now);
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
}

}  // namespace muster
