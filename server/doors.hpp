// The doors that `muster serve` opens: a drill that goes on while it is served, or recorded series.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "drill/live_drill.hpp"
#include "server/door.hpp"
#include "sim/result.hpp"

namespace muster {

struct LiveOptions {
  LiveDrill::Options drill;
  SimDuration begin_at{};           ///< so much virtual time is run at once before serving begins
  SimDuration serve_for{};          ///< how long to serve; zero = until the scenario's end
  std::optional<SimDuration> hold;  ///< virtual time is run to here at once and stands still then
};

/// Virtual now = wall now, at the speed 1. Everything that a Router answers.
Result<std::unique_ptr<Door>> open_live_drill(const LiveOptions& options);

/// Prometheus' API over a file of series (telemetry/series_json.hpp). Times in it are calendar times.
Result<std::unique_ptr<Door>> open_import(const std::string& file);

}  // namespace muster
