// Portable transcendental functions: basic operations and sqrt only, so that a value that reaches the journal
// is the same bit for bit with every compiler, optimisation level and libm. Accuracy within 2 ulp.
#pragma once

namespace muster {

/// Natural logarithm of x > 0.
double portable_log(double x);
/// e to the x; 0 below about -745, infinity above about 709.8.
double portable_exp(double x);
/// x to the y for x >= 0.
double portable_pow(double x, double y);

}  // namespace muster
