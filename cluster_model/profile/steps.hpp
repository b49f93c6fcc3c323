// What an endpoint does, step by step. The request path compiles the steps of all endpoints into one flat
// array; repeats are unrolled, so a program has no loops and every operation has its own luck.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cluster_model/profile/setting.hpp"
#include "sim/time.hpp"

namespace muster {

/// How long a request keeps its worker, by its probability law. A type of its own (not LognormalTime), so
/// that the request path can be held against queueing theory, which knows exponential and constant service.
struct ServiceTime {
  enum class Kind : std::uint8_t { deterministic, exponential, lognormal, erlang, hyperexponential };
  Kind kind = Kind::lognormal;
  SimDuration mean{50ms};
  double sigma = 0.6;               ///< lognormal: standard deviation of the logarithm; 0 = always the mean
  int phases = 1;                   ///< erlang: the sum of so many equal exponential times
  std::vector<double> shares = {};  ///< hyperexponential: with probability shares[i] ...
  std::vector<SimDuration> branches = {};  ///< ... exponential with mean branches[i]; `mean` is not used
  friend bool operator==(const ServiceTime&, const ServiceTime&) = default;
};

/// A cache in the process: `keys` items are asked for alike, `share` of all lookups can be answered from it
/// at all. A lookup hits with probability share * known / keys; a miss makes one more item known. A new
/// process knows none.
struct CacheProfile {
  std::string name;
  double share = 1;
  double keys = 1000;
};

struct Step {
  enum class Kind : std::uint8_t {
    work,      ///< time on the worker that needs no processor: `time`
    cpu,       ///< processor time: `time`, shared and throttled
    call,      ///< another service's endpoint: `target`, `operation` ("POST /check")
    backend,   ///< database or provider: `target`, `operation`
    cache,     ///< `cache`; `steps` on a miss
    parallel,  ///< each of `steps` is a branch (of calls only); goes on when all are done
    sequence,  ///< `steps`
    choice,    ///< one of `steps`, by their `share`; none with what is left of 1
    queue      ///< a message for `target`, `operation`; nobody waits for it
  };
  Kind kind = Kind::work;
  ServiceTime time = {};
  std::string target = {}, operation = {};
  std::string policy = {};           ///< name of a CallPolicy of the service; empty = none
  int times = 1;                     ///< one after the other
  double share = 0;                  ///< of a branch of a choice
  std::optional<Setting> when = {};  ///< done only if this is on
  bool optional = false;             ///< a call that fails is no failure of the request
  std::vector<Step> otherwise = {};  ///< done after a failed call, in place of failing
  CacheProfile cache = {};
  std::vector<Step> steps = {};
};

}  // namespace muster
