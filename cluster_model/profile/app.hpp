// What runs in the pods: the processes, what their images do, and the settings they refuse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/distributions.hpp"
#include "sim/time.hpp"

namespace muster {

/// The application crashes at start unless the variable passes. Checked at each container start.
struct ConfigRule {
  std::string key;               ///< environment variable
  std::string pattern;           ///< RE2, fully anchored
  bool required = true;          ///< absent = crash
  std::vector<std::string> log;  ///< lines it prints before it exits; "{key}" and "{value}" are filled in
  int exit_code = 1;
};

/// What an image does. The first behaviour whose pattern matches the image counts.
struct ImageBehaviour {
  std::string pattern;                       ///< glob over the image reference: "*/autonomous-dev:v1.2.3"
  LognormalTime boot{8s, 0.4};               ///< from process start to listening
  std::optional<LognormalTime> crash_after;  ///< it exits this long after process start, before it listens
  int exit_code = 1;
  std::vector<std::string> crash_log;
  double service_time_factor = 1;  ///< on every endpoint's service time
  double error_probability = 0;    ///< a request is answered 500
  std::int64_t size_bytes = 200'000'000;
};

/// The processes in a workload's pods.
struct AppProfile {
  std::string namespace_, workload;  ///< Deployment name
  std::string container;             ///< container name
  int workers = 8;                   ///< requests served at once per pod
  int backlog = 128;                 ///< requests waiting for a worker per pod; more are refused
  SimDuration stop_time{1s};         ///< from SIGTERM to exit once nothing is in flight
  std::vector<ImageBehaviour> images;
  std::vector<ConfigRule> config;
};

}  // namespace muster
