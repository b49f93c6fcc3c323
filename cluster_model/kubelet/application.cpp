#include "cluster_model/kubelet/application.hpp"

#include <fmt/format.h>

#include "cluster_model/defaults.hpp"

namespace muster {

namespace {

const AppProfile* app_named(const SystemProfile& profile, const std::string& namespace_,
                            const std::string& workload) {
  for (const AppProfile& app : profile.apps) {
    if (app.namespace_ == namespace_ && app.workload == workload) return &app;
  }
  return nullptr;
}

ProcessPlan crash(SimDuration after, int exit_code, std::vector<std::string> log) {
  if (log.empty()) log = {fmt::format("fatal: exiting with code {}", exit_code)};
  return {true, after, exit_code, std::move(log)};
}

ProcessPlan success(SimDuration after) {
  return {true, after, 0, {"done"}};
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

const AppProfile* application_of(const SystemProfile& profile, const ObjectStore& store, const Object& pod) {
  const OwnerReference* owner = controller_of(pod.meta);
  if (!owner) return nullptr;
  const std::string& home = pod.meta.namespace_;
  if (const ObjectPtr set = store.find(kind_of(owner->api_version, owner->kind), home, owner->name)) {
    if (const OwnerReference* above = controller_of(set->meta)) return app_named(profile, home, above->name);
  }
  return app_named(profile, home, owner->name);
}

const ImageBehaviour* behaviour_of(const AppProfile& app, const std::string& image) {
  static const ImageBehaviour plain;
  if (app.images.empty()) return &plain;
  for (const ImageBehaviour& behaviour : app.images) {
    if (glob_matches(behaviour.pattern, image)) return &behaviour;
  }
  return nullptr;
}

ProcessPlan plan_process(const AppProfile* app, const std::string& image, const StringMap& environment,
                         double u, const StringMap& files, bool ends) {
  static const ImageBehaviour plain;
  if (!app && ends) return success(defaults::job_run.draw(u));
  if (!app) return {false, defaults::plain_boot.draw(u), 0, {}};
  const ImageBehaviour* known = behaviour_of(*app, image);
  const ImageBehaviour& behaviour = known ? *known : plain;
  const std::optional<ConfigFailure> failure = first_failure(app->config, environment, files);
  if (behaviour.crash_after)
    return crash(behaviour.crash_after->draw(u), behaviour.exit_code, behaviour.crash_log);
  if (failure) return crash(defaults::config_crash.draw(u), failure->exit_code, failure->log);
  if (behaviour.runs_for) return success(behaviour.runs_for->draw(u));
  return {false, behaviour.boot.draw(u), 0, {}};
}

}  // namespace muster
