// The /metrics page of the application's own processes.
#include <array>

#include "cluster_model/exporters/exporters.hpp"

namespace muster {
namespace {

constexpr const char* metrics_port = ":8080";

/// Every status that the application can answer is there from the start, at zero: a ratio of errors needs it.
void expose_replies(const EndpointProfile& endpoint, const ServerCounters& counters, std::size_t index,
                    SampleSink& sink) {
  const auto& replies = counters.replies[index];  // ok, client_error, server_error
  const std::array<std::pair<const char*, std::uint64_t>, 4> rows{
      {{"200", replies[0]}, {"404", replies[1]}, {"429", counters.throttled[index]}, {"500", replies[2]}}};
  Labels labels{{"endpoint", endpoint.path}, {"method", endpoint.method}, {"status", ""}};
  for (const auto& [status, count] : rows) {
    labels.back().second = status;
    sink.sample("http_requests_total", labels, static_cast<double>(count));
  }
}

/// The tag of an image reference: "v1.2.3"; "latest" without one.
std::string version_of(const std::string& image) {
  const std::size_t slash = image.rfind('/');
  const std::size_t colon = image.find(':', slash == std::string::npos ? 0 : slash);
  return colon == std::string::npos ? "latest" : image.substr(colon + 1);
}

/// The container whose process serves: the one the profile names, else the first.
std::size_t serving_container(const ExpositionView& view, const Object& pod) {
  const std::vector<Container>& containers = pod.as<Pod>().spec.containers;
  for (std::size_t i = 0; i < containers.size(); ++i) {
    for (const AppProfile& app : view.profile.apps) {
      if (app.namespace_ == pod.meta.namespace_ && app.container == containers[i].name) return i;
    }
  }
  return 0;
}

void expose_process(const ExpositionView& view, const Object& object, ServerId server, SampleSink& sink) {
  const Pod& pod = object.as<Pod>();
  const std::size_t serving = serving_container(view, object);
  if (serving >= pod.status.containers.size()) return;
  const ContainerStatus& container = pod.status.containers[serving];
  const ServerUsage usage = view.requests.usage(server);
  sink.sample("process_start_time_seconds", {}, unix_seconds_of(view.epoch, container.state.started_at));
  sink.sample("process_cpu_seconds_total", {}, usage.cpu_seconds);
  if (usage.memory_bytes > 0)  // if the profile models its memory
    sink.sample("process_resident_memory_bytes", {}, static_cast<double>(usage.memory_bytes));
  sink.sample("build_info", {{"version", version_of(container.image)}}, 1);
}

bool expose_application(const ExpositionView& view, std::size_t service, ServerId server, const Object& pod,
                        SampleSink& sink) {
  if (!view.requests.listening(server)) return false;
  const ServerCounters& counters = view.requests.counters(server);
  const std::vector<EndpointProfile>& endpoints = view.profile.services[service].endpoints;
  std::uint64_t throttled = 0;
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    expose_replies(endpoints[i], counters, i, sink);
    Labels labels{{"endpoint", endpoints[i].path}, {"method", endpoints[i].method}};
    expose_histogram(sink, "http_request_duration_seconds", labels, counters.latency[i], default_bounds(),
                     counters.latency_sum[i]);
    throttled += counters.throttled[i];
  }
  sink.sample("rate_limited_requests_total", {}, static_cast<double>(throttled));
  sink.sample("http_requests_in_flight", {}, counters.in_flight);
  expose_process(view, pod, server, sink);
  expose_calls(view, service, server, sink);
  return true;
}

/// The living server of a pod, or one that is not.
ServerId server_of(const RequestPath& requests, const std::vector<ServerId>& servers,
                   const std::string& pod) {
  for (ServerId server : servers) {
    if (requests.spec(server).pod == pod) return server;
  }
  return {};
}

}  // namespace

// Endpoints that are not ready are targets too (prometheus/prometheus discovery/kubernetes/endpointslice.go),
// so a pod that crashes shows as up = 0.
void add_application_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets) {
  for (std::size_t i = 0; i < view.profile.services.size(); ++i) {
    const ServiceProfile& service = view.profile.services[i];
    const std::vector<ServerId> servers = view.requests.servers(static_cast<int>(i));
    for (const ObjectPtr& slice : view.objects.list(Kind::EndpointSlice, service.namespace_)) {
      if (slice->as<EndpointSlice>().service != service.kubernetes_service) continue;
      for (const Endpoint& endpoint : slice->as<EndpointSlice>().endpoints) {
        ObjectPtr pod = view.objects.find(Kind::Pod, service.namespace_, endpoint.pod);
        if (!pod || endpoint.ip.empty()) continue;
        const ServerId server = server_of(view.requests, servers, endpoint.pod);
        targets.push_back({service.kubernetes_service,
                           endpoint.ip + metrics_port,
                           {{"namespace", service.namespace_}, {"pod", endpoint.pod}},
                           [view, i, server, pod = std::move(pod)](SampleSink& sink) {
                             return expose_application(view, i, server, *pod, sink);
                           }});
      }
    }
  }
}

}  // namespace muster
