// The exporters on a whole world: what the drill's Prometheus sees of an outage and its cure.
#include <gtest/gtest.h>

#include <algorithm>

#include "cluster_model/exporters/exposition.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {
namespace {

class ScrapedWorld {
 public:
  explicit ScrapedWorld(const std::string& set_up) : transcript_(set_up) {}

  void run(const std::string& command) { (void)transcript_.run(command); }
  World& world() { return transcript_.world(); }

  /// Lets 15 s pass `times` times, with a scrape after each.
  void scrape(int times) {
    for (int i = 0; i < times; ++i) {
      const SimDuration at = world().now().time_since_epoch() / 15s * 15s + 15s;
      transcript_.engine().run_until(SimTime{at});
      scraper_.scrape(scrape_targets(world()), at / 1ms);
    }
    world().check_invariants();
  }

  /// Sum of a metric's living series that have all these labels.
  double sum(const std::string& metric, const Labels& wanted = {}) const {
    double total = 0;
    for (const Sample& sample : living(metric, wanted)) total += sample.value;
    return total;
  }
  std::size_t count(const std::string& metric, const Labels& wanted = {}) const {
    return living(metric, wanted).size();
  }

 private:
  std::vector<Sample> living(const std::string& metric, const Labels& wanted) const {
    std::vector<Sample> found;
    for (SeriesId id : series_.named(metric)) {
      const Labels& labels = series_.labels(id);
      const bool all = std::all_of(wanted.begin(), wanted.end(), [&](const auto& label) {
        return std::find(labels.begin(), labels.end(), label) != labels.end();
      });
      const Sample last = series_.last(id);
      if (all && !is_stale_marker(last.value)) found.push_back(last);
    }
    return found;
  }

