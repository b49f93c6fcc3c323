// /federate: the newest sample of each series asked for, with its own timestamp (prometheus/prometheus
// web/federate.go).
#include <algorithm>

#include "api/prom/call.hpp"
#include "api/prom/envelope.hpp"
#include "api/prom/matchers.hpp"
#include "api/prom/stored_samples.hpp"
#include "api/prom/text_format.hpp"
#include "telemetry/promql/label_pool.hpp"

namespace muster::prom {
namespace {

struct Federated {
  std::string_view name;
  SeriesId series = 0;
  Sample sample;
};

// `{}` alone matches nothing here, as in Prometheus, where no matcher means no index to look into.
std::vector<Federated> federated(const Call& call, const Selectors& selectors) {
  Selectors asked = selectors;
  std::erase_if(asked, [](const promql::VectorSelector& selector) { return selector.matchers.empty(); });
  std::vector<Federated> found;
  if (asked.empty()) return found;
  const SeriesStore& store = call.view.series;
  for (const SeriesId series : select_series(store, asked)) {
    const auto sample = newest_sample(store, series, call.now_ms());
    const bool shown = sample && sample->at_ms >= call.now_ms() - call.options().lookback_ms &&
                       !is_stale_marker(sample->value);
    const std::string_view name = promql::label_value(store.labels(series), "__name__");
    if (shown && !name.empty()) found.push_back({name, series, *sample});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Federated& a, const Federated& b) { return a.name < b.name; });
  return found;
}

// A series without an instance says so, or else the one who scrapes would add the name of this server.
Labels with_instance(Labels labels) {
  if (promql::label_value(labels, "instance").empty()) labels.emplace_back("instance", "");
  return labels;
}

}  // namespace

Answer answer_federate(const Call& call) {
  const auto selectors = parse_selectors(call.parameters.all("match[]"));
  if (!selectors) return {400, "text/plain; charset=utf-8", selectors.error().message + "\n", {}, nullptr};
  std::string page;
  std::string_view last;
  for (const Federated& one : federated(call, *selectors)) {
    if (one.name != last) page += type_line(one.name, "untyped");
    last = one.name;
    page += sample_line(one.name, with_instance(call.view.series.labels(one.series)), one.sample.value,
                        call.epoch_ms() + one.sample.at_ms);
  }
  return {200, text_format_type, std::move(page), {}, nullptr};
}

}  // namespace muster::prom
