// How long a person takes.
#pragma once

#include <string>

#include "responders/responder.hpp"

namespace muster {

/// A lognormal duration by its median and 95th percentile.
struct PaceTime {
  SimDuration median{}, p95{};
};

/// Assumptions, not measurements: no study gives times per step. The lognormal shape is that of the
/// time-reliability literature (Swain and Guttmann, NUREG/CR-1278); 45 s to an acknowledgement fits on-call
/// tiers of five minutes (Beyer et al., "Site Reliability Engineering", chapter 11). This is somebody who was
/// told which section to follow: the time to find the cause, which is most of a real incident, is not in
/// here.
struct RunbookPace {
  PaceTime acknowledge{45s, 300s};  ///< from the page to its acknowledgement, in business hours
  PaceTime keyboard{120s, 600s};    ///< from there to a shell with the runbook open
  PaceTime read{20s, 60s};          ///< reading a step and deciding
  PaceTime type{12s, 40s};          ///< typing or pasting a command or a message
  PaceTime look{15s, 60s};          ///< looking at what it printed
  double skill_sigma = 0.25;  ///< of the factor LN(0, sigma) on every stage of a run: some people are quicker
};

/// Draws the times of one responder in one run. A draw belongs to (purpose, step), so that a step more or
/// less shifts no other.
class PaceClock {
 public:
  PaceClock(const ResponderHost& host, std::string entity, RunbookPace pace);
  SimDuration acknowledge() const { return draw("acknowledge", pace_.acknowledge, 0); }
  SimDuration keyboard() const { return draw("keyboard", pace_.keyboard, 0); }
  SimDuration read(std::uint64_t step) const { return draw("read", pace_.read, step); }
  SimDuration type(std::uint64_t step) const { return draw("type", pace_.type, step); }
  SimDuration look(std::uint64_t step) const { return draw("look", pace_.look, step); }

 private:
  SimDuration draw(std::string_view purpose, const PaceTime& time, std::uint64_t index) const;

  const ResponderHost& host_;
  std::string entity_;
  RunbookPace pace_;
  double skill_ = 1;
};

}  // namespace muster
