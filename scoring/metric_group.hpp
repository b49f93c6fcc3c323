// Collects the metrics of one group.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "scoring/evidence.hpp"
#include "scoring/scorecard.hpp"

namespace muster {

using Records = std::vector<std::uint64_t>;

class MetricGroup {
 public:
  MetricGroup(std::vector<Metric>& metrics, const char* name) : metrics_(metrics), name_(name) {}

  void add(const char* name, std::optional<double> value, const char* unit, const char* meaning,
           Records records = {}) {
    metrics_.push_back({name, name_, value, unit, meaning, std::move(records)});
  }
  /// Seconds from `from` to `to`; without a value, and citing nothing, if one of them did not happen.
  void between(const char* name, std::optional<SimTime> from, std::optional<SimTime> to, const char* meaning,
               Records records = {}) {
    std::optional<double> value;
    if (from && to) value = seconds_of(*to - *from);
    add(name, value, "s", meaning, value ? std::move(records) : Records{});
  }

 private:
  std::vector<Metric>& metrics_;
  const char* name_;
};

template <class T>
Records records_of(const std::vector<Noted<T>>& list) {
  Records records;
  for (const auto& entry : list) records.push_back(entry.record);
  return records;
}

}  // namespace muster
