// A third-party service that the application calls, and the one it may switch to.
#pragma once

#include <string>
#include <vector>

#include "cluster_model/profile/steps.hpp"

namespace muster {

/// One vendor. Numbers are assumptions, except where said otherwise.
struct ProviderSide {
  std::string name;                ///< "openai"
  double requests_per_second = 0;  ///< rate limit per API key; 0 = none
  double burst = 0;                ///< 0: one second's worth
  int concurrency = 0;             ///< requests at once; more are answered 429; 0 = any number
  /// After a rest it serves `cold_share` of its rate limit, rising to all of it over `warm_up`.
  SimDuration warm_up{};
  double cold_share = 1;
  std::vector<std::string> keys;  ///< API keys that are valid; none = no key is asked for
};

struct ProviderOperation {
  std::string name;
  ServiceTime latency{ServiceTime::Kind::lognormal, 300ms, 0.5};
};

struct ProviderProfile {
  std::string name;  ///< as steps call it: "llm"
  /// The first is used unless the environment variable `choice_key` of the process names another.
  std::vector<ProviderSide> sides;
  std::vector<ProviderOperation> operations;
  std::string choice_key = "PROVIDER";
  std::string api_key_key = "PROVIDER_API_KEY";
  SimDuration round_trip{20ms};
  /// Status pages lag the truth by 10 to 30 minutes.
  SimDuration status_lag_least{600s}, status_lag_most{1800s};
};

}  // namespace muster
