// What a user's manifests say that a behaviour profile builds on. Read from the YAML itself, so that kinds
// and fields that nothing models are seen too.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/result.hpp"
#include "telemetry/yaml.hpp"

namespace muster {

/// One environment variable of a container.
struct SurveyedVariable {
  std::string name;
  std::optional<std::string> value;  ///< as the container would see it; absent: nothing here says what it is
  std::string from;                  ///< "ConfigMap settings", "Secret keys"; empty: written in the workload
  bool optional = false;             ///< the container starts without it
};

struct SurveyedWorkload {
  std::string kind, namespace_, name;  ///< kind: "Deployment"
  std::string container, image;        ///< the first container
  int replicas = 1;
  std::map<std::string, std::string> labels;  ///< of the pods
  std::vector<SurveyedVariable> environment;  ///< sorted by name
  std::vector<std::string> command;           ///< command and args
  std::string cpu_limit, memory_limit;        ///< as written; empty: none
  std::vector<std::string> probe_paths;       ///< of its HTTP probes, without repetition
};

struct SurveyedRoute {
  std::string host, path;  ///< of an Ingress; either may be empty
  friend bool operator==(const SurveyedRoute&, const SurveyedRoute&) = default;
};

struct SurveyedService {
  std::string namespace_, name;
  std::map<std::string, std::string> selector;
  std::vector<SurveyedRoute> routes;
};

struct ManifestSurvey {
  std::vector<SurveyedWorkload> workloads;  ///< in the order of the files
  std::vector<SurveyedService> services;
  std::map<std::string, int> without_behaviour;  ///< [kind]: how many objects nothing here acts on
  std::vector<std::string> missing;  ///< "Secret shop/keys": named by a container, and not in the files
};

/// `documents`: of every file, in order. Lists are opened up. What is no Kubernetes object is passed over:
/// the manifests have been read without error before.
ManifestSurvey survey_manifests(const std::vector<YamlNode>& documents);

}  // namespace muster
