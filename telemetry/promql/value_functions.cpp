#include "telemetry/promql/value_functions.hpp"

#include <chrono>
#include <cmath>
#include <numbers>

#include "sim/math.hpp"
#include "sim/trigonometry.hpp"
#include "telemetry/promql/arithmetic.hpp"

namespace muster::promql {

double absolute(double value, const Scalars&) {
  return std::fabs(value);
}
double round_up(double value, const Scalars&) {
  return std::ceil(value);
}
double round_down(double value, const Scalars&) {
  return std::floor(value);
}

double round_to(double value, const Scalars& scalars) {
  // Prometheus multiplies by the inverse, which is more exact for 0.1 and its like.
  const double inverse = 1 / scalars.first;
  return std::floor(value * inverse + 0.5) / inverse;
}

double square_root(double value, const Scalars&) {
  return std::sqrt(value);
}
double exponential(double value, const Scalars&) {
  return std::isnan(value) ? value : portable_exp(value);
}
double log_e(double value, const Scalars&) {
  return natural_log(value);
}
double log_2(double value, const Scalars&) {
  return binary_log(value);
}
double log_10(double value, const Scalars&) {
  return decimal_log(value);
}

double sign(double value, const Scalars&) {
  if (value < 0) return -1;
  return value > 0 ? 1 : value;
}

double sine(double value, const Scalars&) {
  return portable_sin(value);
}
double cosine(double value, const Scalars&) {
  return portable_cos(value);
}
double tangent(double value, const Scalars&) {
  return portable_tan(value);
}
double arc_sine(double value, const Scalars&) {
  return portable_asin(value);
}
double arc_cosine(double value, const Scalars&) {
  return portable_acos(value);
}
double arc_tangent(double value, const Scalars&) {
  return portable_atan(value);
}
double hyperbolic_sine(double value, const Scalars&) {
  return portable_sinh(value);
}
double hyperbolic_cosine(double value, const Scalars&) {
  return portable_cosh(value);
}
double hyperbolic_tangent(double value, const Scalars&) {
  return portable_tanh(value);
}
double area_sine(double value, const Scalars&) {
  return portable_asinh(value);
}
double area_cosine(double value, const Scalars&) {
  return portable_acosh(value);
}
double area_tangent(double value, const Scalars&) {
  return portable_atanh(value);
}

double to_degrees(double value, const Scalars&) {
  return value * 180 / std::numbers::pi;
}
double to_radians(double value, const Scalars&) {
  return value * std::numbers::pi / 180;
}

double clamp_between(double value, const Scalars& scalars) {
  return go_max(scalars.first, go_min(scalars.second, value));
}
double clamp_above(double value, const Scalars& scalars) {
  return go_max(scalars.first, value);
}
double clamp_below(double value, const Scalars& scalars) {
  return go_min(scalars.first, value);
}

namespace {

using std::chrono::floor;
using Seconds = std::chrono::sys_seconds;
using Days = std::chrono::sys_days;

Seconds instant(std::int64_t unix_seconds) {
  return Seconds{std::chrono::seconds{unix_seconds}};
}
Days day_of(std::int64_t unix_seconds) {
  return floor<std::chrono::days>(instant(unix_seconds));
}
std::chrono::year_month_day date_of(std::int64_t unix_seconds) {
  return {day_of(unix_seconds)};
}

std::int64_t second_of_day(std::int64_t unix_seconds) {
  return (instant(unix_seconds) - day_of(unix_seconds)).count();
}

}  // namespace

double minute_of(std::int64_t unix_seconds) {
  return static_cast<double>(second_of_day(unix_seconds) / 60 % 60);
}
double hour_of(std::int64_t unix_seconds) {
  return static_cast<double>(second_of_day(unix_seconds) / 3600);
}

double day_of_week_of(std::int64_t unix_seconds) {
  return std::chrono::weekday(day_of(unix_seconds)).c_encoding();
}

double day_of_month_of(std::int64_t unix_seconds) {
  return static_cast<unsigned>(date_of(unix_seconds).day());
}

double day_of_year_of(std::int64_t unix_seconds) {
  const Days new_year = date_of(unix_seconds).year() / std::chrono::January / 1;
  return static_cast<double>((day_of(unix_seconds) - new_year).count() + 1);
}

double days_in_month_of(std::int64_t unix_seconds) {
  const auto date = date_of(unix_seconds);
  return static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day());
}

double month_of(std::int64_t unix_seconds) {
  return static_cast<unsigned>(date_of(unix_seconds).month());
}
double year_of(std::int64_t unix_seconds) {
  return static_cast<int>(date_of(unix_seconds).year());
}

}  // namespace muster::promql
