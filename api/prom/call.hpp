// One call of the Prometheus API on its way to the function that answers it; private to this folder.
#pragma once

#include <string>
#include <vector>

#include "api/prom/parameters.hpp"
#include "api/prom/prometheus.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::prom {

struct Call {
  const Parameters& parameters;
  const std::vector<std::string>& segments;  ///< of the path, decoded, without the prefix
  const PrometheusView& view;

  std::int64_t now_ms() const { return nanoseconds_of(view.now) / 1'000'000; }  ///< virtual
  std::int64_t epoch_ms() const { return view.epoch.unix_seconds * 1000; }      ///< unix
  promql::Options options() const;
  std::vector<ScrapeTarget> targets() const;
};

// queries.cpp
Answer answer_query(const Call& call);
Answer answer_query_range(const Call& call);
Answer answer_query_exemplars(const Call& call);
Answer answer_format_query(const Call& call);
// series.cpp
Answer answer_series(const Call& call);
Answer answer_labels(const Call& call);
Answer answer_label_values(const Call& call);
// rules.cpp
Answer answer_rules(const Call& call);
Answer answer_alerts(const Call& call);
Answer answer_alertmanagers(const Call& call);
// targets.cpp
Answer answer_targets(const Call& call);
Answer answer_scrape_pools(const Call& call);
Answer answer_metadata(const Call& call);
Answer answer_target_metadata(const Call& call);
// status.cpp
Answer answer_build_info(const Call& call);
Answer answer_runtime_info(const Call& call);
Answer answer_config(const Call& call);
Answer answer_flags(const Call& call);
Answer answer_tsdb(const Call& call);
Answer answer_wal_replay(const Call& call);
Answer answer_version(const Call& call);
Answer answer_ready(const Call& call);
Answer answer_healthy(const Call& call);
// federate.cpp, metrics_page.cpp
Answer answer_federate(const Call& call);
Answer answer_metrics(const Call& call);

}  // namespace muster::prom
