// Times as profiles state them.
#include <fmt/format.h>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

constexpr double sigma_max = 3;  // of the logarithm: a p99 of a thousand medians
constexpr SimDuration time_max = 24h;

}  // namespace

SimDuration positive_time(MapReader& map, const std::string& key, std::optional<SimDuration> fallback) {
  const SimDuration value = map.duration(key, fallback);
  if (map.node(key) && (value <= SimDuration::zero() || value > time_max))
    map.fail(key,
             fmt::format("\"{}\": expected more than 0s and at most {}", key, format_duration(time_max)));
  return value;
}

LognormalTime lognormal_time(MapReader& parent, const std::string& key,
                             std::optional<LognormalTime> fallback) {
  const YamlNode* node = parent.node(key, fallback ? nullptr : "a duration, or median and sigma");
  if (!node) return fallback.value_or(LognormalTime{});
  if (node->is_scalar()) return LognormalTime{positive_time(parent, key), 0};
  MapReader map(*node, "a time", parent.context());
  const double sigma = map.number("sigma", 0, sigma_max, 0.0);
  const bool by_mean = map.node("mean") != nullptr;
  if (by_mean && map.node("median")) map.fail("mean", "a time has a mean or a median, not both");
  const SimDuration middle = positive_time(map, by_mean ? "mean" : "median");
  map.finish();
  return by_mean ? LognormalTime::from_mean(middle, sigma) : LognormalTime{middle, sigma};
}

/// Each branch an exponential time: {share: 90%, mean: 50ms}.
ServiceTime mixture(MapReader& map) {
  ServiceTime time;
  time.kind = ServiceTime::Kind::hyperexponential;
  time.sigma = 0;
  double sum = 0, mean = 0;
  for (const YamlNode& item : map.items("branches", "a list of share and mean")) {
    MapReader branch(item, "a branch", map.context());
    time.shares.push_back(branch.share("share"));
    time.branches.push_back(positive_time(branch, "mean"));
    branch.finish();
    sum += time.shares.back();
    mean += time.shares.back() * seconds_of(time.branches.back());
  }
  map.finish();
  if (sum < 1 - 1e-6 || sum > 1 + 1e-6) map.fail("branches", "the shares of the branches sum up to 1");
  time.mean = duration_from_seconds(mean);
  return time;
}

ServiceTime service_time(MapReader& parent, const std::string& key) {
  const YamlNode* node = parent.node(key, "a duration, or mean and sigma");
  if (!node) return {};
  if (node->is_scalar()) return {ServiceTime::Kind::deterministic, positive_time(parent, key), 0};
  MapReader map(*node, "a service time", parent.context());
  ServiceTime time;
  const std::string law = map.text("law", "lognormal");
  if (law == "hyperexponential") return mixture(map);
  if (law == "erlang") {
    time.kind = ServiceTime::Kind::erlang;
    time.phases = static_cast<int>(map.whole("phases", 1, 1000));
  } else if (law == "constant")
    time.kind = ServiceTime::Kind::deterministic;
  else if (law == "exponential")
    time.kind = ServiceTime::Kind::exponential;
  else if (law != "lognormal")
    map.fail("law", fmt::format("no such law \"{}\"{}", law,
                                expected_one_of(law, {"lognormal", "exponential", "constant", "erlang",
                                                      "hyperexponential"})));
  time.mean = positive_time(map, "mean");
  const bool varies = time.kind == ServiceTime::Kind::lognormal;
  time.sigma = varies ? map.number("sigma", 0, sigma_max) : 0;
  map.finish();
  return time;
}

}  // namespace muster
