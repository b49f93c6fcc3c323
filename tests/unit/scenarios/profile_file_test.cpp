#include "scenarios/profile_file.hpp"

#include <gtest/gtest.h>

#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

constexpr const char* small =
    "muster: 1\n"
    "name: shop\n"
    "services:\n"
    "  - name: web\n"
    "    namespace: prod\n"
    "    traffic: {requestsPerSecond: 50, users: 200}\n"
    "    endpoints:\n"
    "      - {path: /a, feature: f, share: 1, serviceTime: 20ms}\n"
    "      - {path: /b, feature: f, share: 1, serviceTime: {law: exponential, mean: 30ms}}\n"
    "apps:\n"
    "  - namespace: prod\n"
    "    workload: web\n"
    "    images:\n"
    "      - pattern: \"*\"\n"
    "        boot: {mean: 8s, sigma: 0.4}\n";

TEST(ProfileFile, ReadsASmallOneWithItsDefaults) {
  const auto file = parse_profile(small, "p.yaml");
  ASSERT_TRUE(file) << file.error().text();
  const SystemProfile& profile = file->profile;
  ASSERT_EQ(profile.services.size(), 1u);
  const ServiceProfile& web = profile.services[0];
  EXPECT_EQ(web.kubernetes_service, "web");
  EXPECT_EQ(web.traffic.deadline, 10s);
  EXPECT_EQ(web.latency_objective, 500ms);
  ASSERT_EQ(web.endpoints.size(), 2u);
  EXPECT_EQ(web.endpoints[0].method, "GET");
  EXPECT_EQ(web.endpoints[0].share, 0.5);
  EXPECT_EQ(web.endpoints[0].service_time, (ServiceTime{ServiceTime::Kind::deterministic, 20ms, 0}));
  EXPECT_EQ(web.endpoints[1].service_time, (ServiceTime{ServiceTime::Kind::exponential, 30ms, 0}));
  ASSERT_EQ(profile.apps.size(), 1u);
  EXPECT_EQ(profile.apps[0].container, "web");
  EXPECT_EQ(profile.apps[0].images[0].boot, LognormalTime::from_mean(8s, 0.4));
  EXPECT_FALSE(profile.apps[0].images[0].crash_after);
  EXPECT_EQ(file->places.at("services.0.namespace"), "p.yaml:5:16");
}

/// Seconds that a request keeps its worker: its own work and what it waits for.
double mean_of(const EndpointProfile& endpoint, const SystemProfile& profile) {
  double mean = endpoint.steps.empty() ? seconds_of(endpoint.service_time.mean) : 0;
  for (const Step& step : endpoint.steps) {
    if (step.kind == Step::Kind::work) mean += seconds_of(step.time.mean);
    for (const DatabaseProfile& database : profile.databases)
      for (const QueryClassProfile& query : database.queries)
        if (step.target == database.name && step.operation == query.name) mean += seconds_of(query.time.mean);
    for (const ProviderProfile& provider : profile.providers)
      for (const ProviderOperation& operation : provider.operations)
        if (step.target == provider.name && step.operation == operation.name)
          mean += seconds_of(operation.latency.mean);
  }
  return mean;
}

TEST(ProfileFile, TheShippedSystemIsHalfBusy) {
  const std::string name = "scenarios/systems/autonomous-dev/profile.yaml";
  const auto file = parse_profile(project_file(name), name);
  ASSERT_TRUE(file) << file.error().text();
  const ServiceProfile& service = file->profile.services.at(0);
  const AppProfile& app = file->profile.apps.at(0);
  double mean = 0, shares = 0;
  for (const EndpointProfile& endpoint : service.endpoints) {
    mean += endpoint.share * mean_of(endpoint, file->profile);
    shares += endpoint.share;
  }
  EXPECT_NEAR(shares, 1, 1e-12);
  EXPECT_EQ(service.traffic.requests_per_second, 270);
  EXPECT_EQ(service.traffic.users, 3000u);
  constexpr int pods = 3;
  EXPECT_NEAR(service.traffic.requests_per_second * mean / (pods * app.workers), 0.55, 0.02);
}

struct ProfileCase {
  const char* from;  // in `small`
  const char* to;
  const char* error;
};

TEST(ProfileFile, Errors) {
  const ProfileCase cases[] = {
      {"muster: 1\n", "", "p.yaml:1:1: a profile needs the key \"muster\": 1"},
      {"muster: 1", "muster: 2", "p.yaml:1:9: \"muster\" of a profile: expected 1, found \"2\""},
      {"users: 200", "users: 0",
       "p.yaml:6:45: \"users\" of the traffic: expected a whole number from 1 to 1000000, found \"0\""},
      {"users: 200", "user: 200",
       "p.yaml:6:38: unknown key \"user\" in the traffic; expected one of requestsPerSecond, users, "
       "deadline, think, trace, cancels, retries, concurrency, day; did "
       "you mean \"users\"?"},
      {"share: 1, serviceTime: 20ms", "share: 1, serviceTime: fast",
       "p.yaml:8:55: \"serviceTime\" of an endpoint: expected a duration such as 90s, 15m or 1h30m, found "
       "\"fast\""},
      {"serviceTime: 20ms", "serviceTime: 0s",
       "p.yaml:8:55: \"serviceTime\": expected more than 0s and at most 1d"},
      {"law: exponential", "law: exponentail",
       "p.yaml:9:61: no such law \"exponentail\"; expected one of lognormal, exponential, constant, erlang, "
       "hyperexponential; did you "
       "mean "
       "\"exponential\"?"},
      {"{mean: 8s, sigma: 0.4}", "{mean: 8s, median: 7s}",
       "p.yaml:15:22: a time has a mean or a median, not both"},
      {"{path: /a,", "{path: a,", "p.yaml:8:16: \"path\": expected one that begins with /"},
  };
  for (const ProfileCase& c : cases) {
    const auto file = parse_profile(replaced(small, c.from, c.to), "p.yaml");
    ASSERT_FALSE(file) << c.to;
    EXPECT_EQ(file.error().text(), c.error);
  }
}

TEST(ProfileFile, ABadExpressionIsFoundWhenRead) {
  const auto file =
      parse_profile(std::string(small) + "    config:\n      - {key: A, pattern: \"(\"}\n", "p.yaml");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().text(), "p.yaml:17:27: not a regular expression (RE2): missing ): (");
}

}  // namespace
}  // namespace muster
