#include "cluster_model/traffic/request_path.hpp"

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {
namespace {

// Which word of a request's random block means what. Fixed for ever: a change gives every drill other luck.
constexpr std::size_t gap_word = 0;

}  // namespace

ServiceState::ServiceState(const ServiceProfile& profile, std::uint64_t seed)
    : namespace_(profile.namespace_),
      kubernetes_service(profile.kubernetes_service),
      request_luck(seed, "service/" + profile.name, "request"),
      reply_luck(seed, "service/" + profile.name, "reply"),
      users(profile.traffic.users),
      deadline(profile.traffic.deadline),
      window(profile) {
  MUSTER_ASSERT(!profile.endpoints.empty(), "a service needs an endpoint");
  MUSTER_ASSERT(users > 0, "a service needs a user");
  MUSTER_ASSERT(deadline.count() > 0, "a user waits for longer than no time");
  has_traffic = profile.traffic.requests_per_second > 0;
  if (has_traffic) gaps_ns = exponential_gaps(1e9 / profile.traffic.requests_per_second);
  double total = 0;
  for (const EndpointProfile& endpoint : profile.endpoints) total += endpoint.share;
  double sum = 0;
  for (const EndpointProfile& endpoint : profile.endpoints) {
    sum += endpoint.share;
    endpoints.push_back({static_cast<std::uint64_t>(sum / total * 4294967296.0),
                         ServiceSampler(endpoint.service_time), endpoint.client_error_probability});
  }
  endpoints.back().chosen_below = 1ull << 32;  // whatever the sum was rounded to
}

std::uint32_t ServiceState::choose_endpoint(std::uint64_t word) const {
  std::uint32_t chosen = 0;
  while ((word >> 32) >= endpoints[chosen].chosen_below) ++chosen;
  return chosen;
}

RequestPath::State::State(Engine& engine_, FactSink& facts_, const std::vector<ServiceProfile>& profiles,
                          std::uint64_t seed)
    : engine(engine_), facts(facts_) {
  services.reserve(profiles.size());
  for (const ServiceProfile& profile : profiles) services.emplace_back(profile, seed);
}

void RequestPath::State::schedule_arrival(std::uint32_t service_index) {
  ServiceState& service = services[service_index];
  service.next.words = service.request_luck.block(service.next.number);
  const double gap_ns = service.gaps_ns.draw(service.next.words[gap_word]);
  const SimDuration gap{static_cast<std::int64_t>(gap_ns + 0.5)};
  engine.schedule_in(gap, Lane::model, [this, service_index] { arrive(service_index); });
}

void RequestPath::State::arrive(std::uint32_t service_index) {
  ServiceState& service = services[service_index];
  const NextArrival arrival = service.next;
  ++service.next.number;
  ++service.begun;
  service.window.arrived();
  schedule_arrival(service_index);
  balance(service_index, arrival);
}

void RequestPath::State::observe() {
  for (ServiceState& service : services) facts.record(engine.now(), service.window.close());
  engine.schedule_in(1s, Lane::observe, [this] { observe(); });
}

void RequestPath::State::schedule_deadline(std::uint32_t service_index) {
  ServiceState& service = services[service_index];
  if (service.deadline_scheduled || service.deadlines.empty()) return;
  service.deadline_scheduled = true;
  engine.schedule(service.deadlines.front().due, Lane::model,
                  [this, service_index] { expire_deadlines(service_index); });
}

void RequestPath::State::expire_deadlines(std::uint32_t service_index) {
  ServiceState& service = services[service_index];
  service.deadline_scheduled = false;
  skip_finished_deadlines(service);
  while (!service.deadlines.empty() && service.deadlines.front().due <= engine.now()) {
    Request& request = requests[service.deadlines.pop().slot];
    end_for_user(request, Outcome::timeout);
    request.user_gone = true;  // the server goes on: nobody tells it
    skip_finished_deadlines(service);
  }
  schedule_deadline(service_index);
}

void RequestPath::State::skip_finished_deadlines(ServiceState& service) const {
  while (!service.deadlines.empty()) {
    const DeadlineEntry& entry = service.deadlines.front();
    if (requests[entry.slot].generation == entry.generation) return;
    service.deadlines.pop();
  }
}

RequestPath::RequestPath(Engine& engine, FactSink& facts, const std::vector<ServiceProfile>& services,
                         std::uint64_t seed)
    : state_(std::make_unique<State>(engine, facts, services, seed)) {}

RequestPath::~RequestPath() = default;

void RequestPath::start() {
  MUSTER_ASSERT(!state_->started, "traffic starts once");
  state_->started = true;
  for (std::uint32_t i = 0; i < state_->services.size(); ++i) {
    if (state_->services[i].has_traffic) state_->schedule_arrival(i);
  }
  State* state = state_.get();
  const auto now = state->engine.now().time_since_epoch();
  const SimDuration next_second = std::chrono::floor<std::chrono::seconds>(now) + 1s;
  state->engine.schedule(SimTime{next_second}, Lane::observe, [state] { state->observe(); });
}

void RequestPath::set_endpoints(int service, std::vector<ServerId> targets) {
  for (ServerId target : targets) {
    const RequestServer* server = state_->find(target);
    MUSTER_ASSERT(!server || server->service == service, "a balancer was given another service's server");
  }
  state_->services.at(static_cast<std::size_t>(service)).targets = std::move(targets);
}

const std::vector<ServerId>& RequestPath::endpoints(int service) const {
  return state_->services.at(static_cast<std::size_t>(service)).targets;
}

int RequestPath::service_index(const std::string& namespace_, const std::string& kubernetes_service) const {
  for (std::size_t i = 0; i < state_->services.size(); ++i) {
    const ServiceState& service = state_->services[i];
    if (service.namespace_ == namespace_ && service.kubernetes_service == kubernetes_service) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

const BalancerCounters& RequestPath::balancer_counters(int service) const {
  return state_->services.at(static_cast<std::size_t>(service)).ended;
}

std::uint64_t RequestPath::requests_begun() const {
  std::uint64_t begun = 0;
  for (const ServiceState& service : state_->services) begun += service.begun;
  return begun;
}

}  // namespace muster
