// Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs, CronJobs, autoscalers, disruption budgets.
#include <fmt/format.h>

#include <array>

#include "api/kube/table/table.hpp"

namespace muster::kube {

namespace {

const Json& template_containers(const Json& object) {
  return below(object, {"spec", "template", "spec", "containers"});
}

std::int64_t status_count(const Json& object, const char* field) {
  return number_of(below(object, {"status", field}));
}

constexpr std::array deployment_columns{TableColumn{"Name"},
                                        TableColumn{"Ready"},
                                        TableColumn{"Up-to-date"},
                                        TableColumn{"Available"},
                                        TableColumn{"Age"},
                                        TableColumn{"Containers", "string", true},
                                        TableColumn{"Images", "string", true},
                                        TableColumn{"Selector", "string", true}};
Json deployment_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object),
          fmt::format("{}/{}", status_count(object, "readyReplicas"),
                      number_of(below(object, {"spec", "replicas"}))),
          status_count(object, "updatedReplicas"),
          status_count(object, "availableReplicas"),
          age_of(object, moment),
          container_fields(template_containers(object), "name"),
          container_fields(template_containers(object), "image"),
          selector_text(below(object, {"spec", "selector"}))};
}

constexpr std::array replica_set_columns{TableColumn{"Name"},
                                         TableColumn{"Desired", "integer"},
                                         TableColumn{"Current", "integer"},
                                         TableColumn{"Ready", "integer"},
                                         TableColumn{"Age"},
                                         TableColumn{"Containers", "string", true},
                                         TableColumn{"Images", "string", true},
                                         TableColumn{"Selector", "string", true}};
Json replica_set_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object),
          number_of(below(object, {"spec", "replicas"})),
          status_count(object, "replicas"),
          status_count(object, "readyReplicas"),
          age_of(object, moment),
          container_fields(template_containers(object), "name"),
          container_fields(template_containers(object), "image"),
          selector_text(below(object, {"spec", "selector"}))};
}

constexpr std::array stateful_set_columns{TableColumn{"Name"}, TableColumn{"Ready"}, TableColumn{"Age"},
                                          TableColumn{"Containers", "string", true},
                                          TableColumn{"Images", "string", true}};
Json stateful_set_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object),
          fmt::format("{}/{}", status_count(object, "readyReplicas"),
                      number_of(below(object, {"spec", "replicas"}))),
          age_of(object, moment), container_fields(template_containers(object), "name"),
          container_fields(template_containers(object), "image")};
}

constexpr std::array daemon_set_columns{TableColumn{"Name"},
                                        TableColumn{"Desired", "integer"},
                                        TableColumn{"Current", "integer"},
                                        TableColumn{"Ready", "integer"},
                                        TableColumn{"Up-to-date", "integer"},
                                        TableColumn{"Available", "integer"},
                                        TableColumn{"Node Selector"},
                                        TableColumn{"Age"},
                                        TableColumn{"Containers", "string", true},
                                        TableColumn{"Images", "string", true},
                                        TableColumn{"Selector", "string", true}};
Json daemon_set_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object),
          status_count(object, "desiredNumberScheduled"),
          status_count(object, "currentNumberScheduled"),
          status_count(object, "numberReady"),
          status_count(object, "updatedNumberScheduled"),
          status_count(object, "numberAvailable"),
          labels_text(below(object, {"spec", "template", "spec", "nodeSelector"})),
          age_of(object, moment),
          container_fields(template_containers(object), "name"),
          container_fields(template_containers(object), "image"),
          selector_text(below(object, {"spec", "selector"}))};
}

std::string job_status(const Json& job) {
  for (const char* type : {"Complete", "Failed", "Suspended"}) {
    if (condition_status(job, type) == "True") return type;
  }
  if (below(job, {"metadata", "deletionTimestamp"}).is_string()) return "Terminating";
  for (const char* type : {"FailureTarget", "SuccessCriteriaMet"}) {
    if (condition_status(job, type) == "True") return type;
  }
  return "Running";
}

std::string job_duration(const Json& job, const TableMoment& moment) {
  const Result<Epoch> start = parse_epoch(text_of(below(job, {"status", "startTime"})));
  if (!start) return "";
  const Result<Epoch> end = parse_epoch(text_of(below(job, {"status", "completionTime"})));
  return human_duration((end ? end->unix_seconds : moment.unix_seconds) - start->unix_seconds);
}

std::string job_completions(const Json& job) {
  const std::int64_t succeeded = status_count(job, "succeeded");
  const Json& wanted = below(job, {"spec", "completions"});
  if (wanted.is_number()) return fmt::format("{}/{}", succeeded, number_of(wanted));
  const std::int64_t parallel = number_of(below(job, {"spec", "parallelism"}));
  return parallel > 1 ? fmt::format("{}/1 of {}", succeeded, parallel) : fmt::format("{}/1", succeeded);
}

constexpr std::array job_columns{TableColumn{"Name"},
                                 TableColumn{"Status"},
                                 TableColumn{"Completions"},
                                 TableColumn{"Duration"},
                                 TableColumn{"Age"},
                                 TableColumn{"Containers", "string", true},
                                 TableColumn{"Images", "string", true},
                                 TableColumn{"Selector", "string", true}};
