// HorizontalPodAutoscalers: autoscaling/v2, and v1 by conversion.
#include <fmt/format.h>

#include "api/kube/codec_json.hpp"
#include "api/kube/quantity.hpp"

namespace muster::kube {

namespace {

using Autoscaler = HorizontalPodAutoscaler;

std::string amount_text(const std::string& resource, std::int64_t amount) {
  return resource == "cpu" ? format_cpu(amount) : format_amount(amount);
}

void read_amount(Fields& fields, const char* key, const std::string& resource,
                 std::optional<std::int64_t>& out) {
  if (resource == "cpu") return fields.cpu(key, out);
  fields.amount(key, out);
}

void read_metric(Fields& fields, AutoscalerMetric& metric) {
  std::string type = "Resource", target_type;
  fields.text("type", type);
  if (type != "Resource") {
    return fields.fail("type", fmt::format("metrics of type {} are not simulated: expected Resource", type));
  }
  fields.object("resource", [&](Fields& resource) {
    resource.text("name", metric.resource);
    resource.object("target", [&](Fields& target) {
      target.text("type", target_type);
      if (target.has("averageUtilization")) target.whole("averageUtilization", metric.utilization.emplace());
      read_amount(target, "averageValue", metric.resource, metric.amount);
    });
  });
}

Json write_metric(const AutoscalerMetric& metric) {
  Json target = Json::object();
  target["type"] = metric.utilization ? "Utilization" : "AverageValue";
  if (metric.utilization) target["averageUtilization"] = *metric.utilization;
  if (metric.amount) target["averageValue"] = amount_text(metric.resource, *metric.amount);
  return {{"type", "Resource"}, {"resource", {{"name", metric.resource}, {"target", std::move(target)}}}};
}

void read_rules(Fields& fields, const ScalingRules& defaults, std::optional<ScalingRules>& out) {
  ScalingRules rules = defaults;
  std::string select;
  fields.seconds("stabilizationWindowSeconds", rules.stabilization);
  fields.text("selectPolicy", select);
  if (select == "Min") rules.select = ScalingRules::Select::min;
  if (select == "Disabled") rules.select = ScalingRules::Select::disabled;
  if (fields.has("policies")) rules.policies.clear();
  fields.each("policies", [&](Fields& entry) {
    ScalingPolicy& policy = rules.policies.emplace_back();
    std::string type;
    entry.text("type", type);
    policy.percent = type != "Pods";
    entry.whole("value", policy.value);
    entry.seconds("periodSeconds", policy.period);
  });
  out = std::move(rules);
}

Json write_rules(const ScalingRules& rules) {
  using Select = ScalingRules::Select;
  Json json{{"stabilizationWindowSeconds", whole_seconds(rules.stabilization)}};
  json["selectPolicy"] = rules.select == Select::min        ? "Min"
                         : rules.select == Select::disabled ? "Disabled"
                                                            : "Max";
  for (const ScalingPolicy& policy : rules.policies) {
    json["policies"].push_back({{"type", policy.percent ? "Percent" : "Pods"},
                                {"value", policy.value},
                                {"periodSeconds", whole_seconds(policy.period)}});
  }
  return json;
}

void read_target(Fields& spec, Autoscaler& autoscaler) {
  spec.object("scaleTargetRef", [&](Fields& target) {
    target.text("apiVersion", autoscaler.target_api_version);
    target.text("kind", autoscaler.target_kind);
    target.text("name", autoscaler.target_name);
  });
  spec.whole("minReplicas", autoscaler.min_replicas);
  spec.whole("maxReplicas", autoscaler.max_replicas);
}

Json write_target(const Autoscaler& autoscaler) {
  Json target{{"kind", autoscaler.target_kind}, {"name", autoscaler.target_name}};
  put(target, "apiVersion", autoscaler.target_api_version);
  return {{"scaleTargetRef", std::move(target)},
          {"minReplicas", autoscaler.min_replicas},
          {"maxReplicas", autoscaler.max_replicas}};
}

void read_counts(Fields& status, Autoscaler::Status& shown) {
  status.whole("observedGeneration", shown.observed_generation);
  status.whole("currentReplicas", shown.current);
  status.whole("desiredReplicas", shown.desired);
  status.time("lastScaleTime", shown.last_scale);
}

Json write_counts(const Autoscaler::Status& shown, Epoch epoch) {
  Json status{{"currentReplicas", shown.current}, {"desiredReplicas", shown.desired}};
  put_nonzero(status, "observedGeneration", shown.observed_generation);
  if (shown.last_scale) status["lastScaleTime"] = format_rfc3339(epoch, *shown.last_scale);
  return status;
}

void read_measured(Fields& fields, MeasuredMetric& metric) {
  std::string type;
  fields.text("type", type);
  fields.object("resource", [&](Fields& resource) {
    resource.text("name", metric.resource);
    resource.object("current", [&](Fields& current) {
      std::optional<std::int64_t> amount;
      read_amount(current, "averageValue", metric.resource, amount);
      metric.amount = amount.value_or(0);
      if (current.has("averageUtilization"))
        current.whole("averageUtilization", metric.utilization.emplace());
    });
  });
}

Json write_measured(const MeasuredMetric& metric) {
  Json current{{"averageValue", amount_text(metric.resource, metric.amount)}};
  if (metric.utilization) current["averageUtilization"] = *metric.utilization;
  return {{"type", "Resource"}, {"resource", {{"name", metric.resource}, {"current", std::move(current)}}}};
}

}  // namespace

void read_autoscaler_v1(Fields& fields, Autoscaler& autoscaler) {
  fields.object("spec", [&](Fields& spec) {
    read_target(spec, autoscaler);
    int percent = 0;
    spec.whole("targetCPUUtilizationPercentage", percent);
    if (percent > 0) autoscaler.metrics.push_back({"cpu", percent, {}});
    autoscaler.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) { read_counts(status, autoscaler.status); });
}

Json write_autoscaler_v1(const Autoscaler& autoscaler, Epoch epoch) {
  Json json = Json::object();
  json["spec"] = write_target(autoscaler);
  for (const AutoscalerMetric& metric : autoscaler.metrics) {
    if (metric.resource == "cpu" && metric.utilization)
      json["spec"]["targetCPUUtilizationPercentage"] = *metric.utilization;
  }
  merge_rest(json["spec"], autoscaler.spec_rest);
  json["status"] = write_counts(autoscaler.status, epoch);
  for (const MeasuredMetric& metric : autoscaler.status.metrics) {
    if (metric.resource == "cpu" && metric.utilization)
      json["status"]["currentCPUUtilizationPercentage"] = *metric.utilization;
  }
  return json;
}

void read_body(Fields& fields, Autoscaler& autoscaler) {
  fields.object("spec", [&](Fields& spec) {
    read_target(spec, autoscaler);
    spec.each("metrics", [&](Fields& metric) { read_metric(metric, autoscaler.metrics.emplace_back()); });
    spec.object("behavior", [&](Fields& behaviour) {
      behaviour.object("scaleUp",
                       [&](Fields& rules) { read_rules(rules, default_scale_up(), autoscaler.scale_up); });
      behaviour.object("scaleDown", [&](Fields& rules) {
        read_rules(rules, default_scale_down(), autoscaler.scale_down);
      });
    });
    autoscaler.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) {
    read_counts(status, autoscaler.status);
    status.each("currentMetrics",
                [&](Fields& metric) { read_measured(metric, autoscaler.status.metrics.emplace_back()); });
    read_conditions(status, autoscaler.status.conditions);
  });
}

void write_body(Json& json, const Autoscaler& autoscaler, Epoch epoch) {
  Json spec = write_target(autoscaler);
  for (const AutoscalerMetric& metric : autoscaler.metrics) spec["metrics"].push_back(write_metric(metric));
  if (autoscaler.scale_up) spec["behavior"]["scaleUp"] = write_rules(*autoscaler.scale_up);
  if (autoscaler.scale_down) spec["behavior"]["scaleDown"] = write_rules(*autoscaler.scale_down);
  merge_rest(spec, autoscaler.spec_rest);
  json["spec"] = std::move(spec);
  Json status = write_counts(autoscaler.status, epoch);
  for (const MeasuredMetric& metric : autoscaler.status.metrics)
    status["currentMetrics"].push_back(write_measured(metric));
  put(status, "conditions", write_conditions(autoscaler.status.conditions, false, epoch));
  json["status"] = std::move(status);
}

}  // namespace muster::kube
