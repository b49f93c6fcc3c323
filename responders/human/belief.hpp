// Beliefs over the possible causes: Bayes' rule on what was seen.
#pragma once

#include <vector>

#include "responders/human/profile.hpp"

namespace muster {

class Belief {
 public:
  explicit Belief(const std::vector<PossibleCause>& causes);

  /// The sign was looked for, and seen or not.
  void learn(const Sign& sign, bool seen);
  /// Its cure was tried and did not help.
  void discount(std::size_t cause, double remains);
  /// Sum 1, in the order of the causes.
  const std::vector<double>& probabilities() const { return weights_; }
  double strongest() const;
  /// A cause drawn with its probability: who is 70 % sure is wrong in 30 of 100 cases.
  std::size_t draw(double u) const;

 private:
  void normalise();
  const std::vector<PossibleCause>& causes_;
  std::vector<double> weights_;
};

}  // namespace muster
