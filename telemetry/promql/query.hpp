// An expression made ready to be evaluated again and again over one store, as an alert rule is: what its
// selectors match and the label sets its operators make are remembered from one evaluation to the next.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::promql {

class Evaluator;

struct Element {
  LabelId labels = 0;
  double value = 0;
  std::int64_t sample_ms = 0;  ///< of the sample itself where a selector gave it
};
using InstantVector = std::vector<Element>;

class Query {
 public:
  Query(std::shared_ptr<const Expression> expression, const Options& options);
  Query(Query&&) noexcept;
  ~Query();

  /// The elements at one moment, in a fixed but unspecified order; a scalar is one element without labels.
  /// Always call with the same store. Error: as evaluate_instant, or the expression is neither vector nor
  /// scalar.
  Result<InstantVector> vector_at(const SeriesStore& store, std::int64_t at_ms);
  /// Of the elements that this query has given.
  const Labels& labels(LabelId id) const;
  const Expression& expression() const { return *expression_; }

 private:
  std::shared_ptr<const Expression> expression_;
  std::unique_ptr<Evaluator> evaluator_;
};

}  // namespace muster::promql
