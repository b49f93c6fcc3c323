// When each target is scraped: every interval, at a place within it that belongs to the target, so that the
// load of scraping is spread and no two targets' samples fall on one instant for no reason.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/time.hpp"
#include "telemetry/scraper.hpp"

namespace muster {

class ScrapeSchedule {
 public:
  /// A target's place is drawn from the seed by its job and instance (Prometheus hashes the target with the
  /// server's name: v2.42 scrape/target.go, offset), in steps of `place_step`, so that targets of one step
  /// are listed once. Nobody's place is 0, where rules run: which of two things at one instant comes first
  /// would show in the alerts.
  ScrapeSchedule(std::uint64_t seed, SimDuration interval);

  /// Takes note of targets that are new at `now`: they are scraped from their next place on.
  void discover(const std::vector<ScrapeTarget>& targets, SimTime now);
  /// When take_due() next has something to do; sim_never without targets.
  SimTime next() const;
  /// Scrapes those of `targets` that are due at `now`. One that is due and not among them is forgotten: its
  /// series end at the moment of the scrape that did not happen.
  void take_due(const std::vector<ScrapeTarget>& targets, SimTime now, Scraper& scraper);

  static constexpr SimDuration place_step = 250ms;

 private:
  using Name = std::pair<std::string, std::string>;  // job, instance
  SimTime first_at(const Name& name, SimTime now) const;

  std::uint64_t seed_;
  SimDuration interval_;
  std::map<Name, SimTime> next_;
};

}  // namespace muster
