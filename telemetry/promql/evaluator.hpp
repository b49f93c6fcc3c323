// Walks an expression's tree at one moment; private to this folder (see promql.hpp and query.hpp).
//
// After the first error, which is kept, every part answers with nothing, so that the walk ends soon.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "telemetry/promql/functions.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/promql.hpp"
#include "telemetry/promql/query.hpp"
#include "telemetry/promql/subquery_view.hpp"
#include "telemetry/promql/window.hpp"

namespace muster::promql {

struct RangeVector {
  std::vector<RangeElement> series;
  std::int64_t begin_ms = 0, end_ms = 0;
};

class Evaluator {
 public:
  Evaluator(const Expression& root, const Options& options);

  /// Begins an evaluation at `at_ms`; `begin_ms` and `end_ms` are what @ start() and @ end() mean.
  void start(const SeriesStore& store, std::int64_t at_ms, std::int64_t begin_ms, std::int64_t end_ms);
  bool failed() const { return !error_.empty(); }
  const std::string& error() const { return error_; }

  double scalar(const Expression& expression);
  InstantVector vector(const Expression& expression);
  RangeVector matrix(const Expression& expression);
  std::string text(const Expression& expression);

  LabelPool& pool() { return pool_; }
  const LabelPool& pool() const { return pool_; }
  /// Begins a query: nothing is held, nothing has been done.
  void reset_budget() { kept_ = held_ = work_ = 0; }
  /// The store will not change any more while this evaluator lives.
  void freeze() { frozen_ = true; }
  /// So many samples of the result stay until the query ends.
  void keep(std::size_t samples) { kept_ += static_cast<std::int64_t>(samples); }

 private:
  // What one node of the tree has worked out before and can use again.
  struct Memory {
    const std::vector<SeriesId>* candidates = nullptr;  // of a selector; null = all series
    std::size_t examined = 0;                           // of them were looked at
    std::vector<LabelId> matched;                       // those that fit
    std::vector<NewestSample> newest;                   // [matched] of an instant selector
    std::vector<SlidingWindow> windows;                 // [matched] of a range selector
    SubqueryView inner;                                 // of a subquery
    LabelMap signatures, results;
    std::map<std::pair<LabelId, LabelId>, LabelId> joined;
    std::shared_ptr<const Pattern> pattern;
    std::string pattern_text;
  };
  Memory& memory(const Expression& expression) { return memories_[static_cast<std::size_t>(expression.id)]; }

  void fail(std::string message);
  bool spend(std::size_t samples);
  double unix_seconds(std::int64_t virtual_ms) const;
  void require_unique(const InstantVector& elements);
  LabelId drop_name(LabelId labels);

  // eval_select.cpp
  const std::vector<SeriesId>* candidates_of(const VectorSelector& selector) const;
  template <class See>
  Memory& refresh_matches(const Expression& expression, const VectorSelector& selector,
                          std::vector<See> Memory::*seen);
  std::int64_t shifted(const TimeShift& shift) const;
  InstantVector select(const Expression& expression, const VectorSelector& selector);
  RangeVector select_range(const Expression& expression, const MatrixSelector& node);
  RangeVector run_subquery(const Expression& expression, const Subquery& node);

  // eval_binary.cpp
  double binary_scalar(const Binary& node);
  InstantVector binary_vector(const Expression& expression, const Binary& node);
  InstantVector with_scalar(const Binary& node, InstantVector elements, double scalar, bool scalar_left);
  InstantVector matched(const Expression& expression, const Binary& node, InstantVector left,
                        InstantVector right);
  InstantVector set_operation(const Expression& expression, const Binary& node, InstantVector left,
                              InstantVector right);
  std::vector<LabelId> signatures_of(const Expression& expression, const Binary& node,
                                     const InstantVector& elements);
  bool index_one_side(const Binary& node, const InstantVector& one, const std::vector<LabelId>& signatures,
                      std::vector<int>& index);
  LabelId result_labels(const Expression& expression, const Binary& node, LabelId many, LabelId one);
  InstantVector negate(const Unary& node);

  // eval_aggregate.cpp
  InstantVector aggregate(const Expression& expression, const Aggregation& node);
  std::vector<LabelId> groups_of(const Expression& expression, const Aggregation& node,
                                 const InstantVector& elements);
  InstantVector best_of(const Aggregation& node, const InstantVector& elements,
                        const std::vector<LabelId>& groups);
  InstantVector count_values(const Aggregation& node, const InstantVector& elements);
  InstantVector quantiles(const Aggregation& node, const InstantVector& elements,
                          const std::vector<LabelId>& groups);

  // eval_call.cpp
  double call_scalar(const Call& node);
  InstantVector call_vector(const Expression& expression, const Call& node);
  InstantVector call_special(const Expression& expression, const Call& node);
  InstantVector call_range(const Call& node);
  InstantVector call_value(const Call& node);
  InstantVector call_date(const Call& node);
  InstantVector sorted(const Call& node, bool descending);
  InstantVector timestamps(const Call& node);
  InstantVector absent(const Call& node);
  Scalars scalars_of(const Call& node);

  // eval_labels.cpp
  InstantVector label_replace(const Expression& expression, const Call& node);
  InstantVector label_join(const Call& node);

  // eval_histogram.cpp
  InstantVector histogram_quantile(const Expression& expression, const Call& node);

  Options options_;
  std::int64_t epoch_ms_;
  LabelPool pool_;
  LabelMap without_name_;
  std::vector<Memory> memories_;     // [Expression::id]
  std::vector<std::uint64_t> seen_;  // [LabelId], for require_unique
  std::uint64_t look_ = 0;

  const SeriesStore* store_ = nullptr;
  std::int64_t at_ms_ = 0, begin_ms_ = 0, end_ms_ = 0;
  std::int64_t kept_ = 0, held_ = 0, work_ = 0;  // samples
  bool frozen_ = false;
  std::string error_;
};

}  // namespace muster::promql
