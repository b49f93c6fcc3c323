// What the intruder makes of his own in the cluster, so that he need not come through the door again.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/intruder/intruder.hpp"
#include "cluster_model/names.hpp"

namespace muster {

/// A privileged container with the Secret in its environment.
PodSpec Intruder::implanted_pod(const std::string& home) const {
  Container container;
  container.name = "main";
  container.image = profile_.pod_image;
  container.rest = std::make_shared<const std::string>(R"({"securityContext":{"privileged":true}})");
  const std::size_t slash = profile_.secret.find('/');
  if (slash != std::string::npos && profile_.secret.substr(0, slash) == home)
    container.env_from = {{true, profile_.secret.substr(slash + 1), "", true}};
  PodSpec spec;
  spec.containers = {container};
  return spec;
}

Object Intruder::implant(const std::string& home, const char* api_version, const char* kind,
                         const char* name) const {
  Object object;
  object.api_version = api_version;
  object.kind = kind;
  object.meta.namespace_ = home;
  object.meta.name = fmt::format("{}-{}", name, name_suffix(seed_, "intruder", implants_.size()));
  object.meta.labels = {{"k8s-app", name}};
  return object;
}

void Intruder::plant(const Processes::Key& from, const char* permission, const std::string& resource,
                     Object object) {
  const std::string& home = footholds_.at(from).pod.namespace_;
  if (!may(permission)) return audit(from, "create", resource + "/" + home, 403);
  const Result<ObjectPtr> made = parts_.create(std::move(object));
  audit(from, "create", resource + "/" + home, made ? 201 : 422);
  if (!made) return;
  implants_.insert(made.value()->key());
  warn(0.7, "Launch Privileged Container", "Warning", footholds_.at(from));
}

/// A pod with more rights than the one he came through.
void Intruder::spread(const Processes::Key& from) {
  if (!api_reached(from)) return;
  const std::string& home = footholds_.at(from).pod.namespace_;
  Object pod = implant(home, "v1", "Pod", "node-shell");
  Pod body;
  body.spec = implanted_pod(home);
  pod.body = body;
  plant(from, "create pods", "pods", std::move(pod));
}

/// Something that starts a pod of his again and again. Such a pod does not live long, but long enough.
void Intruder::persist(const Processes::Key& from) {
  if (!api_reached(from)) return;
  const std::string& home = footholds_.at(from).pod.namespace_;
  Object object = implant(home, "batch/v1", "CronJob", "log-rotate");
  PodTemplate pod_template;
  pod_template.labels = object.meta.labels;
  pod_template.spec = implanted_pod(home);
  pod_template.spec.restart_policy = "Never";
  CronJob body;
  body.schedule = "*/5 * * * *";
  body.concurrency = CronJob::Concurrency::forbid;
  body.job.pod_template = std::make_shared<const PodTemplate>(std::move(pod_template));
  object.body = std::move(body);
  plant(from, "create cronjobs", "cronjobs", std::move(object));
}

/// One that stays, not a CronJob's.
bool Intruder::has_own_pod() const {
  return std::any_of(implants_.begin(), implants_.end(),
                     [](const ObjectKey& mine) { return mine.kind == Kind::Pod; });
}

/// It is his pod, or was made by something of his.
bool Intruder::is_implant(const ObjectKey& pod) const {
  for (const ObjectKey& mine : implants_) {
    if (mine.namespace_ == pod.namespace_ && (mine == pod || pod.name.starts_with(mine.name + "-")))
      return true;
  }
  return false;
}

}  // namespace muster
