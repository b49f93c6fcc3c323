#include "drill/open_metrics.hpp"

#include <fmt/format.h>

#include <iterator>

#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster {
namespace {

// Label values are escaped as in JSON: backslash, quote and line feed (OpenMetrics 1.0, ABNF).
std::string series_name(const Labels& labels) {
  std::string text(promql::label_value(labels, "__name__"));
  char before = '{';
  for (const auto& [name, value] : labels) {
    if (name == "__name__") continue;
    text += before + name + "=\"";
    for (const char letter : value) {
      if (letter == '\\' || letter == '"') text += '\\';
      text += letter == '\n' ? std::string("\\n") : std::string(1, letter);
    }
    text += '"';
    before = ',';
  }
  return before == ',' ? text + "}" : text;
}

void add_series(std::string& out, const Labels& labels, const PackedSamples& samples, std::int64_t epoch_ms) {
  const std::string name = series_name(labels);
  SampleReader reader(samples);
  for (Sample sample; reader.next(sample);) {
    if (is_stale_marker(sample.value)) continue;
    const std::int64_t at_ms = epoch_ms + sample.at_ms;
    fmt::format_to(std::back_inserter(out), "{} {} {}.{:03}\n", name, promql::format_sample(sample.value),
                   at_ms / 1000, at_ms % 1000);
  }
}

}  // namespace

std::string open_metrics(const SeriesStore& store, Epoch epoch) {
  std::string out;
  for (const std::string& metric : store.metric_names()) {
    out += "# TYPE " + metric + " unknown\n";
    for (const SeriesId id : store.named(metric))
      add_series(out, store.labels(id), store.packed(id), epoch.unix_seconds * 1000);
  }
  return out + "# EOF\n";
}

}  // namespace muster
