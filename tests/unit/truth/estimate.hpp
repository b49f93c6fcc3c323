// Batch means with control variates: what a run says of a number, and how sure it is.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/unit/truth/truth_file.hpp"

namespace muster {

/// One number per name.
using Numbers = std::map<std::string, double>;

struct Interval {
  double mean = 0, half_width = 0;  ///< two-sided, 99.9 %
};

/// The batches of a run. A control is an input of the model (its mean is known exactly) that the output
/// follows; regression on it takes that part of the noise away (Lavenberg and Welch, Management Science 27,
/// 1981).
class Batches {
 public:
  void add(const Numbers& outputs, const std::vector<double>& controls_minus_means);
  Interval interval(const std::string& name) const;
  std::size_t size() const { return controls_.size(); }

 private:
  /// The time of a constant law is no control.
  std::vector<std::size_t> varying_controls() const;

  std::map<std::string, std::vector<double>> outputs_;  // [batch]
  std::vector<std::vector<double>> controls_;           // [batch][control]
};

/// Students t, two-sided 99.9 %, Cornish-Fisher expansion.
double t_quantile(double degrees);

/// The expected value of a field; "rho.1" is the second of the list "rho".
double truth_of(const TruthRow& row, const std::string& field);
/// How many times wider than `widest` of the true value the widest of the fields' intervals is.
double width_over(const TruthRow& row, const Batches& batches, const std::vector<std::string>& fields,
                  double widest);

/// Each named field of the row's `expect`: within the interval, which is narrower than `widest` of the value.
void expect_truth(const TruthRow& row, const Batches& batches, const std::vector<std::string>& fields,
                  double widest);
/// The same for a field that is rare or far out in a tail: no demand on the width but that it is below half
/// of it; below 1e-5 only that it is rare.
void expect_rough_truth(const TruthRow& row, const Batches& batches, const std::vector<std::string>& fields);

}  // namespace muster
