#include "cluster_model/exporters/metric_families.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace muster {
namespace {

TEST(MetricFamilies, AreSortedAndUnique) {
  const auto families = metric_families();
  for (std::size_t i = 1; i < families.size(); ++i) EXPECT_LT(families[i - 1].name, families[i].name);
  for (const MetricFamily& family : families) EXPECT_FALSE(family.help.empty()) << family.name;
}

TEST(MetricFamilies, AHistogramOwnsItsThreeKindsOfSeries) {
  for (const char* name : {"http_request_duration_seconds_bucket", "http_request_duration_seconds_sum",
                           "http_request_duration_seconds_count"}) {
    const MetricFamily* family = metric_family_of(name);
    ASSERT_TRUE(family) << name;
    EXPECT_EQ(family->name, "http_request_duration_seconds");
    EXPECT_EQ(family->type, MetricType::histogram);
  }
  EXPECT_EQ(metric_family_of("pg_stat_activity_count")->name, "pg_stat_activity_count");
  EXPECT_FALSE(metric_family_of("kube_pod_info_sum"));
  EXPECT_FALSE(metric_family_of("nope"));
}

}  // namespace
}  // namespace muster
