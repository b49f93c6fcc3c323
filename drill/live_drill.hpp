// One drill whose clock somebody else turns: the world behind a server. Pure, as all of drill/: virtual time
// moves only when advance_to() says so. Nothing is journaled yet and nobody but the requests responds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drill/inbox.hpp"
#include "drill/simulation.hpp"
#include "journal/fact_sink.hpp"

namespace muster {

class LiveDrill {
 public:
  struct Options {
    std::string scenario;                ///< path of the scenario file
    std::optional<std::uint64_t> seed;   ///< else the scenario's
    std::vector<std::string> overrides;  ///< KEY=VALUE
  };

  /// `epoch` replaces the scenario's calendar instant of virtual zero. Errors: the scenario's.
  static Result<std::unique_ptr<LiveDrill>> load(const Options& options, Epoch epoch);

  SimTime now() const { return simulation_.now(); }
  /// When the scenario ends. Time may go on after that; then only nothing more is planned.
  SimTime horizon() const { return scenario_.horizon; }
  const std::string& name() const { return scenario_.name; }

  /// Lets everything happen that is due until `at`; an earlier time than now changes nothing.
  void advance_to(SimTime at);
  /// Answers a request at now(), in the request lane as every other.
  Answer submit(const Request& request);

 private:
  LiveDrill(Scenario scenario, std::uint64_t seed);

  Scenario scenario_;
  NoFacts facts_;
  Simulation simulation_;
  Inbox inbox_;
};

}  // namespace muster
