// Portable circular and hyperbolic functions, made of basic operations, sqrt and sim/math.hpp: the same bit
// for bit on every machine. Special values as in C (NaN where there is none, signed zeros kept). Relative
// error below 1e-14.
#pragma once

namespace muster {

double portable_sin(double x);  ///< of radians; every finite size is reduced exactly
double portable_cos(double x);
double portable_tan(double x);
double portable_asin(double x);
double portable_acos(double x);
double portable_atan(double x);
double portable_atan2(double y, double x);
double portable_sinh(double x);
double portable_cosh(double x);
double portable_tanh(double x);
double portable_asinh(double x);
double portable_acosh(double x);
double portable_atanh(double x);

}  // namespace muster
