#include "reports/plot/data.hpp"

#include <algorithm>
#include <map>

#include "reports/words.hpp"

namespace muster::reports {
namespace {

std::size_t index_of(SimTime at, SimDuration step, std::size_t size) {
  const SimDuration covered = std::max(at - sim_start - 1s, SimDuration{0});
  return std::min(static_cast<std::size_t>(covered / step), size - 1);
}

void add_outcomes(TrafficBin& bin, const TrafficFact& fact) {
  std::array<std::uint64_t, outcome_count> sums{};
  for (const EndpointTraffic& endpoint : fact.endpoints)
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += endpoint.outcomes[i];
  const auto count = [&](Outcome outcome) { return sums[static_cast<std::size_t>(outcome)]; };
  const std::uint64_t slow = std::min<std::uint64_t>(fact.slow, count(Outcome::ok));
  const std::array<std::uint64_t, band_count> bands{count(Outcome::ok) - slow,
                                                    slow,
                                                    count(Outcome::client_error),
                                                    count(Outcome::server_error),
                                                    count(Outcome::unavailable) + count(Outcome::throttled),
                                                    count(Outcome::reset),
                                                    count(Outcome::timeout)};
  for (std::size_t i = 0; i < band_count; ++i) bin.counts[i] += bands[i];
  bin.latency.merge(fact.latency);
}

/// The last fact of each service in a minute knows the users of its last 60 s.
using LastOfMinute = std::map<std::pair<std::size_t, std::string>, UserMinute>;

}  // namespace

std::uint64_t TrafficBin::ended() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts) sum += count;
  return sum;
}

std::uint64_t TrafficBin::failed() const {
  std::uint64_t sum = 0;
  for (std::size_t i = static_cast<std::size_t>(Band::server_error); i < band_count; ++i) sum += counts[i];
  return sum;
}

Traffic traffic_of(const Journal& journal, SimTime end) {
  const auto steps = [&](SimDuration step) {
    return static_cast<std::size_t>(std::max<std::int64_t>((end - sim_start + step - 1ns) / step, 1));
  };
  Traffic traffic;
  traffic.bins.resize(steps(plot_step));
  traffic.minutes.resize(steps(1min));
  LastOfMinute last;
  for (const Record& record : journal.records) {
    const TrafficFact* fact = record.fact<TrafficFact>();
    if (!fact) continue;
    add_outcomes(traffic.bins[index_of(record.at, plot_step, traffic.bins.size())], *fact);
    const std::size_t minute = index_of(record.at, 1min, traffic.minutes.size());
    last[{minute, fact->service}] = {fact->users_seen_minute, fact->users_affected_minute};
  }
  for (const auto& [key, users] : last) {
    traffic.minutes[key.first].seen += users.seen;
    traffic.minutes[key.first].affected += std::min(users.affected, users.seen);
  }
  return traffic;
}

std::vector<Workload> workloads_of(const Journal& journal) {
  std::vector<Workload> workloads;
  for (const Record& record : journal.records) {
    const WorkloadFact* fact = record.fact<WorkloadFact>();
    if (!fact) continue;
    const std::string name = fact->kind + " " + fact->namespace_ + "/" + fact->name;
    auto found =
        std::find_if(workloads.begin(), workloads.end(), [&](const Workload& w) { return w.name == name; });
    if (found == workloads.end()) found = workloads.insert(found, Workload{name, fact->name, {}});
    found->changes.push_back(
        {record.at, std::max(fact->ready, 0), std::max(fact->wanted, 0), fact->revision});
  }
  return workloads;
}

std::vector<Mark> marks_of(const Scorecard& card, const Journal& journal) {
  std::vector<Mark> marks;
  for (const Record& record : journal.records) {
    if (const FaultFact* fault = record.fact<FaultFact>())
      marks.push_back({record.at, MarkKind::fault, fault->active ? "fault" : "fault ends"});
    if (record.fact<PageFact>()) marks.push_back({record.at, MarkKind::page, ""});
  }
  for (const Milestone& milestone : milestones(card.timestamps))
    if (milestone.at) marks.push_back({*milestone.at, MarkKind::milestone, milestone.sign});
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.at < b.at; });
  return marks;
}

SimTime end_of(const Scorecard& card, const Journal& journal) {
  SimTime end = sim_start;
  for (const Record& record : journal.records) end = std::max(end, record.at);
  if (end <= sim_start) end = card.horizon;
  return std::max(end, sim_start + 1min);
}

}  // namespace muster::reports
