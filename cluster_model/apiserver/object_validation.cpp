#include "cluster_model/apiserver/object_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cluster_model/apiserver/network_policy_validation.hpp"
#include "cluster_model/apiserver/workload_validation.hpp"
#include "cluster_model/canonical.hpp"

namespace muster {

namespace {

bool lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool letter_or_digit(char c) {
  return lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

Result<void> check_labels(const StringMap& labels, const std::string& where) {
  for (const auto& [name, value] : labels) {
    if (name.empty()) return invalid_input("Invalid value: \"\": name part must be non-empty", where);
    if (!is_label_key(name))
      return invalid_input(
          fmt::format("Invalid value: \"{}\": name part must consist of alphanumeric characters, '-', '_' or "
                      "'.', and "
                      "must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or "
                      "'123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
                      name),
          where);
    if (is_label_value(value)) continue;
    return invalid_input(
        fmt::format("Invalid value: \"{}\": a valid label must be an empty string or consist of "
                    "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
                    "character, and be no more than 63 characters",
                    value),
        where);
  }
  return {};
}

Result<void> check_probe(const std::optional<Probe>& probe, bool one_success, const std::string& where) {
  if (!probe) return {};
  if (probe->period < 1s || probe->timeout < 1s) {
    return invalid_input("Invalid value: 0: must be greater than zero",
                         where + (probe->period < 1s ? "/periodSeconds" : "/timeoutSeconds"));
  }
  if (probe->initial_delay < 0s) {
    return invalid_input("Invalid value: must be greater than or equal to 0", where + "/initialDelaySeconds");
  }
  if (probe->failure_threshold < 1)
    return invalid_input("Invalid value: must be greater than zero", where + "/failureThreshold");
  if (probe->success_threshold < 1 || (one_success && probe->success_threshold != 1)) {
    return invalid_input(fmt::format("Invalid value: {}: must be 1", probe->success_threshold),
                         where + "/successThreshold");
  }
  return {};
}

Result<void> check_limit(const std::optional<std::int64_t>& request, const std::optional<std::int64_t>& limit,
                         const char* what, const std::string& where) {
  if ((request && *request < 0) || (limit && *limit < 0)) {
    return invalid_input("Invalid value: must be greater than or equal to 0", where);
  }
  if (request && limit && *request > *limit) {
    return invalid_input(fmt::format("Invalid value: must be less than or equal to {} limit", what),
                         where + "/requests");
  }
  return {};
}

Result<void> check_container(const Container& container, const std::string& where) {
  if (container.name.empty()) return invalid_input("Required value", where + "/name");
  if (!is_subdomain(container.name) || container.name.size() > 63) {
    return invalid_input(
        fmt::format("Invalid value: \"{}\": a lowercase RFC 1123 label must consist of lower case "
                    "alphanumeric characters or '-', and must start and end with an alphanumeric character",
                    container.name),
        where + "/name");
  }
  if (container.image.empty()) return invalid_input("Required value", where + "/image");
  for (std::size_t i = 0; i < container.ports.size(); ++i) {
    const int port = container.ports[i].port;
    if (port >= 1 && port <= 65535) continue;
    return invalid_input(fmt::format("Invalid value: {}: must be between 1 and 65535, inclusive", port),
                         fmt::format("{}/ports/{}/containerPort", where, i));
  }
  for (std::size_t i = 0; i < container.env.size(); ++i) {
    if (container.env[i].name.empty())
      return invalid_input("Required value", fmt::format("{}/env/{}/name", where, i));
  }
  const Resources& resources = container.resources;
  if (auto ok = check_limit(resources.cpu_request, resources.cpu_limit, "cpu", where + "/resources"); !ok)
    return ok;
  if (auto ok = check_limit(resources.memory_request, resources.memory_limit, "memory", where + "/resources");
      !ok) {
    return ok;
  }
  if (auto ok = check_probe(container.startup, true, where + "/startupProbe"); !ok) return ok;
  if (auto ok = check_probe(container.readiness, false, where + "/readinessProbe"); !ok) return ok;
  return check_probe(container.liveness, true, where + "/livenessProbe");
}

Result<void> check_policy(const PodSpec& spec, PodSpecUse use, const std::string& where) {
  const std::string& policy = spec.restart_policy;
  const bool always = policy == "Always", ends = policy == "OnFailure" || policy == "Never";
  if (use == PodSpecUse::bare ? always || ends : use == PodSpecUse::job ? ends : always) return {};
  const char* supported = use == PodSpecUse::bare  ? "\"Always\", \"OnFailure\", \"Never\""
                          : use == PodSpecUse::job ? "\"OnFailure\", \"Never\""
                                                   : "\"Always\"";
  return invalid_input(fmt::format("Unsupported value: \"{}\": supported values: {}", policy, supported),
                       where + "/restartPolicy");
}

}  // namespace

Result<void> check_pod_spec(const PodSpec& spec, PodSpecUse use, const std::string& where) {
  if (spec.containers.empty()) return invalid_input("Required value", where + "/containers");
  std::set<std::string> names;
  for (std::size_t i = 0; i < spec.containers.size(); ++i) {
    const std::string at = fmt::format("{}/containers/{}", where, i);
    if (auto ok = check_container(spec.containers[i], at); !ok) return ok;
    if (!names.insert(spec.containers[i].name).second) {
      return invalid_input(fmt::format("Duplicate value: \"{}\"", spec.containers[i].name), at + "/name");
    }
  }
  if (auto ok = check_policy(spec, use, where); !ok) return ok;
  if (spec.termination_grace < 0s) {
    return invalid_input("Invalid value: must be greater than or equal to 0",
                         where + "/terminationGracePeriodSeconds");
  }
  return {};
}

Result<void> check_template(const LabelSelector& selector, const PodTemplate* pod_template, PodSpecUse use,
                            const std::string& spec) {
  if (!pod_template) return invalid_input("Required value", spec + "/template");
  if (!selector.empty() && !selects(selector, pod_template->labels)) {
    return invalid_input("Invalid value: `selector` does not match template `labels`",
                         spec + "/template/metadata/labels");
  }
  if (auto ok = check_labels(pod_template->labels, spec + "/template/metadata/labels"); !ok) return ok;
  return check_pod_spec(pod_template->spec, use, spec + "/template/spec");
}

Result<void> check_selector(const LabelSelector& selector) {
  if (selector.empty()) return invalid_input("Required value", "/spec/selector");
  return validate(selector, "/spec/selector");
}

namespace {

Result<void> check_workload(int replicas, const LabelSelector& selector, const PodTemplate* pod_template) {
  if (replicas < 0) {
    return invalid_input(fmt::format("Invalid value: {}: must be greater than or equal to 0", replicas),
                         "/spec/replicas");
  }
  if (auto ok = check_selector(selector); !ok) return ok;
  return check_template(selector, pod_template, PodSpecUse::template_, "/spec");
}

struct Check {
  Result<void> operator()(const Pod& pod) const {
    return check_pod_spec(pod.spec, PodSpecUse::bare, "/spec");
  }
  Result<void> operator()(const ReplicaSet& rs) const {
    return check_workload(rs.replicas, rs.selector, rs.pod_template.get());
  }
  Result<void> operator()(const Deployment& d) const {
    if (auto ok = check_workload(d.replicas, d.selector, d.pod_template.get()); !ok) return ok;
    if (d.max_surge.value < 0 || d.max_unavailable.value < 0) {
      return invalid_input("Invalid value: must be greater than or equal to 0",
                           "/spec/strategy/rollingUpdate");
    }
    if (!d.recreate && d.max_surge.value == 0 && d.max_unavailable.value == 0) {
      return invalid_input("Invalid value: 0: may not be 0 when `maxSurge` is 0",
                           "/spec/strategy/rollingUpdate/maxUnavailable");
    }
    if (d.max_unavailable.percent && d.max_unavailable.value > 100) {
      return invalid_input(
          fmt::format("Invalid value: \"{}%\": must not be greater than 100%", d.max_unavailable.value),
          "/spec/strategy/rollingUpdate/maxUnavailable");
    }
    if (d.progress_deadline <= d.min_ready) {
      return invalid_input("Invalid value: must be greater than minReadySeconds",
                           "/spec/progressDeadlineSeconds");
    }
    return {};
  }
  Result<void> operator()(const Service& service) const {
    for (std::size_t i = 0; i < service.ports.size(); ++i) {
      const int port = service.ports[i].port;
      if (port >= 1 && port <= 65535) continue;
      return invalid_input(fmt::format("Invalid value: {}: must be between 1 and 65535, inclusive", port),
                           fmt::format("/spec/ports/{}/port", i));
    }
    return {};
  }
  Result<void> operator()(const NetworkPolicy& policy) const { return validate(policy); }
  Result<void> operator()(const PodDisruptionBudget& budget) const {
    if (budget.min_available && budget.max_unavailable)
      return invalid_input("Invalid value: minAvailable and maxUnavailable cannot be both set", "/spec");
    return {};
  }
  Result<void> operator()(const ConfigData& config) const {
    for (const auto& [key, value] : config.data) {
      if (key.empty())
        return invalid_input("Invalid value: \"\": a valid config key must not be empty", "/data");
    }
    return {};
  }
  template <class Other>
  Result<void> operator()(const Other& other) const {
    return validate_workload(other);
  }
};

Result<void> check_pod_update(const Pod& before, const Pod& after) {
  PodSpec allowed = before.spec;
  if (allowed.containers.size() == after.spec.containers.size()) {
    for (std::size_t i = 0; i < allowed.containers.size(); ++i) {
      allowed.containers[i].image = after.spec.containers[i].image;
    }
  }
  // Tolerations may be added, none taken away.
  const std::vector<Toleration>& wanted = after.spec.tolerations;
  if (wanted.size() >= allowed.tolerations.size() &&
      std::equal(allowed.tolerations.begin(), allowed.tolerations.end(), wanted.begin())) {
    allowed.tolerations = wanted;
  }
  if (canonical_pod_spec(allowed) == canonical_pod_spec(after.spec)) return {};
  return invalid_input(
      "Forbidden: pod updates may not change fields other than "
      "`spec.containers[*].image`, `spec.tolerations` (only additions to existing tolerations)",
      "/spec");
}

/// kubernetes/apimachinery pkg/api/validation/objectmeta.go, ValidateOwnerReferences.
Result<void> check_owners(const std::vector<OwnerReference>& owners) {
  for (std::size_t i = 0; i < owners.size(); ++i) {
    const std::string where = fmt::format("/metadata/ownerReferences/{}/", i);
    if (owners[i].api_version.empty())
      return invalid_input("Invalid value: \"\": version must not be empty", where + "apiVersion");
    if (owners[i].kind.empty())
      return invalid_input("Invalid value: \"\": kind must not be empty", where + "kind");
    if (owners[i].name.empty())
      return invalid_input("Invalid value: \"\": name must not be empty", where + "name");
    if (owners[i].uid.empty())
      return invalid_input("Invalid value: \"\": uid must not be empty", where + "uid");
  }
  return {};
}

}  // namespace

bool is_subdomain(std::string_view name) {
  if (name.empty() || name.size() > 253) return false;
  char last = '.';
  for (const char c : name) {
    if (!lower_or_digit(c) && c != '-' && c != '.') return false;
    if ((last == '.' && !lower_or_digit(c)) || (c == '.' && !lower_or_digit(last))) return false;
    last = c;
  }
  return lower_or_digit(last);
}

bool is_label_value(std::string_view value) {
  if (value.empty()) return true;
  if (value.size() > 63 || !letter_or_digit(value.front()) || !letter_or_digit(value.back())) return false;
  for (const char c : value) {
    if (!letter_or_digit(c) && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

bool is_label_key(std::string_view key) {
  const std::size_t slash = key.find('/');
  if (slash != std::string_view::npos && !is_subdomain(key.substr(0, slash))) return false;
  const std::string_view name = slash == std::string_view::npos ? key : key.substr(slash + 1);
  return !name.empty() && is_label_value(name);
}

Result<void> validate(const Object& object) {
  const Meta& meta = object.meta;
  if (meta.name.empty())
    return invalid_input("Required value: name or generateName is required", "/metadata/name");
  if (kind_of(object.api_version, object.kind) != Kind::Other && !is_subdomain(meta.name)) {
    return invalid_input(
        fmt::format(
            "Invalid value: \"{}\": a lowercase RFC 1123 subdomain must consist of lower case "
            "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            meta.name),
        "/metadata/name");
  }
  if (auto ok = check_labels(meta.labels, "/metadata/labels"); !ok) return ok;
  if (auto ok = check_owners(meta.owners); !ok) return ok;
  return std::visit(Check{}, object.body);
}

Result<void> validate_update(const Object& before, const Object& after) {
  if (before.body.index() != after.body.index()) return immutable_field("/kind");
  if (const auto* old = std::get_if<Deployment>(&before.body)) {
    if (old->selector != after.as<Deployment>().selector) return immutable_field("/spec/selector");
  } else if (const auto* rs = std::get_if<ReplicaSet>(&before.body)) {
    if (rs->selector != after.as<ReplicaSet>().selector) return immutable_field("/spec/selector");
  } else if (const auto* pod = std::get_if<Pod>(&before.body)) {
    return check_pod_update(*pod, after.as<Pod>());
  } else if (auto ok = validate_workload_update(before, after); !ok) {
    return ok;
  } else if (const auto* config = std::get_if<ConfigData>(&before.body)) {
    const auto& next = after.as<ConfigData>();
    if (config->immutable && (config->data != next.data || !next.immutable)) {
      return invalid_input("Forbidden: field is immutable when `immutable` is set", "/data");
    }
  }
  return {};
}

}  // namespace muster
