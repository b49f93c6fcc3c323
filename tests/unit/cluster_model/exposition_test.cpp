// What a Prometheus sees of a small world made by hand: names, labels, and which series exist when.
#include "cluster_model/exporters/exposition.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/unit/cluster_model/request_fixture.hpp"

namespace muster {
namespace {

using test::constant;
using test::one_endpoint;
using test::PathUnderTest;

/// Samples by 'metric{name="value",...}', label names sorted.
struct CollectedSamples final : SampleSink {
  void sample(std::string_view metric, const Labels& labels, double value) override {
    Labels sorted = labels;
    std::sort(sorted.begin(), sorted.end());
    std::string name(metric);
    for (const auto& [label, text] : sorted) name += fmt::format("|{}={}", label, text);
    EXPECT_TRUE(values.emplace(name, value).second) << "told twice: " << name;
  }
  double at(const std::string& name) const {
    const auto found = values.find(name);
    EXPECT_NE(found, values.end()) << name;
    return found == values.end() ? -1 : found->second;
  }
  bool has(const std::string& name) const { return values.contains(name); }
  std::map<std::string, double> values;
};

Object object_of(std::string kind, std::string name, std::string namespace_ = "prod") {
  Object object;
  object.api_version = "v1";
  if (kind == "Deployment" || kind == "ReplicaSet") object.api_version = "apps/v1";
  if (kind == "EndpointSlice") object.api_version = "discovery.k8s.io/v1";
  object.kind = std::move(kind);
  object.meta.name = std::move(name);
  object.meta.namespace_ = std::move(namespace_);
  object.meta.uid = "uid-" + object.meta.name;
  return object;
}

Object running_pod(const std::string& name, const std::string& ip) {
  Object object = object_of("Pod", name);
  object.meta.owners.push_back({"apps/v1", "ReplicaSet", "api-5d4", "uid-rs", true});
  Pod pod;
  Container container;
  container.name = "app";
  container.image = "registry.example.com:5000/api:v1.2.3";
  container.resources = {250, 1000, 512 << 20, std::nullopt};
  pod.spec.containers.push_back(container);
  pod.spec.node_name = "node-1";
  pod.status.phase = "Running";
  pod.status.pod_ip = ip;
  pod.status.conditions.push_back({"Ready", "True", "", "", {}, {}});
  ContainerStatus status;
  status.name = "app";
  status.image = container.image;
  status.ready = true;
  status.state.phase = ContainerState::Phase::running;
  status.state.started_at = SimTime{90s};
  pod.status.containers.push_back(status);
  object.body = pod;
  return object;
}

class Exposition : public testing::Test {
 protected:
  Exposition() {
    profile_.services.push_back(service());
    server_ = run_.add(8, 16);
    run_.path.set_endpoints(0, {server_});
    run_.path.start();
    (void)store_.create(running_pod("pod", "10.0.0.7")).value();
    Object slice = object_of("EndpointSlice", "api-abc");
    slice.body = EndpointSlice{"api", {}, {{"pod", "10.0.0.7", "node-1", true, true, false}}};
    (void)store_.create(slice).value();
  }

  static ServiceProfile service() {
    ServiceProfile service = one_endpoint(50, constant(20ms));
    service.endpoints[0].share = 0.5;
    service.endpoints.push_back({"POST", "/tasks", "create", 0.5, constant(700ms), 0.2});
    service.host = "app.example.com";
    service.probe_paths = {"/health/live"};
    return service;
  }

  ExpositionView view() const { return {store_, run_.path, profile_, Epoch{1'000'000}}; }

  const ScrapeTarget* find(const std::vector<ScrapeTarget>& targets, const std::string& job) const {
    for (const ScrapeTarget& target : targets) {
      if (target.job == job) return &target;
    }
    return nullptr;
  }

  CollectedSamples scrape(const std::string& job, bool up = true) const {
    CollectedSamples samples;
    const std::vector<ScrapeTarget> targets = scrape_targets(view());
    const ScrapeTarget* target = find(targets, job);
    EXPECT_NE(target, nullptr) << job;
    const bool answered = target && target->collect(samples);
    EXPECT_EQ(answered, up);
    return samples;
  }

