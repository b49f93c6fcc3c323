// Label sets of one query, each kept once and named by a small number, so that comparing, grouping and
// matching are comparisons of numbers and every derived set is built once however often the query runs.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "telemetry/sample_sink.hpp"

namespace muster::promql {

using LabelId = std::uint32_t;

class LabelPool {
 public:
  LabelPool() { intern({}); }
  LabelPool(const LabelPool&) = delete;
  LabelPool& operator=(const LabelPool&) = delete;

  /// `labels` sorted by name, without empty values.
  LabelId intern(const Labels& labels);
  LabelId intern(Labels&& labels);
  /// The same, without a copy: `labels`, whose label_hash_of is `hash`, outlive the pool and stay in place.
  LabelId refer(const Labels& labels, std::uint64_t hash);
  const Labels& at(LabelId id) const { return *sets_[id]; }
  std::size_t size() const { return sets_.size(); }
  static constexpr LabelId empty = 0;  ///< of the set without labels

 private:
  LabelId& slot_of(const Labels& labels, std::uint64_t hash);
  LabelId add(const Labels* set, std::uint64_t hash, LabelId& slot);
  void grow();

  static constexpr LabelId vacant = ~LabelId{0};
  std::vector<const Labels*> sets_;  // [LabelId]
  std::vector<std::uint64_t> hashes_;
  std::vector<LabelId> slots_;  // a hash table with linear probing; its size is a power of two
  std::deque<Labels> own_;      // the sets that were not referred to
};

/// A remembered function from label sets to label sets.
class LabelMap {
 public:
  /// The image of `source`; `make(const Labels&)` builds it the first time.
  template <class Make>
  LabelId get(LabelPool& pool, LabelId source, Make&& make) {
    if (source >= images_.size()) images_.resize(pool.size(), none);
    if (images_[source] == none) images_[source] = pool.intern(make(pool.at(source)));
    return images_[source];
  }

 private:
  static constexpr LabelId none = ~LabelId{0};
  std::vector<LabelId> images_;
};

/// Empty if the label is absent.
std::string_view label_value(const Labels& labels, std::string_view name);
/// Sets, replaces or (empty value) removes a label.
void set_label(Labels& labels, const std::string& name, const std::string& value);
Labels without_metric_name(const Labels& labels);
/// Only the labels with these names.
Labels only(const Labels& labels, const std::vector<std::string>& names);
/// All labels but these and the metric name.
Labels all_but(const Labels& labels, const std::vector<std::string>& names);
/// `{a="b", c="d"}`, the metric name as an ordinary label.
std::string print_labels(const Labels& labels);

}  // namespace muster::promql
