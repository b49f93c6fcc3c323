// A third-party provider as a Backend: latency, rate limit, API keys, and the conditions that faults set. Its
// status page says what the vendor believes, which is later than the truth.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/profile/provider.hpp"
#include "cluster_model/traffic/backend.hpp"
#include "sim/engine.hpp"

namespace muster {

/// What is wrong with a side. Several may hold at once; each fault sets and takes back its own member.
struct ProviderCondition {
  enum class Down : std::uint8_t { no, refuses, silent };
  double slowness = 1;    ///< on its latency
  double errors = 0;      ///< share of requests answered 503
  double rate_limit = 0;  ///< requests per second in place of its own; 0 = its own
  Down down = Down::no;
  bool healthy() const { return slowness <= 1 && errors <= 0 && rate_limit <= 0 && down == Down::no; }
};

struct ProviderCounters {
  std::uint64_t ok = 0, errors = 0, throttled = 0, unauthorized = 0, unanswered = 0;
  double latency_sum = 0;  ///< seconds, of answers
  /// Of answers; by RequestPath::metric_buckets(), not cumulative, the last is +Inf.
  std::array<std::uint64_t, 12> latency{};
};

/// A component in the words of Atlassian's Statuspage, which most vendors use.
struct StatusLine {
  std::string component;
  std::string status;  ///< "operational", "degraded_performance", "partial_outage", "major_outage"
  SimTime since{};     ///< when the page began to say so
};

class Provider final : public Backend {
 public:
  Provider(Engine& engine, const ProviderProfile& profile, std::uint64_t seed, CallSink& sink);
  ~Provider() override;

  // Backend
  int operation(const std::string& name) const override;
  void begin(CallToken token, const BackendCall& call) override;
  void abandon(CallToken token) override;
  void server_started(ServerId server, const ServerSpec& spec) override;
  void server_gone(ServerId server, Death death) override;
  std::string text(std::uint16_t code) const override;

  const ProviderProfile& profile() const;
  int find_side(const std::string& name) const;  ///< -1: none
  const ProviderCondition& condition(int side) const;
  void set_condition(int side, const ProviderCondition& condition);
  /// A key that is revoked is answered 401 from now on.
  void revoke(int side, const std::string& key);
  void accept(int side, const std::string& key);
  /// What the status page says now. A read.
  std::vector<StatusLine> status_page() const;
  const ProviderCounters& counters(int side) const;
  int in_flight(int side) const;
  void check_invariants() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muster
