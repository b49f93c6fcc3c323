#include "tests/unit/truth/estimate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace muster {
namespace {

using Matrix = std::vector<std::vector<double>>;

/// Gauss-Jordan with row exchange.
Matrix inverse(Matrix a) {
  const std::size_t n = a.size();
  Matrix result(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) result[i][i] = 1;
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column; row < n; ++row)
      if (std::fabs(a[row][column]) > std::fabs(a[pivot][column])) pivot = row;
    std::swap(a[pivot], a[column]);
    std::swap(result[pivot], result[column]);
    const double scale = a[column][column];
    for (std::size_t k = 0; k < n; ++k) {
      a[column][k] /= scale;
      result[column][k] /= scale;
    }
    for (std::size_t row = 0; row < n; ++row) {
      const double factor = row == column ? 0 : a[row][column];
      for (std::size_t k = 0; k < n; ++k) {
        a[row][k] -= factor * a[column][k];
        result[row][k] -= factor * result[column][k];
      }
    }
  }
  return result;
}

void check(const TruthRow& row, const std::string& field, const Interval& found, double widest) {
  const double truth = truth_of(row, field);
  EXPECT_NEAR(found.mean, truth, found.half_width + 1e-9 * std::fabs(truth)) << row.title() << " " << field;
  EXPECT_LT(found.half_width, widest * std::fabs(truth)) << row.title() << " " << field << ": too imprecise";
}

}  // namespace

double truth_of(const TruthRow& row, const std::string& field) {
  if (row.has("expect." + field)) return row["expect." + field];
  const auto dot = field.rfind('.');
  if (dot == field.npos) return row[field];
  return row.list("expect." + field.substr(0, dot)).at(std::stoul(field.substr(dot + 1)));
}

double width_over(const TruthRow& row, const Batches& batches, const std::vector<std::string>& fields,
                  double widest) {
  double worst = 0;
  for (const std::string& field : fields)
    worst = std::max(worst, batches.interval(field).half_width / (widest * std::fabs(truth_of(row, field))));
  return worst;
}

void Batches::add(const Numbers& outputs, const std::vector<double>& controls_minus_means) {
  for (const auto& [name, value] : outputs) outputs_[name].push_back(value);
  controls_.push_back(controls_minus_means);
}

double t_quantile(double degrees) {
  const double z = 3.2905267314919255;
  const double z3 = z * z * z, z5 = z3 * z * z;
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees * degrees);
}

std::vector<std::size_t> Batches::varying_controls() const {
  std::vector<std::size_t> varying;
  for (std::size_t i = 0; i < controls_.front().size(); ++i) {
    const auto by_value = [i](const auto& a, const auto& b) { return a[i] < b[i]; };
    const auto [least, most] = std::minmax_element(controls_.begin(), controls_.end(), by_value);
    if ((*most)[i] - (*least)[i] > 1e-9) varying.push_back(i);
  }
  return varying;
}

Interval Batches::interval(const std::string& name) const {
  const std::vector<double>& y = outputs_.at(name);
  const std::vector<std::size_t> controls = varying_controls();
  const std::size_t n = y.size(), terms = controls.size() + 1;
  const auto term = [&](std::size_t batch, std::size_t i) {
    return i == 0 ? 1 : controls_[batch][controls[i - 1]];
  };
  Matrix products(terms, std::vector<double>(terms));
  std::vector<double> right(terms), fit(terms);
  for (std::size_t b = 0; b < n; ++b) {
    for (std::size_t i = 0; i < terms; ++i) {
      right[i] += term(b, i) * y[b];
      for (std::size_t k = 0; k < terms; ++k) products[i][k] += term(b, i) * term(b, k);
    }
  }
  const Matrix inverted = inverse(products);
  for (std::size_t i = 0; i < terms; ++i)
    for (std::size_t k = 0; k < terms; ++k) fit[i] += inverted[i][k] * right[k];
  double squares = 0;
  for (std::size_t b = 0; b < n; ++b) {
    double rest = y[b];
    for (std::size_t i = 0; i < terms; ++i) rest -= fit[i] * term(b, i);
    squares += rest * rest;
  }
  const auto degrees = static_cast<double>(n - terms);
  return {fit[0], t_quantile(degrees) * std::sqrt(squares / degrees * inverted[0][0])};
}

void expect_truth(const TruthRow& row, const Batches& batches, const std::vector<std::string>& fields,
                  double widest) {
  for (const std::string& field : fields) check(row, field, batches.interval(field), widest);
}

void expect_rough_truth(const TruthRow& row, const Batches& batches, const std::vector<std::string>& fields) {
  constexpr double too_rare = 1e-5;  // for runs of some 10^5 requests and more
  for (const std::string& field : fields) {
    const Interval found = batches.interval(field);
    if (truth_of(row, field) < too_rare)
      EXPECT_LT(found.mean, 10 * too_rare) << row.title() << " " << field;
    else
      check(row, field, found, 0.5);
  }
}

}  // namespace muster
