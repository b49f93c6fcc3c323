#include "cluster_model/exporters/exporters.hpp"

#include <array>

namespace muster {

void put_label(Labels& labels, const char* name, std::string_view value) {
  if (!value.empty()) labels.emplace_back(name, value);
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

std::vector<ScrapeTarget> scrape_targets(const ExpositionView& view) {
  std::vector<ScrapeTarget> targets;
  add_application_targets(view, targets);
  add_kube_state_target(view, targets);
  add_node_targets(view, targets);
  add_edge_targets(view, targets);
  add_database_targets(view, targets);
  return targets;
}

}  // namespace muster
