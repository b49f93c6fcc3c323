#include "cluster_model/provider/provider.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "cluster_model/database/slots.hpp"
#include "cluster_model/database/token_map.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/service_sampler.hpp"
#include "cluster_model/traffic/token_bucket.hpp"
#include "sim/random.hpp"

namespace muster {
namespace {

// What nobody answers ends when the kernel gives up: SYNs after 127 s (Linux tcp(7), tcp_syn_retries 6).
constexpr SimDuration kernel_gives_up = 127s;
constexpr SimDuration rest_makes_cold = 300s;

enum Code : std::uint16_t { nothing, unavailable, throttled, unauthorized, refused, silent };
// As the Python client `requests` prints them.
constexpr std::array<const char*, 6> texts{"",
                                           "HTTPError: 503 Server Error: Service Unavailable",
                                           "HTTPError: 429 Client Error: Too Many Requests",
                                           "HTTPError: 401 Client Error: Unauthorized",
                                           "ConnectionError: [Errno 111] Connection refused",
                                           "ConnectTimeout: Connection timed out"};

const char* status_of(const ProviderCondition& condition) {
  if (condition.down != ProviderCondition::Down::no || condition.errors >= 0.5) return "major_outage";
  if (condition.errors > 0) return "partial_outage";
  return condition.healthy() ? "operational" : "degraded_performance";
}

struct ProviderSideState {
  ProviderSide profile;
  bool asks_for_key = false;
  ProviderCondition condition;
  std::map<std::string, TokenBucket> buckets;  // [API key]
  std::vector<StatusLine> page;                // every line with the time from which the page shows it
  int in_flight = 0;
  SimTime warm_since = SimTime::min(), last_used = SimTime::min();
  ProviderCounters counters;
};

struct PendingCall {
  std::uint32_t generation = 0;
  CallToken token = 0;
  std::uint32_t side = 0;
  CallReply reply;
  SimTime began{};
  EventId event;
};

struct ProviderClient {
  bool present = false;
  std::uint32_t side = 0;
  std::string key;
};

}  // namespace

struct Provider::State {
  State(Engine& engine_, const ProviderProfile& given, std::uint64_t seed, CallSink& sink_)
      : engine(engine_),
        profile(given),
        sink(sink_),
        luck(seed, "provider/" + given.name, "status page"),
        call_luck(seed, "provider/" + given.name, "call") {
    MUSTER_ASSERT(!profile.sides.empty(), "a provider needs a side");
    for (const ProviderSide& side : profile.sides) {
      sides.emplace_back();
      sides.back().profile = side;
      sides.back().asks_for_key = !side.keys.empty();
      sides.back().page.push_back({side.name, "operational", sim_start});
    }
    for (const ProviderOperation& operation : profile.operations) latencies.emplace_back(operation.latency);
  }
  ProviderSideState& at(int side) { return sides[static_cast<std::size_t>(side)]; }

  double limit_of(ProviderSideState& side) const;
  CallReply judge(ProviderSideState& side, const ProviderClient& client, std::uint64_t error_word);
  void answer(std::uint32_t slot);

