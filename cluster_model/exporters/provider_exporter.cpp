// Third-party providers: what the application counts of its calls to them, and what the vendor's status page
// says, which is late.
#include <array>

#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/provider/provider.hpp"

namespace muster {
namespace {

void expose_side(const Provider& provider, int side, SampleSink& sink) {
  const ProviderCounters& counters = provider.counters(side);
  const std::array<std::pair<const char*, std::uint64_t>, 5> rows{{{"200", counters.ok},
                                                                   {"401", counters.unauthorized},
                                                                   {"429", counters.throttled},
                                                                   {"503", counters.errors},
                                                                   {"none", counters.unanswered}}};
  Labels labels{{"provider", provider.profile().sides[static_cast<std::size_t>(side)].name}, {"status", ""}};
  for (const auto& [status, count] : rows) {
    labels.back().second = status;
    sink.sample("external_api_requests_total", labels, static_cast<double>(count));
  }
  labels.pop_back();
  expose_histogram(sink, "external_api_request_duration_seconds", labels, counters.latency, default_bounds(),
                   counters.latency_sum);
}

/// One series per word of the page, of which the present one is 1.
void expose_status_page(const Provider& provider, SampleSink& sink) {
  for (const StatusLine& line : provider.status_page()) {
    for (const char* status : {"operational", "degraded_performance", "partial_outage", "major_outage"}) {
      sink.sample("provider_status",
                  {{"provider", provider.profile().name}, {"component", line.component}, {"status", status}},
                  line.status == status ? 1 : 0);
    }
  }
}

}  // namespace

void expose_provider_calls(const ExpositionView& view, SampleSink& sink) {
  for (const Provider* provider : view.providers)
    for (std::size_t i = 0; i < provider->profile().sides.size(); ++i)
      expose_side(*provider, static_cast<int>(i), sink);
}

void add_provider_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  for (const Provider* provider : view.providers) {
    targets.push_back({"status-page", provider->profile().name + ":9747", {}, [provider](SampleSink& sink) {
                         expose_status_page(*provider, sink);
                         return true;
                       }});
  }
}

}  // namespace muster
