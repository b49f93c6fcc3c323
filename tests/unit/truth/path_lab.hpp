// The real request path as a laboratory: services with one process each, and sums of what single requests
// went through.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/traffic/request_watcher.hpp"

namespace muster {

/// Sums since the start of a run; times in nanoseconds.
struct Sums {
  std::uint64_t started = 0, waited = 0;
  std::array<std::uint64_t, 4> wait_over{};  ///< longer than Lab::wait_thresholds
  std::int64_t wait = 0;
  std::uint64_t replied = 0;
  std::int64_t sojourn = 0;
  std::array<std::uint64_t, 4> over{};  ///< replies slower than Lab::thresholds
  std::array<std::uint64_t, outcome_count> ended{};
  std::int64_t latency = 0;       ///< of users, all outcomes
  std::int64_t lost_latency = 0;  ///< of them, of outcome unavailable
  std::uint64_t attempts = 0;
  std::uint64_t requests() const;
  std::uint64_t count(Outcome outcome) const { return ended[static_cast<std::size_t>(outcome)]; }
};
Sums operator-(const Sums& later, const Sums& earlier);

/// One service with one process. Users have endless patience unless the profile is changed.
struct LabStation {
  LabStation(std::string name, double rate, const ServiceTime& time, int workers_, int backlog_ = 1 << 30);
  ServiceProfile service;
  AppProfile app;
  int workers, backlog;
  double error_probability = 0;
};

class Lab final : public RequestWatcher {
 public:
  Lab(const std::deque<LabStation>& stations, std::uint64_t seed);
  ~Lab() override { path.watch(nullptr); }

  void run_to(double seconds);
  const Sums& sums(int service = 0) const { return sums_[static_cast<std::size_t>(service)]; }
  ServerLoad load(int service = 0) const { return path.load(servers[static_cast<std::size_t>(service)]); }
  /// The process of a service is replaced by a fresh one.
  void replace(int service = 0);

  void started(int service, SimDuration waited) override;
  void replied(int service, int endpoint, Outcome outcome, SimDuration sojourn) override;
  void ended(int service, Outcome outcome, SimDuration latency, std::uint32_t attempts) override;

  std::vector<SimDuration> wait_thresholds, thresholds;  ///< at most four each
  Engine engine{Limits{~std::uint64_t{0}, 1u << 24}};
  RequestPath path;
  std::vector<ServerId> servers;

 private:
  const std::deque<LabStation>& stations_;
  std::vector<Sums> sums_;
};

ServiceTime exponential_time(double mean_s);
ServiceTime constant_time(double mean_s);

/// Requests after which the mean wait at this load is known to `width` of itself (99.9 %, half width), from
/// the asymptotic variance of the M/M/1 queue: relative variance 2 (1 + rho) / (rho (1 - rho)^2) / n
/// (Whitt, "Planning queueing simulations", Management Science 35, 1989); `noise` is for other laws.
double requests_needed(double rho, double width, double noise = 1);

/// The `long` suite asks for more.
bool long_run();

}  // namespace muster
