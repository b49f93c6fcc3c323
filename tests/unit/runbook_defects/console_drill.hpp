// A drill with somebody at a console in it: lines are typed from a given minute on, one after the other, and
// what became of each is kept.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drill/host.hpp"
#include "drill/simulation.hpp"
#include "responders/console/console.hpp"
#include "responders/runbook/observations.hpp"

namespace muster::test {

struct TypedLine {
  std::string line;  ///< as typed, placeholders filled
  CommandResult result;
  SimTime began{}, ended{};
};

class ConsoleDrill {
 public:
  /// Of the library, or with faults of the caller's own.
  explicit ConsoleDrill(const std::string& name);
  explicit ConsoleDrill(Scenario scenario);

  /// Types the lines from `at` on (or from now on); 10 s pass between two of them. Placeholders are filled
  /// from what was seen and from `seen`.
  const std::vector<TypedLine>& type(std::vector<std::string> lines, SimDuration at = {});
  const TypedLine& type_one(const std::string& line) { return type({line}).back(); }

  Session& session() { return console_.session(); }
  Simulation& simulation() { return simulation_; }
  Observations seen;

 private:
  Task<void> play(std::vector<std::string> lines, SimTime at);

  Scenario scenario_;
  JournalWriter journal_;
  Simulation simulation_;
  DrillHost host_;
  Console console_;
  std::vector<TypedLine> typed_;
  bool done_ = false;
};

}  // namespace muster::test
