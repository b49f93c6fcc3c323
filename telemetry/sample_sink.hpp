// Where exporters tell their samples at a scrape.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace muster {

/// Label pairs sorted by name; "__name__" holds the metric name. No empty values.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// One scrape target's answer. An exporter calls sample() once per series.
class SampleSink {
 public:
  virtual ~SampleSink() = default;
  /// `labels` without job and instance, which belong to the target; any order, no "__name__".
  virtual void sample(std::string_view metric, const Labels& labels, double value) = 0;
};

}  // namespace muster
