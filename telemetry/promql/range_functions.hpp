// Functions of one series' samples in a window; private to this folder. Formulas: prometheus/prometheus v2.42
// promql/functions.go.
#pragma once

#include <optional>

#include "telemetry/promql/functions.hpp"

namespace muster::promql {

std::optional<double> rate(const Window&, const Scalars&);
std::optional<double> increase(const Window&, const Scalars&);
std::optional<double> delta(const Window&, const Scalars&);
std::optional<double> irate(const Window&, const Scalars&);
std::optional<double> idelta(const Window&, const Scalars&);
std::optional<double> deriv(const Window&, const Scalars&);
std::optional<double> predict_linear(const Window&, const Scalars&);  ///< first: seconds ahead
std::optional<double> holt_winters(const Window&, const Scalars&);    ///< smoothing and trend factor, in 0..1
std::string check_holt_winters(const Scalars&);
std::optional<double> changes(const Window&, const Scalars&);
std::optional<double> resets(const Window&, const Scalars&);
std::optional<double> avg_over_time(const Window&, const Scalars&);
std::optional<double> count_over_time(const Window&, const Scalars&);
std::optional<double> last_over_time(const Window&, const Scalars&);
std::optional<double> max_over_time(const Window&, const Scalars&);
std::optional<double> min_over_time(const Window&, const Scalars&);
std::optional<double> present_over_time(const Window&, const Scalars&);
std::optional<double> quantile_over_time(const Window&, const Scalars&);
std::optional<double> stddev_over_time(const Window&, const Scalars&);
std::optional<double> stdvar_over_time(const Window&, const Scalars&);
std::optional<double> sum_over_time(const Window&, const Scalars&);

}  // namespace muster::promql
