#include "cluster_model/traffic/request_path.hpp"

#include "cluster_model/traffic/request_path_state.hpp"

namespace muster {

ServiceState::ServiceState(const ServiceProfile& profile, std::uint64_t seed)
    : name(profile.name),
      namespace_(profile.namespace_),
      kubernetes_service(profile.kubernetes_service),
      traffic(profile.traffic),
      request_luck(seed, "service/" + profile.name, "request"),
      reply_luck(seed, "service/" + profile.name, "reply"),
      think_luck(seed, "service/" + profile.name, "think"),
      rate(profile.traffic.day),
      users(profile.traffic.users),
      deadline(profile.traffic.deadline),
      retries(profile.traffic.retries, {}),
      balancing(profile.balancing),
      per_connection(profile.per_connection),
      background(profile.background),
      window(profile) {
  MUSTER_ASSERT(users > 0, "a service needs a user");
  MUSTER_ASSERT(deadline.count() > 0, "a user waits for longer than no time");
  const double highest = traffic.requests_per_second * rate.highest();
  if (highest > 0) gaps_ns = exponential_gaps(1e9 / highest);
  if (traffic.think) think.emplace_back(*traffic.think);
  if (per_connection) connection.resize(users);
}

RequestPath::State::State(Engine& engine_, FactSink& facts_, const std::vector<ServiceProfile>& profiles_,
                          std::uint64_t seed_)
    : seed(seed_), engine(engine_), facts(facts_), profiles(profiles_) {
  services.reserve(profiles.size());
  for (const ServiceProfile& profile : profiles) services.emplace_back(profile, seed_);
}

void RequestPath::State::compile() {
  if (compiled) return;
  compiled = true;
  program = compile_program(profiles, backends);
  words = compile_words();
}

void RequestPath::State::settle_all() {
  while (true) {
    if (!resumptions.empty()) {
      const Resumption next = resumptions.pop();
      if (!visits.find(next.visit, next.generation)) continue;
      if (next.operation == Operation::fail) {
        abandon_calls(next.visit);
        reply(next.visit, Outcome::server_error);
      } else {
        run(next.visit, next.operation);
      }
    } else if (!out_of_memory.empty()) {
      const ServerId id = out_of_memory.back();
      out_of_memory.pop_back();
      const RequestServer* server = find(id);
      if (!server || !server->spec.out_of_memory) continue;
      const std::function<void()> tell = server->spec.out_of_memory;  // it may end the server
      tell();
    } else if (!drained.empty()) {
      const ServerId id = drained.back();
      drained.pop_back();
      RequestServer* server = find(id);
      if (!server || !server->idle) continue;
      const std::function<void()> idle = std::move(server->idle);
      server->idle = nullptr;
      idle();
    } else {
      return;
    }
  }
}

void RequestPath::State::observe() {
  for (ServiceState& service : services) facts.record(engine.now(), service.window.close());
  engine.schedule_in(1s, Lane::observe, [this] { observe(); });
}

RequestPath::RequestPath(Engine& engine, FactSink& facts, const std::vector<ServiceProfile>& services,
                         std::uint64_t seed)
    : state_(std::make_unique<State>(engine, facts, services, seed)) {}

RequestPath::~RequestPath() = default;

void RequestPath::connect(const std::string& name, Backend& backend) {
  MUSTER_ASSERT(!state_->compiled, "backends are connected before the first process is added");
  state_->backends.push_back({name, &backend});
}

void RequestPath::connect(const Network& network) {
  state_->network = &network;
}

CallSink& RequestPath::calls() {
  return *state_;
}

void RequestPath::start() {
  state_->start();
}

void RequestPath::begin_day_at(SimDuration since_midnight) {
  for (ServiceState& service : state_->services) service.rate.begin_day_at(since_midnight);
}

void RequestPath::watch(RequestWatcher* watcher) {
  state_->watcher = watcher;
}

void RequestPath::set_spike(int service, double factor) {
  state_->set_spike(static_cast<std::uint32_t>(service), factor);
}

void RequestPath::close_endpoints(int service, std::vector<bool> closed, std::vector<bool> closed_probes) {
  ServiceState& behind = state_->services.at(static_cast<std::size_t>(service));
  behind.closed = std::move(closed);
  behind.closed_probes = std::move(closed_probes);
}

bool RequestPath::probe_closed(int service, std::size_t path) const {
  const std::vector<bool>& closed = state_->services.at(static_cast<std::size_t>(service)).closed_probes;
  return path < closed.size() && closed[path];
}

void RequestPath::set_slowdown(int service, double factor) {
  MUSTER_ASSERT(factor > 0, "work takes longer than nothing");
  ServiceState& slowed = state_->services.at(static_cast<std::size_t>(service));
  slowed.slowdown = factor;
  for (std::uint32_t index : slowed.members) {
    RequestServer& server = *state_->servers[index].server;
    server.factor = server.spec.service_time_factor * factor;
  }
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

TrafficCounters RequestPath::traffic_counters(int service) const {
  const ServiceState& state = state_->services.at(static_cast<std::size_t>(service));
  return {state.begun,      state.attempts,      state.waiting_users,
          state.on_the_way, state.sent_messages, state.done_messages};
}

std::uint64_t RequestPath::requests_begun() const {
  std::uint64_t begun = 0;
  for (const ServiceState& service : state_->services) begun += service.begun;
  return begun;
}

}  // namespace muster