  PathUnderTest run_{service()};
  ObjectStore store_;
  SystemProfile profile_;
  ServerId server_;
};

TEST_F(Exposition, TheApplicationTellsItsRepliesFromZeroForEveryStatus) {
  const std::vector<ScrapeTarget> targets = scrape_targets(view());
  const ScrapeTarget* target = find(targets, "api");
  ASSERT_NE(target, nullptr);
  EXPECT_EQ(target->instance, "10.0.0.7:8080");
  EXPECT_EQ(target->extra, (Labels{{"namespace", "prod"}, {"pod", "pod"}}));
  const CollectedSamples fresh = scrape("api");
  for (const char* status : {"200", "404", "429", "500"}) {
    EXPECT_EQ(fresh.at(fmt::format("http_requests_total|endpoint=/tasks|method=GET|status={}", status)), 0);
  }
  EXPECT_EQ(fresh.at("process_start_time_seconds"), 1'000'090);
  EXPECT_EQ(fresh.at("build_info|version=v1.2.3"), 1);
  EXPECT_EQ(fresh.values.size(), 2 * (4 + 12 + 2) + 5);
}

TEST_F(Exposition, TheApplicationsNumbersAreTheServersCounters) {
  run_.run_to(100s);
  const CollectedSamples samples = scrape("api");
  const ServerCounters& counters = run_.path.counters(server_);
  EXPECT_EQ(samples.at("http_requests_total|endpoint=/tasks|method=POST|status=200"), counters.replies[1][0]);
  EXPECT_EQ(samples.at("http_requests_total|endpoint=/tasks|method=POST|status=404"), counters.replies[1][1]);
  EXPECT_GT(counters.replies[1][1], 100u);
  EXPECT_EQ(samples.at("http_requests_in_flight"), counters.in_flight);
  const std::string post = "|endpoint=/tasks|method=POST";
  const double count = samples.at("http_request_duration_seconds_count" + post);
  EXPECT_EQ(count, counters.replies[1][0] + counters.replies[1][1]);
  EXPECT_EQ(samples.at("http_request_duration_seconds_bucket|endpoint=/tasks|le=+Inf|method=POST"), count);
  EXPECT_EQ(samples.at("http_request_duration_seconds_bucket|endpoint=/tasks|le=0.5|method=POST"), 0);
  EXPECT_EQ(samples.at("http_request_duration_seconds_sum" + post), counters.latency_sum[1]);
}

TEST_F(Exposition, APodThatDoesNotListenIsDownAndAPodThatIsGoneIsNoTarget) {
  run_.path.kill_server(server_);
  EXPECT_TRUE(scrape("api", false).values.empty());
  (void)store_.remove({Kind::Pod, "prod", "pod"}).value();
  const std::vector<ScrapeTarget> targets = scrape_targets(view());
  EXPECT_EQ(find(targets, "api"), nullptr);
  EXPECT_FALSE(scrape("kube-state-metrics")
                   .has("kube_pod_status_phase|namespace=prod|phase=Running|pod=pod|uid=uid-pod"));
}

TEST_F(Exposition, KubeStateMetricsTellsThePodAsItIs) {
  const CollectedSamples samples = scrape("kube-state-metrics");
  const std::string pod = "|namespace=prod|pod=pod|uid=uid-pod";
  EXPECT_EQ(
      samples.at(
          "kube_pod_info|created_by_kind=ReplicaSet|created_by_name=api-5d4|host_network=false|namespace="
          "prod|node=node-1|pod=pod|pod_ip=10.0.0.7|uid=uid-pod"),
      1);
  double phases = 0;
  for (const char* phase : {"Pending", "Running", "Succeeded", "Failed", "Unknown"}) {
    phases +=
        samples.at(fmt::format("kube_pod_status_phase|namespace=prod|phase={}|pod=pod|uid=uid-pod", phase));
  }
  EXPECT_EQ(phases, 1);
  EXPECT_EQ(samples.at("kube_pod_status_ready|condition=true" + pod), 1);
  EXPECT_EQ(samples.at("kube_pod_status_ready|condition=false" + pod), 0);
  EXPECT_EQ(samples.at("kube_pod_container_status_running|container=app" + pod), 1);
  EXPECT_EQ(samples.at("kube_pod_container_status_restarts_total|container=app" + pod), 0);
  const std::string quantity =
      "kube_pod_container_resource_{}|container=app|namespace=prod|node=node-1|pod=pod|"
      "resource={}|uid=uid-pod|unit={}";
  EXPECT_EQ(samples.at(fmt::format(fmt::runtime(quantity), "requests", "cpu", "core")), 0.25);
  EXPECT_EQ(samples.at(fmt::format(fmt::runtime(quantity), "requests", "memory", "byte")), 512 << 20);
  EXPECT_EQ(samples.at(fmt::format(fmt::runtime(quantity), "limits", "cpu", "core")), 1);
  EXPECT_FALSE(samples.has(fmt::format(fmt::runtime(quantity), "limits", "memory", "byte")))
      << "no limit is set";
}

TEST_F(Exposition, ReasonsExistOnlyWhileTheyHold) {
  const std::string container = "|container=app|namespace=prod|pod=pod|reason={}|uid=uid-pod";
  const std::string waiting = "kube_pod_container_status_waiting_reason" + container;
  const std::string last = "kube_pod_container_status_last_terminated_reason" + container;
  EXPECT_FALSE(scrape("kube-state-metrics").has(fmt::format(fmt::runtime(waiting), "CrashLoopBackOff")));
  Object object = running_pod("pod", "10.0.0.7");
  ContainerStatus& status = object.as<Pod>().status.containers[0];
  status.ready = false;
  status.restarts = 4;
  status.state = {ContainerState::Phase::waiting, "CrashLoopBackOff", "", {}, {}, 0, ""};
  status.last_state = {ContainerState::Phase::terminated, "Error", "", {}, {}, 137, ""};
  (void)store_.update(object, false).value();
  const CollectedSamples samples = scrape("kube-state-metrics");
  EXPECT_EQ(samples.at(fmt::format(fmt::runtime(waiting), "CrashLoopBackOff")), 1);
  EXPECT_EQ(samples.at(fmt::format(fmt::runtime(last), "Error")), 1);
  const std::string pod = "|container=app|namespace=prod|pod=pod|uid=uid-pod";
  EXPECT_EQ(samples.at("kube_pod_container_status_last_terminated_exitcode" + pod), 137);
  EXPECT_EQ(samples.at("kube_pod_container_status_restarts_total" + pod), 4);
  EXPECT_EQ(samples.at("kube_pod_container_status_waiting" + pod), 1);
  EXPECT_EQ(samples.at("kube_pod_container_status_ready" + pod), 0);
}

TEST_F(Exposition, KubeStateMetricsTellsWorkloadsNodesAndConfiguration) {
  Object deployment = object_of("Deployment", "api");
  Deployment body;
  body.replicas = 3;
  body.status = {7, 3, 2, 1, 1, 2, {{"Available", "False", "MinimumReplicasUnavailable", "", {}, {}}}};
  deployment.body = body;
  (void)store_.create(deployment).value();
  Object replica_set = object_of("ReplicaSet", "api-5d4");
  replica_set.meta.owners.push_back({"apps/v1", "Deployment", "api", "uid-api", true});
  replica_set.body = ReplicaSet{};
  (void)store_.create(replica_set).value();
  Object node = object_of("Node", "node-1", "");
  node.body = Node{};
  node.as<Node>().conditions.push_back({"Ready", "Unknown", "NodeStatusUnknown", "", {}, {}});
  (void)store_.create(node).value();
  Object config = object_of("ConfigMap", "settings");
  config.body = ConfigData{};
  (void)store_.create(config).value();

  const CollectedSamples samples = scrape("kube-state-metrics");
  const std::string of = "|deployment=api|namespace=prod";
  EXPECT_EQ(samples.at("kube_deployment_spec_replicas" + of), 3);
  EXPECT_EQ(samples.at("kube_deployment_status_observed_generation" + of), 7);
  EXPECT_EQ(samples.at("kube_deployment_status_replicas_updated" + of), 2);
  EXPECT_EQ(samples.at("kube_deployment_status_replicas_ready" + of), 1);
  EXPECT_EQ(samples.at("kube_deployment_status_replicas_available" + of), 1);
  EXPECT_EQ(samples.at("kube_deployment_status_replicas_unavailable" + of), 2);
  const std::string condition =
      "kube_deployment_status_condition|condition=Available|deployment=api|namespace=prod|"
      "reason=MinimumReplicasUnavailable|status=";
  EXPECT_EQ(samples.at(condition + "false"), 1);
  EXPECT_EQ(samples.at(condition + "true"), 0);
  EXPECT_EQ(samples.at("kube_replicaset_spec_replicas|namespace=prod|replicaset=api-5d4"), 1);
  EXPECT_EQ(samples.at("kube_replicaset_owner|namespace=prod|owner_is_controller=true|owner_kind=Deployment|"
                       "owner_name=api|replicaset=api-5d4"),
            1);
  EXPECT_EQ(samples.at("kube_node_status_condition|condition=Ready|node=node-1|status=unknown"), 1);
  EXPECT_EQ(samples.at("kube_configmap_info|configmap=settings|namespace=prod"), 1);
}

TEST_F(Exposition, TheIngressCountsWhatPodsCannotSee) {
  run_.run_to(10s);
  run_.path.kill_server(server_);
  run_.run_to(20s);
  const CollectedSamples samples = scrape("ingress");
  const std::string name = "nginx_ingress_controller_requests|namespace=prod|service=api|status=";
  EXPECT_EQ(samples.at(name + "200"), run_.ended(Outcome::ok));
  EXPECT_EQ(samples.at(name + "404"), run_.ended(Outcome::client_error));
  EXPECT_EQ(samples.at(name + "502"), run_.ended(Outcome::reset));
  EXPECT_EQ(samples.at(name + "503"), run_.ended(Outcome::unavailable));
  EXPECT_GT(samples.at(name + "502"), 0);
  EXPECT_GT(samples.at(name + "503"), 300);
  EXPECT_EQ(samples.at(name + "500"), 0);
  EXPECT_EQ(samples.at(name + "504"), 0);
}

TEST_F(Exposition, AProbeSucceedsWhileSomeTargetListens) {
  const std::vector<ScrapeTarget> targets = scrape_targets(view());
  EXPECT_EQ(find(targets, "blackbox")->instance, "https://app.example.com/health/live");
  EXPECT_EQ(scrape("blackbox").at("probe_success"), 1);
  EXPECT_EQ(scrape("blackbox").at("probe_http_status_code"), 200);
  run_.path.drain_server(server_, [] {});
  EXPECT_EQ(scrape("blackbox").at("probe_success"), 0);
  EXPECT_EQ(scrape("blackbox").at("probe_http_status_code"), 503);
}

TEST_F(Exposition, ReadingChangesNothing) {
  run_.run_to(10s);
  const std::uint32_t pending = run_.engine.events_pending();
  const auto first = scrape("api").values;
  EXPECT_EQ(scrape("api").values, first);
  EXPECT_EQ(run_.engine.events_pending(), pending);
}

TEST_F(Exposition, ThePrometheusOfTheDrillSeesAPodGoAndComeBack) {
  SeriesStore series;
  Scraper scraper(series);
  auto up_after_scrape = [&](SimDuration at) {
    run_.run_to(at);
    scraper.scrape(scrape_targets(view()), at / 1ms);
    for (SeriesId id : series.named("up")) {
      const Labels& labels = series.labels(id);
      const bool app =
          std::find(labels.begin(), labels.end(), Labels::value_type{"job", "api"}) != labels.end();
      if (app) return series.samples(id).back().value;
    }
    return -1.0;
  };
  EXPECT_EQ(up_after_scrape(15s), 1);
  run_.path.kill_server(server_);
  EXPECT_EQ(up_after_scrape(30s), 0);
  const SeriesId replies = series.named("http_requests_in_flight").front();
  EXPECT_TRUE(is_stale_marker(series.samples(replies).back().value));
  server_ = run_.add(8, 16);
  EXPECT_EQ(up_after_scrape(45s), 1);
  EXPECT_EQ(series.samples(replies).size(), 3u) << "the same series lives again";
}

}  // namespace
}  // namespace muster
