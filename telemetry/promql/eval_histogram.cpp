// histogram_quantile of classic histograms: one series per upper bound, label "le" (promql/quantile.go).
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/special_values.hpp"
#include "telemetry/promql/evaluator.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::promql {

namespace {

struct Bucket {
  double upper_bound, count;
};

// Adds up buckets of equal bounds, and makes the counts never fall: a scrape may catch a histogram half
// updated.
std::vector<Bucket> tidied(std::vector<Bucket> buckets) {
  std::stable_sort(buckets.begin(), buckets.end(),
                   [](const Bucket& a, const Bucket& b) { return a.upper_bound < b.upper_bound; });
  std::vector<Bucket> merged;
  for (const Bucket& bucket : buckets) {
    if (!merged.empty() && merged.back().upper_bound == bucket.upper_bound) {
      merged.back().count += bucket.count;
    } else {
      merged.push_back(bucket);
    }
  }
  double most = -std::numeric_limits<double>::infinity();
  for (Bucket& bucket : merged) {
    if (bucket.count > most) most = bucket.count;
    if (bucket.count < most) bucket.count = most;
  }
  return merged;
}

// The metric name still tells histograms apart here; it goes at the end, where equal sets are then an error.
Labels without_bound(const Labels& labels) {
  Labels rest = labels;
  set_label(rest, "le", "");
  return rest;
}

// Linear within a bucket; the first one begins at zero.
double bucket_quantile(double q, std::vector<Bucket> buckets) {
  if (std::isnan(q)) return not_a_number;
  if (q < 0) return -infinity;
  if (q > 1) return infinity;
  buckets = tidied(std::move(buckets));
  if (buckets.size() < 2 || buckets.back().upper_bound != infinity) return not_a_number;
  const double observations = buckets.back().count;
  if (observations == 0) return not_a_number;
  double rank = q * observations;
  std::size_t at = 0;
  while (at + 1 < buckets.size() && !(buckets[at].count >= rank)) ++at;
  if (at + 1 == buckets.size()) return buckets[at - 1].upper_bound;
  if (at == 0 && buckets[0].upper_bound <= 0) return buckets[0].upper_bound;
  double begin = 0, count = buckets[at].count;
  if (at > 0) {
    begin = buckets[at - 1].upper_bound;
    count -= buckets[at - 1].count;
    rank -= buckets[at - 1].count;
  }
  return begin + (buckets[at].upper_bound - begin) * (rank / count);
}

}  // namespace

InstantVector Evaluator::histogram_quantile(const Expression& expression, const Call& node) {
  const double q = scalar(*node.arguments[0]);
  const InstantVector elements = vector(*node.arguments[1]);
  Memory& memory = this->memory(expression);
  std::map<LabelId, std::size_t> places;
  std::vector<LabelId> labels;
  std::vector<std::vector<Bucket>> histograms;
  for (const Element& element : elements) {
    const auto bound = parse_float(label_value(pool_.at(element.labels), "le"));
    if (!bound) continue;
    const LabelId group = memory.signatures.get(pool_, element.labels, without_bound);
    const auto [place, is_new] = places.emplace(group, histograms.size());
    if (is_new) {
      labels.push_back(group);
      histograms.emplace_back();
    }
    histograms[place->second].push_back({*bound, element.value});
  }
  InstantVector results;
  for (std::size_t i = 0; i < histograms.size(); ++i)
    results.push_back({drop_name(labels[i]), bucket_quantile(q, std::move(histograms[i])), at_ms_});
  return results;
}

}  // namespace muster::promql
