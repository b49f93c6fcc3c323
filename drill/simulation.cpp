#include "drill/simulation.hpp"

#include "cluster_model/exporters/exposition.hpp"
#include "drill/invariants.hpp"
#include "sim/assert_context.hpp"
#include "telemetry/promql/label_pool.hpp"

namespace muster {
namespace {

// Canonical labels of an alert without its name, which the fact states apart.
std::string other_labels(const Labels& labels) {
  return promql::print_labels(promql::all_but(labels, {"alertname"}));
}

}  // namespace

Simulation::Simulation(const Scenario& scenario, std::uint64_t seed, FactSink& facts, Kind kind)
    : scenario_(scenario),
      seed_(seed),
      facts_(facts),
      world_(engine_, facts, scenario.system, seed, scenario.epoch),
      scraper_(series_),
      scrapes_(seed, scenario.scrape_interval),
      alerts_(series_, scenario.rules, scenario.scrape_interval, scenario.epoch),
      alertmanager_(scenario.alertmanager),
      desk_(facts),
      router_(world_, series_, alerts_, desk_) {
  router_.connect(alertmanager_);
  if (kind != Kind::no_fault) schedule_faults();
  if (kind == Kind::drill) watch();
}

void Simulation::schedule_faults() {
  for (const ScheduledFault& fault : scenario_.faults) {
    const ScheduledFault* strikes = &fault;
    engine_.schedule(fault.at, Lane::model, [this, strikes] { strike(*strikes, true); });
    if (fault.end_at == sim_never) continue;
    engine_.schedule(fault.end_at, Lane::model, [this, strikes] { strike(*strikes, false); });
  }
}

void Simulation::strike(const ScheduledFault& fault, bool begin) {
  facts_.record(now(), FaultFact{fault.id, fault.kind, fault.target, begin, fault.detail});
  (begin ? fault.begin : fault.end)(world_);
}

void Simulation::watch() {
  engine_.schedule(sim_start, Lane::observe, [this] { discover(); });
  schedule_rules(sim_start);
}

// Prometheus hears of new and vanished targets at once, and takes them over at most every 5 s
// (prometheus/prometheus v2.42 discovery/manager.go, updatert).
void Simulation::discover() {
  constexpr SimDuration discovery_interval = 5s;
  scrapes_.discover(scrape_targets(world_), now());
  schedule_scrape();
  engine_.schedule_in(discovery_interval, Lane::observe, [this] { discover(); });
}

void Simulation::schedule_scrape() {
  const SimTime next = scrapes_.next();
  if (next >= scrape_at_) return;
  scrape_at_ = next;
  engine_.schedule(next, Lane::observe, [this] { scrape(); });
}

void Simulation::scrape() {
  if (scrape_at_ != now()) return;  // an earlier one came in between, and has seen to it
  scrapes_.take_due(scrape_targets(world_), now(), scraper_);
  scrape_at_ = sim_never;
  schedule_scrape();
  end_if_full();
}

// The rules see what has been scraped until now: a trainee's signals are as late as the real ones.
void Simulation::schedule_rules(SimTime at) {
  engine_.schedule(at, Lane::observe, [this] { evaluate_rules(); });
}

void Simulation::evaluate_rules() {
  const std::vector<AlertChange> changes = alerts_.evaluate(now());
  for (const AlertChange& change : changes) {
    facts_.record(now(), AlertFact{change.alert, other_labels(change.labels), change.state,
                                   std::string(promql::label_value(change.labels, "priority"))});
  }
  alertmanager_.take(changes, now());
  deliver_pages();
  schedule_rules(now() + scenario_.scrape_interval);
  end_if_full();
}

void Simulation::end_if_full() {
  if (!series_.full().empty()) engine_.stop();
}

// Only receivers that wake people reach anybody here.
void Simulation::deliver_pages() {
  for (const alertmanager::Notification& note : alertmanager_.due(now())) {
    if (!note.pages) continue;
    desk_.deliver(now(), PageFact{++pages_, note.alerts, note.receiver, note.priority});
    if (page_listener_) page_listener_(pages_);
  }
  schedule_pages();
}

void Simulation::schedule_pages() {
  const SimTime next = alertmanager_.next();
  if (next == sim_never || next >= pages_at_) return;
  pages_at_ = next;
  engine_.schedule(next, Lane::observe, [this, next] {
    if (pages_at_ != next) return;  // an earlier look has been here
    pages_at_ = sim_never;
    deliver_pages();
  });
}

void Simulation::run_to_horizon(bool check) {
  const AssertContext context(
      [this] { return "in scenario " + scenario_.name + ", " + run_position(engine_, seed_); });
  const StopReason reason = check ? run_checked(engine_, scenario_.horizon, world_checks(world_))
                                  : engine_.run_until(scenario_.horizon);
  world_.check_invariants();
  const bool to_the_end = reason == StopReason::reached_time || reason == StopReason::queue_empty;
  std::string outcome = to_the_end ? "horizon" : to_string(reason);
  if (!series_.full().empty()) outcome = "the series store is full: " + series_.full();
  facts_.record(now(), EndFact{outcome, engine_.fingerprint().hex(), engine_.world_events_executed()});
}

}  // namespace muster
