#include <fmt/format.h>

#include <charconv>

#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"
#include "api/kube/view.hpp"
#include "cluster_model/controllers/garbage_collector.hpp"

namespace muster::kube {

namespace {

struct DeleteOptions {
  std::optional<SimDuration> grace;
  std::string propagation, uid, version;
  bool dry_run = false;
};

std::optional<Answer> read_query(const Call& call, DeleteOptions& options) {
  const std::string& text = call.url.parameter("gracePeriodSeconds");
  options.propagation = call.url.parameter("propagationPolicy");
  if (text.empty()) return std::nullopt;
  int seconds = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, seconds);
  if (read.ec != std::errc{} || read.ptr != end) {
    return bad_request(fmt::format("gracePeriodSeconds: \"{}\" is not a whole number", text));
  }
  options.grace = std::chrono::seconds{seconds};
  return std::nullopt;
}

std::optional<Answer> read_fields(Json json, DeleteOptions& options) {
  Decoding decoding{Epoch{}, std::nullopt};
  Fields fields(json, {}, decoding);
  if (fields.has("gracePeriodSeconds") && !json["gracePeriodSeconds"].is_null()) {
    fields.seconds("gracePeriodSeconds", options.grace.emplace());
  }
  fields.text("propagationPolicy", options.propagation);
  fields.object("preconditions", [&](Fields& conditions) {
    conditions.text("uid", options.uid);
    conditions.text("resourceVersion", options.version);
  });
  std::vector<std::string> dry_run;
  fields.texts("dryRun", dry_run);
  options.dry_run = !dry_run.empty();
  if (!decoding.error) return std::nullopt;
  return bad_request(
      fmt::format("DeleteOptions: {}: {}", field_path(decoding.error->pointer), decoding.error->message));
}

std::optional<Answer> check(const Call& call, const Object& object, const DeleteOptions& options) {
  if (options.grace && *options.grace < 0s) {
    return bad_request("gracePeriodSeconds must be greater than or equal to 0");
  }
  const std::string& policy = options.propagation;
  if (!policy.empty() && policy != "Background" && policy != "Foreground" && policy != "Orphan") {
    return bad_request(
        fmt::format("invalid propagationPolicy \"{}\": expected Background, Foreground or Orphan", policy));
  }
  if (!options.uid.empty() && options.uid != object.meta.uid) {
    return conflict(call.type(), call.path.name,
                    fmt::format("Precondition failed: UID in precondition: {}, UID in object meta: {}",
                                options.uid, object.meta.uid));
  }
  const std::string version = std::to_string(object.meta.resource_version);
  if (!options.version.empty() && options.version != version) {
    return conflict(
        call.type(), call.path.name,
        fmt::format("Precondition failed: ResourceVersion in precondition: {}, ResourceVersion in object "
                    "meta: {}",
                    options.version, version));
  }
  return std::nullopt;
}

Answer eviction_refusal(const Call& call, const Eviction& eviction) {
  if (eviction.code == 404) return not_found(call.type(), call.path.name);
  if (eviction.code == 500) return failure(500, "InternalError", eviction.message);
  Json details{{"causes", Json::array({Json{{"reason", "DisruptionBudget"}, {"message", eviction.cause}}})}};
  put_nonzero(details, "retryAfterSeconds", eviction.retry_after);
  return failure(429, "TooManyRequests", eviction.message, std::move(details));
}

/// The object waits, marked, until the garbage collector has dealt with its dependents.
Result<void> hold_for_dependents(const Call& call, Cluster& cluster, const Object& object,
                                 const std::string& policy) {
  if (policy != "Foreground" && policy != "Orphan") return {};
  Object next = object;
  next.meta.finalizers.push_back(policy == "Orphan" ? orphan_finalizer : foreground_finalizer);
  const auto held = cluster.update(std::move(next), call.request.actor, 0);
  return held ? Result<void>() : Result<void>(held.error());
}

}  // namespace

namespace {

Answer carry_out(const Call& call, Cluster& cluster, const ObjectPtr& object, const DeleteOptions& options) {
  if (auto held = hold_for_dependents(call, cluster, *object, options.propagation); !held)
    return refusal(call.type(), call.path.name, held.error());
  const auto removed = cluster.remove(object->key(), options.grace, call.request.actor);
  if (!removed) return refusal(call.type(), call.path.name, removed.error());
  if (call.type().model == Kind::Pod) return json_answer(200, encode_object(**removed, cluster.epoch()));
  return deleted(call.type(), *object);
}

}  // namespace

Answer delete_object(const Call& call, Cluster& cluster) {
  const ObjectPtr object = cluster.objects().find(call.path.key());
  if (!object || !view(call.type(), object)) return not_found(call.type(), call.path.name);
  DeleteOptions options;
  std::optional<Answer> problem = read_query(call, options);
  if (!problem && !call.request.body.empty()) {
    Json json = read_body_json(call.request, problem);
    if (!problem) problem = read_fields(std::move(json), options);
  }
  if (!problem) problem = check(call, *object, options);
  if (problem) return *problem;
  if (!options.dry_run) return carry_out(call, cluster, object, options);
  const std::unique_ptr<Cluster> rehearsal = cluster.rehearsal();
  return rehearsal ? carry_out(call, *rehearsal, object, options) : not_served("dryRun");
}

Answer evict_pod(const Call& call, Cluster& cluster) {
  const ObjectPtr pod = cluster.objects().find(call.path.key());
  if (!pod) return not_found(call.type(), call.path.name);
  std::optional<Answer> problem;
  Json json = read_body_json(call.request, problem);
  if (problem) return *problem;
  const Json metadata = json.value("metadata", Json::object());
  if (metadata.is_object() && metadata.contains("name") && metadata["name"] != call.path.name) {
    return bad_request("name in URL does not match name in Eviction object");
  }
  DeleteOptions options;
  if (json.contains("deleteOptions")) problem = read_fields(json["deleteOptions"], options);
  if (!problem) problem = check(call, *pod, options);
  if (problem) return *problem;
  const std::unique_ptr<Cluster> rehearsal = options.dry_run ? cluster.rehearsal() : nullptr;
  if (options.dry_run && !rehearsal) return not_served("dryRun");
  const Eviction eviction = (rehearsal ? *rehearsal : cluster).evict(pod->key(), options.grace);
  if (!eviction.pod) return eviction_refusal(call, eviction);
  return json_answer(
      201, {{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Json::object()}, {"status", "Success"}});
}

}  // namespace muster::kube
