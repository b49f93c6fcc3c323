#include "scenarios/draft/profile_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/draft/guesses.hpp"

namespace muster {
namespace {

constexpr int mean_ms = 50;  // a middling web request; a guess that the draft names

/// In double quotes, which YAML reads back as it was (YAML 1.2, 7.3.1).
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result + "\"";
}

bool selects_pods(const SurveyedService& service, const SurveyedWorkload& workload) {
  if (service.selector.empty() || service.namespace_ != workload.namespace_) return false;
  return std::all_of(service.selector.begin(), service.selector.end(), [&](const auto& pair) {
    const auto found = workload.labels.find(pair.first);
    return found != workload.labels.end() && found->second == pair.second;
  });
}

const SurveyedWorkload* workload_of(const SurveyedService& service, const ManifestSurvey& survey) {
  for (const SurveyedWorkload& workload : survey.workloads)
    if (workload.kind == "Deployment" && selects_pods(service, workload)) return &workload;
  return nullptr;
}

/// "/api/v1/tasks" -> "tasks"; "/" -> "main".
std::string feature_of(const std::string& path) {
  const std::size_t end = path.find_last_not_of("/*.()$");
  if (end == std::string::npos) return "main";
  const std::size_t begin = path.find_last_of('/', end);
  const std::string word = path.substr(begin == std::string::npos ? 0 : begin + 1,
                                       begin == std::string::npos ? end + 1 : end - begin);
  return word.empty() ? "main" : word;
}

std::vector<std::string> endpoint_paths(const SurveyedService& service) {
  std::vector<std::string> paths;
  for (const SurveyedRoute& route : service.routes)
    if (route.path.starts_with('/') && std::find(paths.begin(), paths.end(), route.path) == paths.end())
      paths.push_back(route.path);
  if (paths.empty()) paths.push_back("/");
  return paths;
}

std::string host_of(const SurveyedService& service) {
  for (const SurveyedRoute& route : service.routes)
    if (!route.host.empty()) return route.host;
  return {};
}

std::string service_text(const SurveyedService& service, const SurveyedWorkload& workload) {
  std::string text = fmt::format("  - name: {0}\n    namespace: {1}\n    kubernetesService: {0}\n",
                                 quoted(service.name), quoted(service.namespace_));
  if (const std::string host = host_of(service); !host.empty())
    text += fmt::format("    host: {}  # of its Ingress\n", quoted(host));
  if (!workload.probe_paths.empty()) {
    std::vector<std::string> paths;
    for (const std::string& path : workload.probe_paths) paths.push_back(quoted(path));
    text +=
        fmt::format("    probePaths: [{}]  # of the kubelet's probes; asked from outside once per scrape\n",
                    fmt::join(paths, ", "));
  }
  const int workers = std::max(1, workload.replicas) * guess_workers(workload).workers;
  const int rate = std::max(1, workers * 1000 / mean_ms / 2);
  text += fmt::format(R"(    latencyObjective: 500ms  # CHECK: a good reply that takes longer hurts its user
    traffic:
      # CHECK: {} workers x {} ms each, half of them busy. Put your own rate and your own times.
      requestsPerSecond: {}
      users: {}  # CHECK: people who are active at once
      deadline: 10s  # CHECK: after which they give up
    endpoints:
)",
                      workers, mean_ms, rate, rate * 10);
  const auto paths = endpoint_paths(service);
  text += service.routes.empty() ? "      # CHECK: no Ingress names a path; list what users ask for\n"
                                 : "      # CHECK: the paths of the Ingress, in equal shares\n";
  for (const std::string& path : paths)
    text += fmt::format(
        "      - {{method: GET, path: {}, feature: {}, share: {}, serviceTime: {{mean: {}ms, sigma: "
        "0.6}}}}\n",
        quoted(path), quoted(feature_of(path)), 1.0 / static_cast<double>(paths.size()), mean_ms);
  return text;
}

