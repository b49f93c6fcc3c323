// Functions of one value, and of a calendar instant; private to this folder.
#pragma once

#include "telemetry/promql/functions.hpp"

namespace muster::promql {

double absolute(double, const Scalars&);
double round_up(double, const Scalars&);
double round_down(double, const Scalars&);
double round_to(double, const Scalars&);  ///< first: the multiple to round to; halves go up
double square_root(double, const Scalars&);
double exponential(double, const Scalars&);
double log_e(double, const Scalars&);
double log_2(double, const Scalars&);
double log_10(double, const Scalars&);
double sign(double, const Scalars&);
double sine(double, const Scalars&);
double cosine(double, const Scalars&);
double tangent(double, const Scalars&);
double arc_sine(double, const Scalars&);
double arc_cosine(double, const Scalars&);
double arc_tangent(double, const Scalars&);
double hyperbolic_sine(double, const Scalars&);
double hyperbolic_cosine(double, const Scalars&);
double hyperbolic_tangent(double, const Scalars&);
double area_sine(double, const Scalars&);
double area_cosine(double, const Scalars&);
double area_tangent(double, const Scalars&);
double to_degrees(double, const Scalars&);
double to_radians(double, const Scalars&);
double clamp_between(double, const Scalars&);  ///< first: least, second: greatest
double clamp_above(double, const Scalars&);    ///< first: least
double clamp_below(double, const Scalars&);    ///< first: greatest

double minute_of(std::int64_t unix_seconds);
double hour_of(std::int64_t unix_seconds);
double day_of_week_of(std::int64_t unix_seconds);  ///< 0 = Sunday
double day_of_month_of(std::int64_t unix_seconds);
double day_of_year_of(std::int64_t unix_seconds);
double days_in_month_of(std::int64_t unix_seconds);
double month_of(std::int64_t unix_seconds);
double year_of(std::int64_t unix_seconds);

}  // namespace muster::promql
