#include "cluster_model/controllers/stateful_set_pods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cluster_model/canonical.hpp"
#include "cluster_model/controllers/pod_control.hpp"
#include "cluster_model/controllers/revision_history.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

int ordinal_of(const Object& set, const Object& pod) {
  const std::string prefix = set.meta.name + "-";
  const std::string& name = pod.meta.name;
  if (!name.starts_with(prefix)) return -1;
  int ordinal = -1;
  const char* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + prefix.size(), end, ordinal);
  return read.ec == std::errc{} && read.ptr == end && ordinal >= 0 ? ordinal : -1;
}

Object stateful_pod(const Object& set, const Object& revision, int ordinal) {
  const auto& spec = set.as<StatefulSet>();
  const std::string name = fmt::format("{}-{}", set.meta.name, ordinal);
  Object pod = pod_from_template(set, *revision.as<ControllerRevision>().pod_template, name);
  pod.meta.labels["statefulset.kubernetes.io/pod-name"] = name;
  pod.meta.labels["apps.kubernetes.io/pod-index"] = fmt::format("{}", ordinal);
  pod.meta.labels[revision_hash_label] = revision_hash(revision);
  auto& body = pod.as<Pod>();
  for (const ClaimTemplate& claim : spec.claims) {
    Volume volume;
    volume.name = claim.name;
    volume.from = Volume::From::claim;
    volume.object = fmt::format("{}-{}", claim.name, name);
    std::erase_if(body.spec.volumes, [&](const Volume& given) { return given.name == claim.name; });
    body.spec.volumes.push_back(std::move(volume));
  }
  const std::string identity =
      fmt::format(R"({{"hostname":"{}","subdomain":"{}"}})", name, spec.service_name);
  body.spec.rest = with_json_defaults(body.spec.rest, identity.c_str());
  return pod;
}

std::vector<Object> stateful_claims(const Object& set, int ordinal) {
  std::vector<Object> claims;
  for (const ClaimTemplate& from : set.as<StatefulSet>().claims) {
    Object claim;
    claim.api_version = "v1";
    claim.kind = "PersistentVolumeClaim";
    claim.meta.namespace_ = set.meta.namespace_;
    claim.meta.name = fmt::format("{}-{}-{}", from.name, set.meta.name, ordinal);
    claim.meta.labels = set.as<StatefulSet>().selector.match_labels;
    claim.meta.labels.insert(from.labels.begin(), from.labels.end());
    claim.meta.annotations = from.annotations;
    claim.body = PersistentVolumeClaim{from.spec, {}};
    claims.push_back(std::move(claim));
  }
  return claims;
}

OrdinalPods by_ordinal(const Object& set, const std::vector<ObjectPtr>& pods) {
  OrdinalPods sorted;
  const auto replicas = static_cast<std::size_t>(set.as<StatefulSet>().replicas);
  sorted.wanted.resize(replicas);
  for (const ObjectPtr& pod : pods) {
    const int ordinal = ordinal_of(set, *pod);
    if (ordinal < 0) continue;
    if (static_cast<std::size_t>(ordinal) < replicas) {
      sorted.wanted[static_cast<std::size_t>(ordinal)] = pod;
    } else {
      sorted.condemned.push_back(pod);
    }
  }
  std::stable_sort(
      sorted.condemned.begin(), sorted.condemned.end(),
      [&](const ObjectPtr& a, const ObjectPtr& b) { return ordinal_of(set, *a) < ordinal_of(set, *b); });
  return sorted;
}

bool is_running_and_ready(const Object& pod) {
  return pod.as<Pod>().status.phase == "Running" && is_ready(pod.as<Pod>());
}

bool is_healthy(const Object& pod) {
  return is_running_and_ready(pod) && !pod.meta.deletion_at;
}

}  // namespace muster
