// /metrics: what all targets of this moment tell, as one page, with `up` per target. No timestamps, so that
// the series end for the one who scrapes when they end here. To be scraped with honor_labels: true.
#include <map>

#include "api/prom/call.hpp"
#include "api/prom/text_format.hpp"
#include "cluster_model/exporters/metric_families.hpp"
#include "telemetry/promql/label_pool.hpp"

namespace muster::prom {
namespace {

// Names of one family stand together: a histogram's _bucket, _sum and _count.
std::string family_name(const std::string& metric) {
  const MetricFamily* family = metric_family_of(metric);
  return family ? std::string(family->name) : metric;
}

std::string head_of(const std::string& family) {
  const MetricFamily* known = metric_family_of(family);
  if (known) return help_line(family, known->help) + type_line(family, to_string(known->type));
  if (family == "up") return help_line(family, "Whether the target answered.") + type_line(family, "gauge");
  return type_line(family, "untyped");
}

}  // namespace

// One scrape into a store of its own gives exactly the series that the drill's own scraper would store.
Answer answer_metrics(const Call& call) {
  SeriesStore scraped;
  Scraper(scraped).scrape(call.targets(), call.now_ms());
  std::map<std::string, std::string> lines;  // [family]
  for (const std::string& metric : scraped.metric_names()) {
    if (metric.starts_with("scrape_")) continue;  // of this scrape: the one who asks has his own
    std::string& block = lines[family_name(metric)];
    for (const SeriesId series : scraped.named(metric)) {
      for (const Sample& sample : scraped.samples(series))
        block += sample_line(metric, scraped.labels(series), sample.value, std::nullopt);
    }
  }
  Answer answer{200, text_format_type, {}, {}, nullptr};
  for (const auto& [family, block] : lines)
    if (!block.empty()) answer.body += head_of(family) + block;
  return answer;
}

}  // namespace muster::prom