/// "registry:5000/team/app:v1" -> "registry:5000/team/app*": every version behaves alike until told
/// otherwise.
std::string image_pattern(const std::string& image) {
  const std::string name = image.substr(0, image.find('@'));
  const std::size_t slash = name.rfind('/');
  const std::size_t colon = name.rfind(':');
  const bool has_tag = colon != std::string::npos && (slash == std::string::npos || colon > slash);
  return name.substr(0, has_tag ? colon : name.size()) + "*";
}

std::string config_text(const SurveyedVariable& variable) {
  const std::string from = variable.from.empty() ? "written in the workload" : "from " + variable.from;
  const Dependency dependency = guess_dependency(variable);
  const char* means = dependency == Dependency::database   ? "; looks like a database"
                      : dependency == Dependency::provider ? "; looks like another company's service"
                                                           : "";
  return fmt::format("      - {{key: {}, pattern: {}, required: {}}}  # {}{}\n", quoted(variable.name),
                     quoted(guess_pattern(variable)), variable.value || !variable.optional, from, means);
}

std::string limits_of(const SurveyedWorkload& workload) {
  if (workload.cpu_limit.empty() && workload.memory_limit.empty()) return "no limits";
  return fmt::format("limits: {} CPU, {} memory", workload.cpu_limit.empty() ? "no" : workload.cpu_limit,
                     workload.memory_limit.empty() ? "no" : workload.memory_limit);
}

std::string app_text(const SurveyedWorkload& workload) {
  const WorkerGuess guess = guess_workers(workload);
  std::string text = fmt::format(
      R"(  # {} replicas; {}
  - namespace: {}
    workload: {}
    container: {}
    workers: {}  # CHECK: {}
    backlog: 128  # CHECK: requests that wait for a worker before more are refused
    images:
      # What a release does. Put a line for a bad one above the general one, and let a drill roll it out:
      # - {{pattern: {}, crashAfter: {{median: 3s, sigma: 0.4}}, crashLog: ["Traceback ..."]}}
      - {{pattern: {}, boot: {{median: 8s, sigma: 0.4}}, sizeBytes: 200000000}}  # CHECK: start time and size
)",
      workload.replicas, limits_of(workload), quoted(workload.namespace_), quoted(workload.name),
      quoted(workload.container), guess.workers, guess.reason,
      quoted(image_pattern(workload.image).insert(image_pattern(workload.image).size() - 1, ":bad")),
      quoted(image_pattern(workload.image)));
  if (workload.environment.empty()) return text;
  text +=
      "    # CHECK: the program ends at its start unless every rule passes. Drop those it does not insist "
      "on.\n";
  text += "    config:\n";
  for (const SurveyedVariable& variable : workload.environment) text += config_text(variable);
  return text;
}

std::string head(const ManifestSurvey& survey, const std::string& name) {
  std::string text =
      "# Drafted by `muster init`. CHECK marks what the manifests do not say. Every key: docs/profile.md.\n";
  if (!survey.without_behaviour.empty()) {
    std::vector<std::string> kinds;
    for (const auto& [kind, count] : survey.without_behaviour)
      kinds.push_back(fmt::format("{} ({})", kind, count));
    text +=
        fmt::format("# Stored and returned, but nothing here acts on them: {}.\n", fmt::join(kinds, ", "));
  }
  for (const SurveyedWorkload& workload : survey.workloads)
    if (workload.kind != "Deployment")
      text += fmt::format("# {} {} runs, and its programs are not drafted.\n", workload.kind, workload.name);
  return text + fmt::format("muster: 1\nname: {}\n", quoted(name));
}

}  // namespace

std::string profile_text(const ManifestSurvey& survey, const std::string& name) {
  std::string services, apps;
  for (const SurveyedService& service : survey.services)
    if (const SurveyedWorkload* workload = workload_of(service, survey))
      services += service_text(service, *workload);
  for (const SurveyedWorkload& workload : survey.workloads)
    if (workload.kind == "Deployment") apps += app_text(workload);
  if (services.empty())
    services =
        "  # CHECK: no Service picks the pods of a Deployment; a profile needs at least one that users "
        "reach.\n";
  return head(survey, name) + "\nservices:\n" + services + "\napps:\n" + apps;
}

}  // namespace muster
