// What each step of the intruder does to the world, and what it leaves behind.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/intruder/intruder.hpp"
#include "cluster_model/kubelet/application.hpp"

namespace muster {

namespace {

constexpr const char* api_server = "kubernetes.default.svc";

/// Users' requests reach it: it is a ready endpoint of a Service.
bool is_served(const ObjectStore& store, const Process& process) {
  for (const ObjectPtr& slice : store.list(Kind::EndpointSlice, process.pod.namespace_)) {
    for (const Endpoint& endpoint : slice->as<EndpointSlice>().endpoints) {
      if (endpoint.pod == process.pod.name && endpoint.ready) return true;
    }
  }
  return false;
}

}  // namespace

bool Intruder::vulnerable(const Process& process) const {
  return std::any_of(profile_.vulnerable.begin(), profile_.vulnerable.end(),
                     [&](const std::string& pattern) { return glob_matches(pattern, process.image); });
}

/// Through a vulnerable container of the target that can be reached from outside. False: there is none now.
bool Intruder::enter() {
  std::vector<const Process*> doors;
  for (const auto& [key, process] : parts_.processes.all()) {
    const bool aimed = process.pod.namespace_ == namespace_ &&
                       (process.pod.name == target_ || process.pod.name.starts_with(target_ + "-"));
    if (!aimed || process.detached || !vulnerable(process) || !is_served(parts_.store, process)) continue;
    if (!parts_.network.reach(machine(), pod_peer(process.pod)).open()) continue;
    if (parts_.network.reach(pod_peer(process.pod), machine()).open()) doors.push_back(&process);
  }
  if (doors.empty()) return false;
  const auto pick = static_cast<std::size_t>(luck_once("door") * static_cast<double>(doors.size()));
  settle_in(*doors[pick]);
  return true;
}

void Intruder::settle_in(const Process& process) {
  const Processes::Key key{process.uid, process.container};
  const std::string place = pod_place(process.pod) + "/" + process.container;
  footholds_[key] = {process.pod, place, parts_.engine.now()};
  const SimTime now = parts_.engine.now();
  parts_.logs.print(
      process.uid, process.container, now,
      fmt::format("ERROR {} \"POST /api/v1/import HTTP/1.1\" 500 Traceback (most recent call last): "
                  "yaml.constructor.ConstructorError: could not determine a constructor for the tag "
                  "'!!python/object/apply:os.system'",
                  profile_.host));
  starts_since_[place] = 0;
  parts_.evidence.appear({place, EvidenceKind::log});
  parts_.evidence.appear({pod_place(process.pod), EvidenceKind::manifest});
  warn(0.1, "Unexpected inbound connection source", "Notice", footholds_[key]);
}

void Intruder::execute(const Processes::Key& from) {
  Foothold& foothold = footholds_.at(from);
  foothold.shell = true;
  for (const EvidenceKind kind : {EvidenceKind::memory, EvidenceKind::sockets, EvidenceKind::files})
    parts_.evidence.appear({foothold.place, kind});
  warn(0.6, "Terminal shell in container", "Notice", foothold);
}

bool Intruder::api_reached(const Processes::Key& from) const {
  return parts_.network.reach(pod_peer(footholds_.at(from).pod), host_peer(api_server, 443)).open();
}

bool Intruder::may(const char* permission) const {
  return std::find(profile_.permissions.begin(), profile_.permissions.end(), permission) !=
         profile_.permissions.end();
}

void Intruder::audit(const Processes::Key& from, const char* verb, const std::string& resource, int status) {
  const Foothold& foothold = footholds_.at(from);
  parts_.audit.note({parts_.engine.now(),
                     fmt::format("system:serviceaccount:{}:default", foothold.pod.namespace_),
                     foothold.pod.name, verb, resource, status});
  parts_.evidence.appear({"cluster", EvidenceKind::audit_log});
}

void Intruder::warn(double probability, const char* rule, const char* priority, const Foothold& foothold) {
  if (luck_once("sensor") >= probability) return;
  parts_.audit.warn(
      {parts_.engine.now(), rule, priority,
       fmt::format("{} (k8s.ns={} k8s.pod={})", rule, foothold.pod.namespace_, foothold.pod.name)});
}

void Intruder::discover(const Processes::Key& from) {
  if (!api_reached(from)) return;
  const std::string& home = footholds_.at(from).pod.namespace_;
  for (const char* resource : {"pods", "secrets", "nodes"}) {
    const std::string permission = std::string("get ") + resource;
    audit(from, "list", std::string(resource) + "/" + home, may(permission.c_str()) ? 200 : 403);
  }
  warn(0.4, "Contact K8S API Server From Container", "Notice", footholds_.at(from));
}

/// The connection string: from the environment of the process that he is in, and from the Secret itself if
/// the pod's identity may read it. The Secret is the newer of the two.
void Intruder::steal(const Processes::Key& from) {
  const Process* process = parts_.processes.find(from.first, from.second);
  std::string found;
  if (process) {
    const auto value = process->environment->find(profile_.credential);
    if (value != process->environment->end()) found = value->second;
    warn(0.4, "Read environment variable from /proc files", "Warning", footholds_.at(from));
  }
  const std::size_t slash = profile_.secret.find('/');
  if (slash != std::string::npos && api_reached(from)) {
    const bool allowed = may("get secrets");
    audit(from, "get", "secrets/" + profile_.secret, allowed ? 200 : 403);
    const ObjectPtr secret =
        parts_.store.find(Kind::Secret, profile_.secret.substr(0, slash), profile_.secret.substr(slash + 1));
    if (allowed && secret) {
      const StringMap& data = secret->as<ConfigData>().data;
      const auto value = data.find(profile_.secret_key.empty() ? profile_.credential : profile_.secret_key);
      if (value != data.end()) found = value->second;
    }
  }
  if (found.empty() || found == stolen_) return;
  stolen_ = found;
  credential_failed_ = false;
}

/// A session with the stolen password. False: refused, or out of reach.
bool Intruder::collect(const Processes::Key& from) {
  if (!parts_.vault || stolen_.empty()) return true;  // nothing here to take
  if (has_session()) return true;
  const NetworkPeer pod = pod_peer(footholds_.at(from).pod);
  if (!parts_.network.reach(pod, host_peer(parts_.vault->host_of(stolen_), 5432)).open()) return false;
  session_ = parts_.vault->open(stolen_);
  parts_.evidence.appear({"database/" + parts_.vault->name_of(stolen_), EvidenceKind::database_log});
  credential_failed_ = session_ == 0;
  if (session_ == 0) return false;
  session_url_ = stolen_;
  session_from_ = from;
  session_pod_ = pod;
  rows_until_ = parts_.engine.now();
  warn(0.6, "Unexpected outbound connection destination", "Notice", footholds_.at(from));
  return true;
}

void Intruder::ruin() {
  for (auto& [key, foothold] : footholds_) {
    if (std::exchange(foothold.miner, true)) continue;
    warn(0.6, "Detect crypto miners using the Stratum protocol", "Critical", foothold);
  }
}

}  // namespace muster
