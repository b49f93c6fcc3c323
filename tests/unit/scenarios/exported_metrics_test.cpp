// What the shipped system exports: everything is in the table of metrics, and what a responder needs is
// there.
#include <gtest/gtest.h>

#include <set>

#include "cluster_model/exporters/exposition.hpp"
#include "cluster_model/exporters/metric_families.hpp"
#include "tests/unit/scenarios/drill_under_test.hpp"

namespace muster {
namespace {

struct Names final : SampleSink {
  void sample(std::string_view metric, const Labels& labels, double) override {
    names.emplace(metric);
    for (const auto& [name, value] : labels) EXPECT_FALSE(name.empty()) << metric;
  }
  std::set<std::string> names;
};

std::set<std::string> exported(World& world) {
  Names sink;
  for (const ScrapeTarget& target : scrape_targets(world)) (void)target.collect(sink);
  return sink.names;
}

TEST(ExportedMetrics, AreAllInTheTable) {
  for (const char* name : {"security-breach", "node-loss", "bad-deploy", "worktrees-disk-full"}) {
    DrillUnderTest drill(name);
    drill.run_to(15min);
    for (const std::string& metric : exported(drill.world))
      EXPECT_NE(metric_family_of(metric), nullptr) << metric << " is in no table";
  }
}

/// Labels of every sample: those that the table gives the family, and none else.
struct LabelsHeld final : SampleSink {
  explicit LabelsHeld(std::string of) : job(std::move(of)) {}
  void sample(std::string_view metric, const Labels& labels, double) override {
    const MetricFamily* family = metric_family_of(metric);
    if (!family) return;
    const bool own = family->exporter == "application" || family->exporter == "Prometheus";
    EXPECT_TRUE(own || family->exporter.starts_with(job)) << metric << " is told by " << job;
    const std::string told = ", " + std::string(family->labels) + ", ";
    for (const auto& [name, value] : labels) {
      const bool any = name.starts_with("label_") && told.find(", label_*, ") != std::string::npos;
      EXPECT_TRUE(any || name == "le" || name == "job" || name == "metrics_path" || name == "instance" ||
                  told.find(", " + std::string(name) + ", ") != std::string::npos)
          << metric << " has the label " << name;
    }
  }
  std::string job;
};

TEST(ExportedMetrics, HaveTheExporterAndTheLabelsThatTheTableSays) {
  for (const char* name : {"security-breach", "database-outage", "worktrees-disk-full"}) {
    DrillUnderTest drill(name);
    drill.run_to(10min);
    for (const ScrapeTarget& target : scrape_targets(drill.world)) {
      LabelsHeld held(target.job);
      (void)target.collect(held);
    }
  }
}

TEST(ExportedMetrics, TheTableIsSortedAndSaysWhatItHolds) {
  std::string_view before;
  for (const MetricFamily& family : metric_families()) {
    EXPECT_LT(before, family.name);
    EXPECT_TRUE(family.help.ends_with('.')) << family.name;
    before = family.name;
  }
  EXPECT_EQ(metric_family_of("http_request_duration_seconds_bucket"),
            metric_family_of("http_request_duration_seconds"));
  EXPECT_EQ(metric_family_of("kube_pod_info_count"), nullptr);
}

TEST(ExportedMetrics, HaveWhatRespondersNeed) {
  DrillUnderTest drill("security-breach");
  drill.run_to(10min);
  const std::set<std::string> names = exported(drill.world);
  for (const char* metric : {"http_requests_total",
                             "http_request_duration_seconds_bucket",
                             "database_query_duration_seconds_bucket",
                             "log_messages_total",
                             "agent_tasks_total",
                             "agent_queue_depth",
                             "worktrees_active",
                             "external_api_requests_total",
                             "external_api_request_duration_seconds_bucket",
                             "circuit_breaker_state",
                             "provider_status",
                             "kube_pod_owner",
                             "kube_pod_labels",
                             "kube_pod_created",
                             "kube_pod_container_info",
                             "kube_node_status_allocatable",
                             "kube_endpoint_address",
                             "kube_service_info",
                             "kube_namespace_status_phase",
                             "container_memory_working_set_bytes",
                             "container_cpu_usage_seconds_total",
                             "container_last_seen",
                             "kubelet_running_pods",
                             "kubelet_volume_stats_available_bytes",
                             "node_cpu_seconds_total",
                             "pg_up",
                             "pg_stat_activity_max_tx_duration",
                             "pg_locks_count",
                             "probe_success",
                             "falco_events"})
    EXPECT_TRUE(names.contains(metric)) << metric;
}

TEST(ExportedMetrics, OfADatabaseThatIsDownOnlyItsAbsenceIsLeft) {
  DrillUnderTest drill("database-outage");
  drill.run_to(10min + 30s);
  Names sink;
  for (const ScrapeTarget& target : scrape_targets(drill.world)) {
    if (target.instance != "autonomous-dev-db:9187") continue;
    EXPECT_TRUE(target.collect(sink)) << "the exporter answers";
  }
  EXPECT_EQ(sink.names, (std::set<std::string>{"pg_up", "pg_exporter_last_scrape_error"}));
}

}  // namespace
}  // namespace muster
