#include "telemetry/scrape_schedule.hpp"

#include <algorithm>

#include "sim/random.hpp"

namespace muster {

ScrapeSchedule::ScrapeSchedule(std::uint64_t seed, SimDuration interval) : seed_(seed), interval_(interval) {}

SimTime ScrapeSchedule::first_at(const Name& name, SimTime now) const {
  const auto places = static_cast<std::uint64_t>(std::max<std::int64_t>(2, interval_ / place_step)) - 1;
  const RandomStream draw(seed_, "scrape/" + name.first + "/" + name.second, "place");
  const SimDuration place = static_cast<std::int64_t>(1 + below(draw.at(0), places)) * place_step;
  const std::int64_t since = ((now - sim_start) - place).count();
  const std::int64_t rounds = since <= 0 ? 0 : (since + interval_.count() - 1) / interval_.count();
  return sim_start + place + rounds * interval_;
}

void ScrapeSchedule::discover(const std::vector<ScrapeTarget>& targets, SimTime now) {
  for (const ScrapeTarget& target : targets) {
    Name name{target.job, target.instance};
    if (next_.count(name)) continue;
    const SimTime first = first_at(name, now);
    next_.emplace(std::move(name), first);
  }
}

SimTime ScrapeSchedule::next() const {
  SimTime earliest = sim_never;
  for (const auto& [name, at] : next_) earliest = std::min(earliest, at);
  return earliest;
}

void ScrapeSchedule::take_due(const std::vector<ScrapeTarget>& targets, SimTime now, Scraper& scraper) {
  for (const ScrapeTarget& target : targets) {
    const auto known = next_.find({target.job, target.instance});
    if (known == next_.end() || known->second > now) continue;
    scraper.scrape_one(target, nanoseconds_of(now) / 1'000'000);
    known->second += interval_;
  }
  for (auto known = next_.begin(); known != next_.end();) {
    if (known->second > now) {
      ++known;
      continue;
    }
    scraper.forget(known->first.first, known->first.second, nanoseconds_of(now) / 1'000'000);
    known = next_.erase(known);
  }
}

}  // namespace muster
