// The exporters behind cluster_model/exporters/exposition.hpp, one .cpp file each; private to the folder.
#pragma once

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

void add_surroundings_targets(World& world, std::vector<ScrapeTarget>& targets);

// Parts of kube-state-metrics.
void expose_pod(const Object& object, SampleSink& sink);
void expose_deployment(const Object& object, SampleSink& sink);
void expose_replica_set(const Object& object, SampleSink& sink);
void expose_node(const Object& object, SampleSink& sink);
void expose_config_map(const Object& object, SampleSink& sink);
/// StatefulSets, DaemonSets, Jobs, CronJobs, autoscalers, claims and quotas.
void expose_other_workloads(const ObjectStore& objects, SampleSink& sink);

/// Adds a label; an empty value means no label, as in Prometheus.
void put_label(Labels& labels, const char* name, std::string_view value);

/// Three series, one per status, of which the present one is 1: how kube-state-metrics shows a condition.
/// `status` is Kubernetes' word ("True"); the label `label` gets the lower-case one.
void expose_condition(SampleSink& sink, std::string_view metric, Labels& labels, const char* label,
                      std::string_view status);

}  // namespace muster
