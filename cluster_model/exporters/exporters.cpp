#include "cluster_model/exporters/exporters.hpp"

#include <array>

#include "sim/assert.hpp"

namespace muster {

void put_label(Labels& labels, const char* name, std::string_view value) {
  if (!value.empty()) labels.emplace_back(name, value);
}

std::span<const char* const> default_bounds() {
  static constexpr std::array<const char*, 12> bounds = {"0.005", "0.01", "0.025", "0.05", "0.1", "0.25",
                                                         "0.5",   "1",    "2.5",   "5",    "10",  "+Inf"};
  return bounds;
}

void expose_histogram(SampleSink& sink, const std::string& metric, Labels& labels,
                      std::span<const std::uint64_t> counts, std::span<const char* const> bounds,
                      double sum) {
  MUSTER_ASSERT(counts.size() == bounds.size(), "a bucket has no bound");
  const std::string bucket = metric + "_bucket";
  labels.emplace_back("le", "");
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    count += counts[i];
    labels.back().second = bounds[i];
    sink.sample(bucket, labels, static_cast<double>(count));
  }
  labels.pop_back();
  sink.sample(metric + "_sum", labels, sum);
  sink.sample(metric + "_count", labels, static_cast<double>(count));
}

void expose_condition(SampleSink& sink, std::string_view metric, Labels& labels, const char* label,
                      std::string_view status) {
  static constexpr std::array<std::pair<const char*, const char*>, 3> statuses = {
      {{"True", "true"}, {"False", "false"}, {"Unknown", "unknown"}}};
  labels.emplace_back(label, "");
  for (const auto& [word, shown] : statuses) {
    labels.back().second = shown;
    sink.sample(metric, labels, status == word ? 1 : 0);
  }
  labels.pop_back();
}

void expose_labels(SampleSink& sink, std::string_view metric, Labels labels, const Object& object) {
  const auto allowed = [](std::string_view name) {
    return name == "app" || name == "version" || name == "tier" || name == "component" ||
           name.starts_with("app.kubernetes.io/");
  };
  for (const auto& [name, value] : object.meta.labels) {
    if (!allowed(name)) continue;
    std::string shown = "label_" + name;
    for (char& c : shown)
      if (c == '.' || c == '/' || c == '-') c = '_';
    put_label(labels, shown.c_str(), value);
  }
  sink.sample(metric, labels, 1);
}

std::vector<ScrapeTarget> scrape_targets(const ExpositionView& view) {
  std::vector<ScrapeTarget> targets;
  add_application_targets(view, targets);
  add_kube_state_target(view, targets);
  add_node_targets(view, targets);
  add_edge_targets(view, targets);
  add_database_targets(view, targets);
  add_provider_targets(view, targets);
  return targets;
}

}  // namespace muster