  Engine& engine;
  const ProviderProfile profile;
  CallSink& sink;
  RandomStream luck, call_luck;  // the latter by BackendCall::luck
  std::uint64_t changes = 0;
  std::vector<ProviderSideState> sides;
  std::vector<ServiceSampler> latencies;
  std::vector<ProviderClient> clients;  // [ServerId::index]
  Slots<PendingCall> calls;
  TokenMap tokens;
};

Provider::Provider(Engine& engine, const ProviderProfile& profile, std::uint64_t seed, CallSink& sink)
    : state_(std::make_unique<State>(engine, profile, seed, sink)) {}
Provider::~Provider() = default;

// Requests per second that a key may make now; 0 = any number.
double Provider::State::limit_of(ProviderSideState& side) const {
  const double changed = side.condition.rate_limit;
  const double own = changed > 0 ? changed : side.profile.requests_per_second;
  if (own <= 0 || side.profile.warm_up <= SimDuration::zero()) return own;
  if (side.last_used == SimTime::min() || engine.now() - side.last_used > rest_makes_cold)
    side.warm_since = engine.now();
  side.last_used = engine.now();
  const double warmth =
      std::min(1.0, seconds_of(engine.now() - side.warm_since) / seconds_of(side.profile.warm_up));
  return own * (side.profile.cold_share + (1 - side.profile.cold_share) * warmth);
}

CallReply Provider::State::judge(ProviderSideState& side, const ProviderClient& client,
                                 std::uint64_t error_word) {
  using Down = ProviderCondition::Down;
  if (side.condition.down == Down::silent) return {CallResult::timed_out, silent};
  if (side.condition.down == Down::refuses) return {CallResult::refused, refused};
  const auto& keys = side.profile.keys;
  if (side.asks_for_key && std::find(keys.begin(), keys.end(), client.key) == keys.end())
    return {CallResult::failed, unauthorized};
  if (side.profile.concurrency > 0 && side.in_flight >= side.profile.concurrency)
    return {CallResult::throttled, throttled};
  if (const double limit = limit_of(side); limit > 0) {
    const double burst = side.profile.burst > 0 ? side.profile.burst : std::max(1.0, limit);
    TokenBucket& bucket = side.buckets.try_emplace(client.key, TokenBucket(limit, burst)).first->second;
    bucket.set_rate(limit, burst, engine.now());
    if (!bucket.take(engine.now())) return {CallResult::throttled, throttled};
  }
  if (unit_interval(error_word) < side.condition.errors) return {CallResult::unavailable, unavailable};
  return {};
}

int Provider::operation(const std::string& name) const {
  for (std::size_t i = 0; i < state_->profile.operations.size(); ++i)
    if (state_->profile.operations[i].name == name) return static_cast<int>(i);
  return -1;
}

void Provider::server_started(ServerId server, const ServerSpec& spec) {
  if (state_->clients.size() <= server.index) state_->clients.resize(server.index + 1);
  ProviderClient client{true, 0, ""};
  if (spec.environment) {
    const auto choice = spec.environment->find(state_->profile.choice_key);
    if (choice != spec.environment->end())
      client.side = static_cast<std::uint32_t>(std::max(0, find_side(choice->second)));
    const auto key = spec.environment->find(state_->profile.api_key_key);
    if (key != spec.environment->end()) client.key = key->second;
  }
  state_->clients[server.index] = client;
}

void Provider::server_gone(ServerId server, Death) {
  state_->clients[server.index].present = false;
}

void Provider::begin(CallToken token, const BackendCall& call) {
  State& state = *state_;
  MUSTER_ASSERT(call.caller.index < state.clients.size() && state.clients[call.caller.index].present,
                "a process calls the provider before it was announced");
  const ProviderClient& client = state.clients[call.caller.index];
  ProviderSideState& side = state.sides[client.side];
  const auto words = state.call_luck.block(call.luck);
  const std::uint32_t slot = state.calls.take();
  PendingCall& pending = state.calls[slot];
  pending.token = token;
  pending.side = client.side;
  pending.began = state.engine.now();
  pending.reply = state.judge(side, client, words[1]);
  ++side.in_flight;
  state.tokens.insert(token, slot);
  SimDuration takes = state.profile.round_trip;
  if (pending.reply.result == CallResult::ok)
    takes += state.latencies[call.operation].draw(words[0], side.condition.slowness);
  if (pending.reply.code == silent) takes = kernel_gives_up;
  pending.event = state.engine.schedule_in(takes, Lane::model, [&state, slot] { state.answer(slot); });
}

void Provider::State::answer(std::uint32_t slot) {
  const PendingCall pending = calls[slot];
  ProviderSideState& side = sides[pending.side];
  --side.in_flight;
  ProviderCounters& counters = side.counters;
  const double took = seconds_of(engine.now() - pending.began);
  counters.latency_sum += took;
  const std::vector<double>& bounds = RequestPath::metric_buckets();
  const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), took) - bounds.begin();
  ++counters.latency[static_cast<std::size_t>(bucket)];
  switch (pending.reply.code) {
    case nothing:
      ++counters.ok;
      break;
    case throttled:
      ++counters.throttled;
      break;
    case unauthorized:
      ++counters.unauthorized;
      break;
    case unavailable:
      ++counters.errors;
      break;
    default:
      ++counters.unanswered;
      break;
  }
  tokens.erase(pending.token);
  calls.release(slot);
  sink.finish(pending.token, pending.reply);
}

void Provider::abandon(CallToken token) {
  const std::uint32_t slot = state_->tokens.find(token);
  if (slot == TokenMap::none) return;
  const PendingCall& pending = state_->calls[slot];
  ProviderSideState& side = state_->sides[pending.side];
  state_->engine.cancel(pending.event);
  --side.in_flight;
  ++side.counters.unanswered;
  state_->tokens.erase(token);
  state_->calls.release(slot);
}

std::string Provider::text(std::uint16_t code) const {
  return code < texts.size() ? texts[code] : "";
}
const ProviderProfile& Provider::profile() const {
  return state_->profile;
}

int Provider::find_side(const std::string& name) const {
  for (std::size_t i = 0; i < state_->sides.size(); ++i)
    if (state_->sides[i].profile.name == name) return static_cast<int>(i);
  return -1;
}

const ProviderCondition& Provider::condition(int side) const {
  return state_->at(side).condition;
}

void Provider::set_condition(int index, const ProviderCondition& condition) {
  State& state = *state_;
  ProviderSideState& side = state.at(index);
  const std::string before = status_of(side.condition);
  side.condition = condition;
  if (before == status_of(condition)) return;
  const double share = unit_interval(state.luck.at(state.changes++));
  const SimDuration least = state.profile.status_lag_least, spread = state.profile.status_lag_most - least;
  const SimDuration lag =
      least + SimDuration{static_cast<std::int64_t>(share * static_cast<double>(spread.count()))};
  // The page is edited in the order of what happened.
  const SimTime shown = std::max(state.engine.now() + lag, side.page.back().since);
  side.page.push_back({side.profile.name, status_of(condition), shown});
}

void Provider::revoke(int index, const std::string& key) {
  std::erase(state_->at(index).profile.keys, key);
}

void Provider::accept(int index, const std::string& key) {
  auto& keys = state_->at(index).profile.keys;
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

std::vector<StatusLine> Provider::status_page() const {
  std::vector<StatusLine> lines;
  for (const ProviderSideState& side : state_->sides) {
    const StatusLine* shown = &side.page.front();
    for (const StatusLine& line : side.page)
      if (line.since <= state_->engine.now()) shown = &line;
    lines.push_back(*shown);
  }
  return lines;
}

const ProviderCounters& Provider::counters(int side) const {
  return state_->at(side).counters;
}
int Provider::in_flight(int side) const {
  return state_->at(side).in_flight;
}

void Provider::check_invariants() const {
  int sum = 0;
  for (const ProviderSideState& side : state_->sides) {
    MUSTER_ASSERT(side.in_flight >= 0, "a provider has fewer than no requests");
    sum += side.in_flight;
  }
  const auto taken = state_->calls.taken();
  MUSTER_ASSERT(static_cast<std::uint32_t>(sum) == taken && state_->tokens.size() == taken,
                "a provider lost a request");
}

}  // namespace muster
