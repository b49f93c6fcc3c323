#include "cluster_model/apiserver/admission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

/// Kinds that quotas count (pkg/quota/v1/evaluator/core); every other one by "count/PLURAL".
constexpr std::array counted{Kind::Pod,
                             Kind::Service,
                             Kind::Secret,
                             Kind::ConfigMap,
                             Kind::Deployment,
                             Kind::ReplicaSet,
                             Kind::StatefulSet,
                             Kind::DaemonSet,
                             Kind::Job,
                             Kind::CronJob,
                             Kind::Ingress,
                             Kind::PersistentVolumeClaim,
                             Kind::HorizontalPodAutoscaler};

Error refused(const Object& object, const std::string& why) {
  return Error{ErrorCode::unavailable,
               fmt::format("{} \"{}\" is forbidden: {}", plural_of(object.key().kind), object.meta.name, why),
               {}};
}

void charge_pod(const Pod& pod, QuotaAmounts& charge) {
  for (const Container& container : pod.spec.containers) {
    const Resources& r = container.resources;
    const auto add = [&](const char* name, const char* alias, const std::optional<std::int64_t>& amount) {
      if (!amount) return;
      charge[name] += *amount;
      if (alias) charge[alias] += *amount;
    };
    add("requests.cpu", "cpu", r.cpu_request);
    add("requests.memory", "memory", r.memory_request);
    add("limits.cpu", nullptr, r.cpu_limit);
    add("limits.memory", nullptr, r.memory_limit);
  }
}

bool is_compute(const std::string& resource) {
  return resource == "cpu" || resource == "memory" || resource.starts_with("requests.c") ||
         resource.starts_with("requests.m") || resource.starts_with("limits.");
}

/// Containers that do not say what the quota limits, "a,b"; empty if all do.
std::string silent_containers(const Pod& pod, const std::string& resource) {
  std::string names;
  for (const Container& container : pod.spec.containers) {
    Pod alone;
    alone.spec.containers = {container};
    QuotaAmounts said;
    charge_pod(alone, said);
    if (!said.contains(resource)) names += (names.empty() ? "" : ",") + container.name;
  }
  return names;
}

std::string amount_text(const std::string& resource, std::int64_t amount) {
  if (is_cpu_quota(resource))
    return amount % 1000 == 0 ? fmt::format("{}", amount / 1000) : fmt::format("{}m", amount);
  static constexpr std::array<const char*, 5> units{"", "Ki", "Mi", "Gi", "Ti"};
  std::size_t unit = 0;
  const bool bytes = resource.ends_with("memory") || resource.ends_with("storage");
  while (bytes && unit + 1 < units.size() && amount != 0 && amount % 1024 == 0) amount /= 1024, ++unit;
  return fmt::format("{}{}", amount, units[unit]);
}

Result<void> check_said(const Object& object, const Object& quota) {
  const auto* pod = std::get_if<Pod>(&object.body);
  if (!pod) return {};
  std::string missing;
  for (const auto& [resource, limit] : quota.as<ResourceQuota>().hard) {
    if (!is_compute(resource)) continue;
    const std::string silent = silent_containers(*pod, resource);
    if (!silent.empty())
      missing += fmt::format("{}{} for: {}", missing.empty() ? "" : "; ", resource, silent);
  }
  if (missing.empty()) return {};
  return refused(object, fmt::format("failed quota: {}: must specify {}", quota.meta.name, missing));
}

Result<void> check_quota(const ObjectStore& store, const Object& object, const Object& quota) {
  if (auto ok = check_said(object, quota); !ok) return ok;
  const QuotaAmounts& hard = quota.as<ResourceQuota>().hard;
  const QuotaAmounts charge = quota_charge(object);
  const QuotaAmounts used = quota_usage(store, object.meta.namespace_, hard);
  std::vector<std::string> wanted, taken, limits;
  for (const auto& [resource, limit] : hard) {
    const auto asked = charge.find(resource);
    if (asked == charge.end() || asked->second + used.at(resource) <= limit) continue;
    wanted.push_back(resource + "=" + amount_text(resource, asked->second));
    taken.push_back(resource + "=" + amount_text(resource, used.at(resource)));
    limits.push_back(resource + "=" + amount_text(resource, limit));
  }
  if (wanted.empty()) return {};
  return refused(object,
                 fmt::format("exceeded quota: {}, requested: {}, used: {}, limited: {}", quota.meta.name,
                             fmt::join(wanted, ","), fmt::join(taken, ","), fmt::join(limits, ",")));
}

}  // namespace

QuotaAmounts quota_charge(const Object& object) {
  const Kind kind = object.key().kind;
  if (std::find(counted.begin(), counted.end(), kind) == counted.end()) return {};
  const auto* pod = std::get_if<Pod>(&object.body);
  QuotaAmounts charge;
  charge[fmt::format("count/{}", plural_of(kind))] = 1;
  if (pod && is_finished(*pod)) return charge;
  if (std::string_view(plural_of(kind)).find('.') == std::string_view::npos) charge[plural_of(kind)] = 1;
  if (pod) charge_pod(*pod, charge);
  if (const auto* claim = std::get_if<PersistentVolumeClaim>(&object.body))
    charge["requests.storage"] = claim->spec.storage_bytes;
  return charge;
}

QuotaAmounts quota_usage(const ObjectStore& store, const std::string& namespace_, const QuotaAmounts& hard) {
  QuotaAmounts used;
  for (const auto& [resource, limit] : hard) used[resource] = 0;
  for (const Kind kind : counted) {
    for (const ObjectPtr& object : store.list(kind, namespace_)) {
      for (const auto& [resource, amount] : quota_charge(*object)) {
        if (const auto found = used.find(resource); found != used.end()) found->second += amount;
      }
    }
  }
  return used;
}

Result<void> admit_creation(const ObjectStore& store, const Object& object) {
  const Kind kind = object.key().kind;
  const std::string& home_name = object.meta.namespace_;
  if (!is_namespaced(kind) || home_name.empty()) return {};
  const ObjectPtr home = store.find(Kind::Namespace, {}, home_name);
  if (!home) {
    if (kind == Kind::Other) return {};
    return Error{ErrorCode::not_found, fmt::format("namespaces \"{}\" not found", home_name), {}};
  }
  if (home->meta.deletion_at && kind != Kind::Event) {
    return refused(object, fmt::format("unable to create new content in namespace {} because it is being "
                                       "terminated",
                                       home_name));
  }
  for (const ObjectPtr& quota : store.list(Kind::ResourceQuota, home_name)) {
    if (auto ok = check_quota(store, object, *quota); !ok) return ok;
  }
  return {};
}

}  // namespace muster
