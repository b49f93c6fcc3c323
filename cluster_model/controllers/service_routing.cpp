#include "cluster_model/controllers/service_routing.hpp"

#include <algorithm>
#include <deque>

#include "sim/random.hpp"

namespace muster {

struct ServiceRouting::Service {
  struct Update {
    SimTime due;
    std::vector<std::string> pods;
  };
  std::string namespace_;
  std::vector<std::string> pods;  // sorted
  std::vector<ServerId> servers;  // of `pods`
  std::deque<Update> coming;      // in order of `due`
  std::uint64_t draws = 0;
  std::unique_ptr<Timer> timer;
};

namespace {

std::vector<std::string> ready_pods(const EndpointSlice& slice) {
  std::vector<std::string> pods;
  for (const Endpoint& endpoint : slice.endpoints) {
    if (endpoint.ready) pods.push_back(endpoint.pod);
  }
  return pods;
}

}  // namespace

ServiceRouting::ServiceRouting(ControlContext& context, ServerOf server_of)
    : context_(context), server_of_(std::move(server_of)) {
  for (std::size_t i = 0; i < context.profile.services.size(); ++i) {
    auto service = std::make_unique<Service>();
    service->namespace_ = context.profile.services[i].namespace_;
    service->timer = std::make_unique<Timer>(context.engine, [this, i] {
      Service& due = *services_[i];
      Service::Update update = std::move(due.coming.front());
      due.coming.pop_front();
      if (!due.coming.empty()) due.timer->start_at(due.coming.front().due);
      apply(static_cast<int>(i), std::move(update.pods));
    });
    services_.push_back(std::move(service));
  }
}

ServiceRouting::~ServiceRouting() = default;

int ServiceRouting::index_of(const ObjectKey& service) const {
  return context_.requests.service_index(service.namespace_, service.name);
}

void ServiceRouting::follow(const ObjectKey& key, const EndpointSlice* slice) {
  const int index = index_of(key);
  if (index < 0) return;
  Service& service = *services_[static_cast<std::size_t>(index)];
  std::vector<std::string> pods = slice ? ready_pods(*slice) : std::vector<std::string>();
  const std::vector<std::string>& last = service.coming.empty() ? service.pods : service.coming.back().pods;
  if (pods == last) return;
  const RandomStream luck(context_.seed, "service/" + key.namespace_ + "/" + key.name, "propagation");
  const double u = unit_interval(luck.at(service.draws++));
  SimTime due = context_.engine.now() + context_.profile.cluster.endpoint_propagation.draw(u);
  if (!service.coming.empty()) due = std::max(due, service.coming.back().due);
  service.coming.push_back({due, std::move(pods)});
  if (!service.timer->running()) service.timer->start_at(due);
}

void ServiceRouting::follow_now(const ObjectKey& key, const EndpointSlice& slice) {
  if (const int index = index_of(key); index >= 0) apply(index, ready_pods(slice));
}

/// Both lists are sorted, so the processes of pods that stay are taken over in one walk; an empty id is asked
/// for again.
void ServiceRouting::apply(int index, std::vector<std::string> pods) {
  Service& service = *services_[static_cast<std::size_t>(index)];
  std::vector<ServerId> servers;
  servers.reserve(pods.size());
  std::size_t old = 0;
  for (const std::string& pod : pods) {
    while (old < service.pods.size() && service.pods[old] < pod) ++old;
    const bool stays = old < service.pods.size() && service.pods[old] == pod;
    const bool serves = stays && service.servers[old] && context_.requests.alive(service.servers[old]);
    servers.push_back(serves ? service.servers[old]
                             : server_of_(ObjectKey{Kind::Pod, service.namespace_, pod}, index));
  }
  service.pods = std::move(pods);
  service.servers = std::move(servers);
  context_.requests.set_endpoints(index, service.servers);
}

void ServiceRouting::refresh(const ObjectKey& pod) {
  for (std::size_t i = 0; i < services_.size(); ++i) {
    Service& service = *services_[i];
    if (service.namespace_ != pod.namespace_) continue;
    const auto found = std::lower_bound(service.pods.begin(), service.pods.end(), pod.name);
    if (found == service.pods.end() || *found != pod.name) continue;
    service.servers[static_cast<std::size_t>(found - service.pods.begin())] =
        server_of_(pod, static_cast<int>(i));
    context_.requests.set_endpoints(static_cast<int>(i), service.servers);
  }
}

std::vector<std::string> ServiceRouting::targets(int service) const {
  return services_[static_cast<std::size_t>(service)]->pods;
}

}  // namespace muster
