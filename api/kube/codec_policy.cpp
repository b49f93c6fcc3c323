#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_limit(Fields& spec, const char* key, std::optional<IntOrPercent>& limit) {
  if (!spec.has(key)) return;
  IntOrPercent read{0, false};
  read_int_or_percent(spec, key, read);
  limit = read;
}

void read_status(Fields& status, DisruptionStatus& read) {
  status.whole("observedGeneration", read.observed_generation);
  status.whole("disruptionsAllowed", read.disruptions_allowed);
  status.whole("currentHealthy", read.current_healthy);
  status.whole("desiredHealthy", read.desired_healthy);
  status.whole("expectedPods", read.expected_pods);
  status.object("disruptedPods", [&](Fields& pods) {
    std::vector<std::string> names;
    for (const auto& [name, at] : pods.json().items()) names.push_back(name);
    for (const std::string& name : names) pods.time(name.c_str(), read.disrupted[name]);
  });
  read_conditions(status, read.conditions);
}

Json write_status(const DisruptionStatus& status, Epoch epoch) {
  Json json{{"disruptionsAllowed", status.disruptions_allowed},
            {"currentHealthy", status.current_healthy},
            {"desiredHealthy", status.desired_healthy},
            {"expectedPods", status.expected_pods}};
  put_nonzero(json, "observedGeneration", status.observed_generation);
  for (const auto& [pod, at] : status.disrupted) json["disruptedPods"][pod] = format_rfc3339(epoch, at);
  put(json, "conditions", write_conditions(status.conditions, false, epoch));
  return json;
}

}  // namespace

void read_body(Fields& fields, PodDisruptionBudget& budget) {
  fields.object("spec", [&](Fields& spec) {
    read_limit(spec, "minAvailable", budget.min_available);
    read_limit(spec, "maxUnavailable", budget.max_unavailable);
    if (spec.has("selector")) budget.selector.emplace();
    spec.object("selector", [&](Fields& selector) {
      selector.texts("matchLabels", *budget.selector);
      if (selector.has("matchExpressions"))
        selector.fail("matchExpressions", "only matchLabels is modelled in a disruption budget's selector");
    });
    budget.spec_rest = spec.rest();
  });
  fields.object("status", [&](Fields& status) { read_status(status, budget.status); });
}

void write_body(Json& json, const PodDisruptionBudget& budget, Epoch epoch) {
  Json spec = Json::object();
  if (budget.min_available) spec["minAvailable"] = write_int_or_percent(*budget.min_available);
  if (budget.max_unavailable) spec["maxUnavailable"] = write_int_or_percent(*budget.max_unavailable);
  if (budget.selector) {
    spec["selector"] = Json::object();
    put(spec["selector"], "matchLabels", *budget.selector);
  }
  merge_rest(spec, budget.spec_rest);
  json["spec"] = std::move(spec);
  json["status"] = write_status(budget.status, epoch);
}

void read_body(Fields& fields, Lease& lease) {
  fields.object("spec", [&](Fields& spec) {
    spec.text("holderIdentity", lease.holder);
    spec.seconds("leaseDurationSeconds", lease.duration);
    lease.spec_rest = spec.rest();
  });
}

void write_body(Json& json, const Lease& lease, Epoch) {
  Json spec{{"leaseDurationSeconds", whole_seconds(lease.duration)}};
  put(spec, "holderIdentity", lease.holder);
  merge_rest(spec, lease.spec_rest);
  json["spec"] = std::move(spec);
}

}  // namespace muster::kube
