// How callers protect themselves: retries, limits, breakers, policies of calls.
#include <fmt/format.h>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

constexpr double limit_max = 1e6;
constexpr double retries_max = 1e6;

RetryProfile::Jitter read_jitter(MapReader& map) {
  const std::string jitter = map.text("jitter", "full");
  if (jitter == "none") return RetryProfile::Jitter::none;
  if (jitter == "exponential") return RetryProfile::Jitter::exponential;
  if (jitter != "full")
    map.fail("jitter", fmt::format("no such jitter \"{}\"{}", jitter,
                                   expected_one_of(jitter, {"full", "none", "exponential"})));
  return RetryProfile::Jitter::full;
}

BreakerProfile read_breaker(const YamlNode& node, ReadContext& errors) {
  MapReader map(node, "a breaker", errors);
  BreakerProfile breaker;
  breaker.enabled = switch_setting(map, "enabled", true);
  breaker.window = static_cast<int>(map.whole("window", 1, 100'000, breaker.window));
  breaker.failures = static_cast<int>(map.whole("failures", 1, breaker.window, (breaker.window + 1) / 2));
  breaker.open = positive_time(map, "open", breaker.open);
  breaker.probes = static_cast<int>(map.whole("probes", 1, 100'000, breaker.probes));
  map.finish();
  return breaker;
}

}  // namespace

RetryProfile retries(MapReader& parent, const std::string& key) {
  const YamlNode* node = parent.node(key);
  RetryProfile retry;
  if (!node) return retry;
  MapReader map(*node, "the retries", parent.context());
  const bool endless = map.node("count") && map.node("count")->scalar == "endless";
  retry.count =
      endless ? Setting{RetryProfile::without_end} : number_setting(map, "count", 0, retries_max, 3);
  retry.base = map.duration("base", 100ms);
  retry.factor = map.number("factor", 1, 100, retry.factor);
  retry.cap = positive_time(map, "cap", retry.cap);
  retry.jitter = read_jitter(map);
  retry.budget_per_success = map.number("budget", 0, 1, 0.0);
  retry.budget_size = map.number("budgetSize", 1, retries_max, retry.budget_size);
  map.finish();
  if (endless && retry.base <= SimDuration{0})
    map.fail("base", "endless retries need a pause above 0s between them");
  return retry;
}

RateLimitProfile rate_limit(MapReader& parent, const std::string& key) {
  const YamlNode* node = parent.node(key);
  RateLimitProfile limit;
  if (!node) return limit;
  MapReader map(*node, "a rate limit", parent.context());
  limit.rate = number_setting(map, "rate", 0, limit_max, 0);
  limit.burst = map.number("burst", 1, limit_max, 1.0);
  map.finish();
  return limit;
}

CallPolicy read_policy(const YamlNode& node, ReadContext& errors) {
  MapReader map(node, "a policy", errors);
  CallPolicy policy;
  policy.name = map.text("name");
  policy.timeout = duration_setting(map, "timeout");
  policy.connect = positive_time(map, "connectTimeout", policy.connect);
  policy.cancel = map.flag("cancel", true);
  policy.keep_alive = static_cast<int>(map.whole("keepAlive", 0, 10'000, 0));
  policy.retries = retries(map, "retries");
  if (const YamlNode* breaker = map.node("breaker")) policy.breaker = read_breaker(*breaker, errors);
  policy.limit = rate_limit(map, "rateLimit");
  map.finish();
  return policy;
}

}  // namespace muster
