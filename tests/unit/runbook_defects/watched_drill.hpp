// A shipped drill with its monitoring, as somebody sees it who asks Prometheus, the API server and a console.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "drill/simulation.hpp"
#include "responders/console/console.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::test {

/// Alerts and pages of a run, in order.
struct Signals final : FactSink {
  void record(SimTime at, Fact fact) override {
    if (const auto* alert = std::get_if<AlertFact>(&fact)) alerts.emplace_back(at, *alert);
    if (const auto* page = std::get_if<PageFact>(&fact)) pages.emplace_back(at, *page);
    if (const auto* traffic = std::get_if<TrafficFact>(&fact)) {
      ended += traffic->ended();
      failed += traffic->failed();
    }
  }
  /// sim_never if it has not been so.
  SimTime first(const std::string& name, const std::string& state) const {
    for (const auto& [at, alert] : alerts)
      if (alert.alert == name && alert.state == state) return at;
    return sim_never;
  }
  std::vector<std::pair<SimTime, AlertFact>> alerts;
  std::vector<std::pair<SimTime, PageFact>> pages;
  std::uint64_t ended = 0, failed = 0;  ///< users' requests
};

class WatchedDrill {
 public:
  explicit WatchedDrill(const std::string& name) : WatchedDrill(load(name)) {}
  explicit WatchedDrill(Scenario scenario)
      : scenario_(std::move(scenario)),
        simulation_(scenario_, scenario_.seed, signals, Simulation::Kind::drill) {}
  /// Of the library.
  static Scenario load(const std::string& name) {
    return load_scenario(std::string(MUSTER_SOURCE_DIR) + "/scenarios/library/" + name + ".yaml").value();
  }

  void run_to(SimDuration at) { simulation_.engine().run_until(sim_start + at); }
  SimTime now() const { return simulation_.now(); }
  const World& world() const { return simulation_.world(); }

  Answer get(const std::string& path) { return simulation_.handle({"responder-1", "GET", path, "", ""}); }
  Answer handle(const Request& request) { return simulation_.handle(request); }

  /// What Prometheus answers to the query now: [labels] -> value. A scalar has no labels.
  std::map<Labels, double> query(const std::string& expression) {
    const Answer answer =
        simulation_.handle({"responder-1", "POST", "/api/v1/query", "application/x-www-form-urlencoded",
                            "query=" + encoded(expression)});
    return values_of(answer.body);
  }
  /// The one value of the answer; -1 if there is none or more.
  double value(const std::string& expression) {
    const auto values = query(expression);
    return values.size() == 1 ? values.begin()->second : -1;
  }

  /// What the command prints on stdout; its stderr comes behind.
  std::string type(const std::string& line);

  Signals signals;

 private:
  static std::string encoded(const std::string& text);
  static std::map<Labels, double> values_of(const std::string& json);

  Scenario scenario_;
  Simulation simulation_;
};

}  // namespace muster::test
