// One simulated system with everything that observes it: world, monitoring, pager, desk, and the one door. It
// decides nothing and knows no responder.
#pragma once

#include <cstdint>
#include <functional>

#include "api/desk/desk.hpp"
#include "api/router.hpp"
#include "cluster_model/world.hpp"
#include "journal/fact_sink.hpp"
#include "scenarios/scenario.hpp"
#include "sim/engine.hpp"
#include "telemetry/alertmanager/alertmanager.hpp"
#include "telemetry/alerts.hpp"
#include "telemetry/scrape_schedule.hpp"

namespace muster {

class Simulation {
 public:
  /// What a run is for. A baseline compares what users got, so nobody watches it; the twin has no fault
  /// either.
  enum class Kind : std::uint8_t { drill, nothing_done, no_fault };

  /// `scenario` and `facts` outlive the simulation.
  Simulation(const Scenario& scenario, std::uint64_t seed, FactSink& facts, Kind kind);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  Engine& engine() { return engine_; }
  const World& world() const { return world_; }
  const SeriesStore& series() const { return series_; }
  SimTime now() const { return engine_.now(); }
  Epoch epoch() const { return scenario_.epoch; }
  std::uint64_t seed() const { return seed_; }

  /// Answers a request at now(). The caller journals it.
  Answer handle(const Request& request) { return router_.handle(request); }
  /// Called with the number of each page that reaches the pager (in Lane::observe).
  void on_page(std::function<void(std::uint64_t page)> listener) { page_listener_ = std::move(listener); }

  /// Runs to the scenario's horizon and records the EndFact. `check`: also holds every invariant at every
  /// virtual second; the run is the same.
  void run_to_horizon(bool check = false);

 private:
  void schedule_faults();
  void strike(const ScheduledFault& fault, bool begin);
  void watch();
  void discover();
  void schedule_scrape();
  void scrape();
  void schedule_rules(SimTime at);
  void evaluate_rules();
  void end_if_full();
  void deliver_pages();
  void schedule_pages();

  const Scenario& scenario_;
  std::uint64_t seed_;
  FactSink& facts_;
  Engine engine_;
  World world_;
  SeriesStore series_;
  Scraper scraper_;
  ScrapeSchedule scrapes_;
  SimTime scrape_at_ = sim_never;  // of the one scheduled next
  AlertEngine alerts_;
  alertmanager::Alertmanager alertmanager_;
  SimTime pages_at_ = sim_never;  // when the groups are looked at next
  std::uint64_t pages_ = 0;       // so far
  Desk desk_;
  Router router_;
  std::function<void(std::uint64_t)> page_listener_;
};

}  // namespace muster
