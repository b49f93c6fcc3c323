#include "api/prom/metric_names.hpp"

#include "cluster_model/exporters/metric_families.hpp"

namespace muster {
namespace {

// Of each scrape (scrape/scrape.go), and of alerts (rules/alerting.go).
constexpr const char* own_series[] = {"up",
                                      "scrape_duration_seconds",
                                      "scrape_samples_scraped",
                                      "scrape_samples_post_metric_relabeling",
                                      "scrape_series_added",
                                      "ALERTS",
                                      "ALERTS_FOR_STATE"};

}  // namespace

std::set<std::string> exported_metric_names() {
  std::set<std::string> names(std::begin(own_series), std::end(own_series));
  for (const MetricFamily& family : metric_families()) {
    const std::string name(family.name);
    names.insert(name);
    if (family.type != MetricType::histogram) continue;
    for (const char* suffix : {"_bucket", "_sum", "_count"}) names.insert(name + suffix);
  }
  return names;
}

}  // namespace muster