  Transcript transcript_;
  SeriesStore series_;
  Scraper scraper_{series_};
};

TEST(ExpositionOfAWorld, AHealthyOneIsUpInEveryPlace) {
  ScrapedWorld seen("replicas=3");
  seen.scrape(4);
  EXPECT_EQ(seen.sum("up", {{"job", "web"}}), 3);
  EXPECT_EQ(seen.sum("kube_deployment_status_replicas_available"), 3);
  EXPECT_EQ(seen.sum("kube_pod_status_ready", {{"condition", "true"}}), 3);
  EXPECT_EQ(seen.sum("kube_pod_status_phase", {{"phase", "Running"}}), 3);
  EXPECT_EQ(seen.count("build_info", {{"version", "v1"}}), 3u);
  const double balanced = seen.sum("nginx_ingress_controller_requests", {{"status", "200"}});
  EXPECT_GT(balanced, 200) << "five a second for a minute";
  EXPECT_EQ(seen.sum("http_requests_total", {{"status", "200"}}), balanced);
  EXPECT_EQ(seen.sum("http_request_duration_seconds_count"), balanced);
}

TEST(ExpositionOfAWorld, ABadDeployShowsAndItsCureToo) {
  ScrapedWorld seen("replicas=3 recreate");
  seen.scrape(4);
  seen.run("image web:bad2");
  seen.scrape(12);
  EXPECT_EQ(seen.sum("up", {{"job", "web"}}), 0);
  EXPECT_EQ(seen.count("http_requests_total"), 0u) << "a dead pod tells nothing of its own outage";
  EXPECT_EQ(seen.sum("kube_deployment_status_replicas_available"), 0);
  EXPECT_EQ(seen.sum("kube_pod_status_ready", {{"condition", "true"}}), 0);
  EXPECT_GT(seen.sum("kube_pod_container_status_restarts_total"), 3);
  EXPECT_GT(seen.count("kube_pod_container_status_waiting_reason", {{"reason", "CrashLoopBackOff"}}), 0u);
  EXPECT_EQ(seen.count("kube_pod_container_status_last_terminated_reason", {{"reason", "Error"}}), 3u);
  const double refused = seen.sum("nginx_ingress_controller_requests", {{"status", "503"}});
  EXPECT_GT(refused, 500) << "five a second for nearly three minutes";
  seen.run("undo");
  seen.scrape(4);
  EXPECT_EQ(seen.sum("up", {{"job", "web"}}), 3);
  EXPECT_EQ(seen.sum("kube_deployment_status_replicas_available"), 3);
  EXPECT_EQ(seen.count("kube_pod_container_status_waiting_reason"), 0u);
  EXPECT_EQ(seen.count("kube_pod_info"), 3u) << "the dead revision's pods are gone with their series";
  const double after = seen.sum("nginx_ingress_controller_requests", {{"status", "503"}});
  seen.scrape(4);
  EXPECT_EQ(seen.sum("nginx_ingress_controller_requests", {{"status", "503"}}), after);
}

TEST(ExpositionOfAWorld, CadvisorCountsEveryPodTwiceUnlessOneFilters) {
  ScrapedWorld seen("replicas=3");
  seen.scrape(4);
  const char* memory = "container_memory_working_set_bytes";
  EXPECT_EQ(seen.count(memory, {{"container", "app"}}), 3u);
  EXPECT_EQ(seen.count(memory, {{"container", "POD"}}), 3u);
  EXPECT_EQ(seen.count(memory), 9u) << "and three rows of the pods themselves, without a container";
  const double real = seen.sum(memory, {{"container", "app"}});
  EXPECT_GT(real, 3e8);
  EXPECT_EQ(seen.sum(memory), 2 * real);
  EXPECT_EQ(seen.sum("up", {{"job", "kubelet"}}),
            seen.sum("up", {{"job", "kubelet"}, {"metrics_path", "/metrics"}}));
  EXPECT_EQ(seen.count(memory, {{"metrics_path", "/metrics/cadvisor"}}), 9u);
}

TEST(ExpositionOfAWorld, ContainersBeginAnewAndMachinesDoNot) {
  ScrapedWorld seen("replicas=1");
  seen.scrape(40);
  const Labels app{{"container", "app"}};
  const double before = seen.sum("container_start_time_seconds", app);
  const double busy = seen.sum("node_cpu_seconds_total", {{"mode", "user"}});
  seen.run("delete pod pod-1");
  seen.scrape(4);
  EXPECT_GT(seen.sum("container_start_time_seconds", app), before)
      << "another series, since its id is another";
  EXPECT_EQ(seen.count("container_start_time_seconds", app), 1u);
  EXPECT_GE(seen.sum("node_cpu_seconds_total", {{"mode", "user"}}), busy);
  const double all = seen.sum("node_cpu_seconds_total");
  seen.scrape(4);
  EXPECT_NEAR(seen.sum("node_cpu_seconds_total") - all,
              60.0 * static_cast<double>(seen.count("node_cpu_seconds_total")) / 2, 1e-6)
      << "a processor is busy or idle, and time goes by";
}

TEST(ExpositionOfAWorld, CountersOfANewPodAreThereAtZero) {
  ScrapedWorld seen("replicas=1");
  seen.scrape(8);
  seen.run("delete pod pod-1");
  seen.scrape(1);
  while (seen.count("http_requests_total") == 0) seen.scrape(1);
  EXPECT_EQ(seen.count("http_requests_total"), 4u) << "200, 404, 429 and 500, whatever has happened";
  EXPECT_EQ(seen.sum("http_requests_total", {{"status", "500"}}), 0);
  EXPECT_LT(seen.sum("http_requests_total"), 100) << "and they begin anew";
}

TEST(ExpositionOfAWorld, AHistogramEndsAtItsLastBoundAndWhatNeverEndsIsNeverCounted) {
  ScrapedWorld seen("replicas=1 stuck");
  seen.scrape(1);
  const double in_flight = seen.sum("http_requests_in_flight");
  EXPECT_GT(in_flight, 0);
  EXPECT_EQ(seen.sum("http_request_duration_seconds_count"), 0) << "20 s each: nobody is through yet";
  seen.scrape(8);
  const double count = seen.sum("http_request_duration_seconds_count");
  EXPECT_GT(count, 0);
  EXPECT_EQ(seen.sum("http_request_duration_seconds_bucket", {{"le", "+Inf"}}), count);
  EXPECT_EQ(seen.sum("http_request_duration_seconds_bucket", {{"le", "10"}}), 0)
      << "all are beyond the last bound, so every quantile reads 10";
}

double probe_success(World& world) {
  struct Last final : SampleSink {
    void sample(std::string_view metric, const Labels&, double value) override {
      if (metric == "probe_success") success = value;
    }
    double success = -1;
  } last;
  for (const ScrapeTarget& target : scrape_targets(world)) {
    if (target.job == "blackbox") (void)target.collect(last);
  }
  return last.success;
}

TEST(ExpositionOfAWorld, AProbeGoesTheWayOfTheIngress) {
  SystemSpec spec = small_system({{"recreate", ""}});
  spec.profile.services[0].host = "web.example.com";
  spec.profile.services[0].probe_paths = {"/health"};
  Engine engine;
  NoFacts facts;
  World world(engine, facts, spec, 1, Epoch{});
  engine.run_until(SimTime{30s});
  EXPECT_EQ(probe_success(world), 1) << "without an Ingress the balancer knows the Service";
  Ingress ingress;
  ingress.rules = {{"web.example.com", {{"/api", "Prefix", {"web", "80"}}}}};
  Object object;
  object.meta.namespace_ = "prod";
  object.meta.name = "front";
  object.api_version = "networking.k8s.io/v1";
  object.kind = "Ingress";
  object.body = ingress;
  ASSERT_TRUE(world.create(object, "test"));
  engine.run_until(SimTime{40s});
  EXPECT_EQ(probe_success(world), 0) << "no rule leads from /health to the Service";
}

TEST(ExpositionOfAWorld, AProbeFailsWhileNoPodIsReady) {
  SystemSpec spec = small_system({{"recreate", ""}});
  spec.profile.services[0].host = "web.example.com";
  spec.profile.services[0].probe_paths = {"/health"};
  Engine engine;
  NoFacts facts;
  World world(engine, facts, spec, 1, Epoch{});
  engine.run_until(SimTime{30s});
  EXPECT_EQ(probe_success(world), 1);
  Object deployment = *world.objects().find(Kind::Deployment, "prod", "web");
  deployment.as<Deployment>().replicas = 0;
  ASSERT_TRUE(world.update(deployment, "test"));
  engine.run_until(SimTime{120s});
  EXPECT_EQ(probe_success(world), 0);
}

}  // namespace
}  // namespace muster