Json job_cells(const Json& job, const TableMoment& moment) {
  return {name_of(job),
          job_status(job),
          job_completions(job),
          job_duration(job, moment),
          age_of(job, moment),
          container_fields(template_containers(job), "name"),
          container_fields(template_containers(job), "image"),
          selector_text(below(job, {"spec", "selector"}))};
}

constexpr std::array cron_job_columns{TableColumn{"Name"},
                                      TableColumn{"Schedule"},
                                      TableColumn{"Timezone"},
                                      TableColumn{"Suspend", "boolean"},
                                      TableColumn{"Active", "integer"},
                                      TableColumn{"Last Schedule"},
                                      TableColumn{"Age"},
                                      TableColumn{"Containers", "string", true},
                                      TableColumn{"Images", "string", true},
                                      TableColumn{"Selector", "string", true}};
Json cron_job_cells(const Json& job, const TableMoment& moment) {
  const Json& last = below(job, {"status", "lastScheduleTime"});
  const Json& containers = below(job, {"spec", "jobTemplate", "spec", "template", "spec", "containers"});
  return {name_of(job),
          text_of(below(job, {"spec", "schedule"})),
          or_none(text_of(below(job, {"spec", "timeZone"}))),
          below(job, {"spec", "suspend"}) == true ? "True" : "False",
          below(job, {"status", "active"}).size(),
          last.is_string() ? age_since(last, moment) : "<none>",
          age_of(job, moment),
          container_fields(containers, "name"),
          container_fields(containers, "image"),
          selector_text(below(job, {"spec", "jobTemplate", "spec", "selector"}))};
}

/// formatHPAMetrics for metrics of type Resource: "cpu: 45%/80%".
std::string autoscaler_targets(const Json& object) {
  std::vector<std::string> parts;
  const Json& current = below(object, {"status", "currentMetrics"});
  std::size_t index = 0;
  for (const Json& metric : below(object, {"spec", "metrics"})) {
    const Json& now = index < current.size() ? below(current[index], {"resource", "current"}) : below({}, {});
    const Json& target = below(metric, {"resource", "target"});
    const std::string name = text_of(below(metric, {"resource", "name"}));
    const Json& percent = below(target, {"averageUtilization"});
    const Json& percent_now = below(now, {"averageUtilization"});
    std::string shown = "<unknown>", wanted = text_of(below(target, {"averageValue"}));
    if (percent.is_number()) {
      wanted = fmt::format("{}%", number_of(percent));
      if (percent_now.is_number()) shown = fmt::format("{}%", number_of(percent_now));
    } else if (const std::string value = text_of(below(now, {"averageValue"})); !value.empty()) {
      shown = value;
    }
    parts.push_back(fmt::format("{}: {}/{}", name, shown, wanted));
    ++index;
  }
  if (parts.empty()) return "<none>";
  if (parts.size() <= 2) return join(parts, ", ");
  return fmt::format("{}, {} + {} more...", parts[0], parts[1], parts.size() - 2);
}

constexpr std::array autoscaler_columns{TableColumn{"Name"},    TableColumn{"Reference"},
                                        TableColumn{"Targets"}, TableColumn{"MinPods"},
                                        TableColumn{"MaxPods"}, TableColumn{"Replicas", "integer"},
                                        TableColumn{"Age"}};
Json autoscaler_cells(const Json& object, const TableMoment& moment) {
  const Json& target = below(object, {"spec", "scaleTargetRef"});
  const Json& least = below(object, {"spec", "minReplicas"});
  return {name_of(object),
          text_of(below(target, {"kind"})) + "/" + text_of(below(target, {"name"})),
          autoscaler_targets(object),
          least.is_number() ? fmt::format("{}", number_of(least)) : std::string("<unset>"),
          number_of(below(object, {"spec", "maxReplicas"})),
          status_count(object, "currentReplicas"),
          age_of(object, moment)};
}

std::string int_or_text(const Json& json) {
  if (json.is_number()) return fmt::format("{}", number_of(json));
  return json.is_string() ? text_of(json) : "N/A";
}

constexpr std::array budget_columns{TableColumn{"Name"}, TableColumn{"Min Available"},
                                    TableColumn{"Max Unavailable"},
                                    TableColumn{"Allowed Disruptions", "integer"}, TableColumn{"Age"}};
Json budget_cells(const Json& object, const TableMoment& moment) {
  return {name_of(object), int_or_text(below(object, {"spec", "minAvailable"})),
          int_or_text(below(object, {"spec", "maxUnavailable"})), status_count(object, "disruptionsAllowed"),
          age_of(object, moment)};
}

constexpr std::array workloads_kinds{
    TableKind{"Deployment", deployment_columns, deployment_cells},
    TableKind{"ReplicaSet", replica_set_columns, replica_set_cells},
    TableKind{"StatefulSet", stateful_set_columns, stateful_set_cells},
    TableKind{"DaemonSet", daemon_set_columns, daemon_set_cells},
    TableKind{"Job", job_columns, job_cells},
    TableKind{"CronJob", cron_job_columns, cron_job_cells},
    TableKind{"HorizontalPodAutoscaler", autoscaler_columns, autoscaler_cells},
    TableKind{"PodDisruptionBudget", budget_columns, budget_cells}};

}  // namespace

std::span<const TableKind> workload_tables() {
  return workloads_kinds;
}

}  // namespace muster::kube
