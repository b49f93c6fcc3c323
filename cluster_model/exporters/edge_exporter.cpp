// What is seen from outside the pods: a blackbox prober, and the ingress controller that is the balancer.
// Their series live on when every pod is dead, so they are what an outage can be detected by.
#include <algorithm>
#include <array>

#include "cluster_model/exporters/exporters.hpp"

namespace muster {
namespace {

// [Outcome]: what the balancer answers, or would if the user were still there.
constexpr std::array<const char*, outcome_count> status_labels = {"200", "404", "500", "503",
                                                                  "502", "504", "429"};

// A round trip inside one region. There is no network model: the value is the same for every probe that is
// answered.
constexpr double probe_round_trip_seconds = 0.005;

/// Somebody behind the balancer takes connections.
bool answers(const RequestPath& requests, int service) {
  return std::ranges::any_of(requests.endpoints(service),
                             [&](ServerId id) { return requests.listening(id); });
}

std::string url_of(const ServiceProfile& service, const std::string& path) {
  if (service.host.empty())
    return "http://" + service.kubernetes_service + "." + service.namespace_ + ".svc" + path;
  return "https://" + service.host + path;
}

void add_probe_targets(const ExpositionView& view, int index, std::vector<ScrapeTarget>& targets) {
  const ServiceProfile& service = view.profile.services[static_cast<std::size_t>(index)];
  for (std::size_t page = 0; page < service.probe_paths.size(); ++page) {
    const std::string url = url_of(service, service.probe_paths[page]);
    const bool known =
        std::ranges::any_of(targets, [&](const ScrapeTarget& target) { return target.instance == url; });
    if (known) continue;  // two services behind one host may name the same page
    const bool through_ingress = !service.host.empty();
    targets.push_back(
        {"blackbox", url, {}, [&requests = view.requests, index, page, through_ingress](SampleSink& sink) {
           const bool ok =
               answers(requests, index) && !(through_ingress && requests.probe_closed(index, page));
           sink.sample("probe_success", {}, ok ? 1 : 0);
           sink.sample("probe_http_status_code", {}, ok ? 200 : 503);
           sink.sample("probe_duration_seconds", {}, probe_round_trip_seconds);
           return true;
         }});
  }
}

bool expose_balancers(const ExpositionView& view, SampleSink& sink) {
  for (std::size_t i = 0; i < view.profile.services.size(); ++i) {
    const ServiceProfile& service = view.profile.services[i];
    const BalancerCounters& ended = view.requests.balancer_counters(static_cast<int>(i));
    Labels labels{{"namespace", service.namespace_}, {"service", service.kubernetes_service}, {"status", ""}};
    for (std::size_t outcome = 0; outcome < ended.size(); ++outcome) {
      labels.back().second = status_labels[outcome];
      sink.sample("nginx_ingress_controller_requests", labels, static_cast<double>(ended[outcome]));
    }
  }
  return true;
}

}  // namespace

void add_edge_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  for (int i = 0; i < static_cast<int>(view.profile.services.size()); ++i)
    add_probe_targets(view, i, targets);
  targets.push_back({"ingress", "ingress-nginx-controller:10254", {}, [view](SampleSink& sink) {
                       return expose_balancers(view, sink);
                     }});
}

}  // namespace muster
