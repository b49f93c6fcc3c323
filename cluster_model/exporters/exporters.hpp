// The exporters behind cluster_model/exporters/exposition.hpp, one .cpp file each; private to the folder.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cluster_model/exporters/exposition.hpp"

namespace muster {

void add_application_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets);
void add_kube_state_target(const ExpositionView& view, std::vector<ScrapeTarget>& targets);
void add_node_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets);
void add_database_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets);
void add_edge_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets);
void add_provider_targets(const ExpositionView& view, std::vector<ScrapeTarget>& targets);

void add_surroundings_targets(World& world, std::vector<ScrapeTarget>& targets);

/// What the process of a pod tells of itself and of its calls, beside its replies (application_calls.cpp).
void expose_calls(const ExpositionView& view, std::size_t service, ServerId server, SampleSink& sink);

/// The application's counts of its calls to providers (provider_exporter.cpp).
void expose_provider_calls(const ExpositionView& view, SampleSink& sink);

/// kube-state-metrics: one function per kind of object, in the files kube_state_*.cpp. They tell the series
/// of one object; times become unix seconds by the epoch.
using ExposeObject = void (*)(const Object& object, Epoch epoch, SampleSink& sink);
struct ExposedKind {
  Kind kind;
  ExposeObject expose;
};
std::span<const ExposedKind> exposed_cluster();    ///< nodes, namespaces, services, storage, configuration
std::span<const ExposedKind> exposed_workloads();  ///< deployments and whatever else makes pods
void expose_pod(const Object& object, Epoch epoch, SampleSink& sink);

/// Adds a label; an empty value means no label, as in Prometheus.
void put_label(Labels& labels, const char* name, std::string_view value);

/// A histogram as client libraries print it: cumulative _bucket series with `le`, then _sum and _count.
/// `counts` are per bucket; `bounds` the printed upper bounds, as many. `labels` are given back as they were.
void expose_histogram(SampleSink& sink, const std::string& metric, Labels& labels,
                      std::span<const std::uint64_t> counts, std::span<const char* const> bounds, double sum);

/// Three series, one per status, of which the present one is 1: how kube-state-metrics shows a condition.
/// `status` is Kubernetes' word ("True"); the label `label` gets the lower-case one.
void expose_condition(SampleSink& sink, std::string_view metric, Labels& labels, const char* label,
                      std::string_view status);

/// The labels of an object that kube-state-metrics is told to show (--metric-labels-allowlist), as label_app
/// and so on: app, version, tier, component and those of app.kubernetes.io.
void expose_labels(SampleSink& sink, std::string_view metric, Labels labels, const Object& object);

/// The bounds of the client libraries' default histogram, as they print them (prometheus/client_golang
/// histogram.go, DefBuckets); RequestPath::metric_buckets() as text.
std::span<const char* const> default_bounds();

}  // namespace muster
