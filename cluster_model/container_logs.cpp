#include "cluster_model/container_logs.hpp"

#include <utility>

namespace muster {

void ContainerLogs::begin_instance(const std::string& pod_uid, const std::string& container) {
  const auto [found, fresh] = instances_.try_emplace({pod_uid, container});
  if (fresh) return;
  Instances& logs = found->second;
  logs.previous = std::exchange(logs.current, {});
  logs.has_previous = true;
}

void ContainerLogs::print(const std::string& pod_uid, const std::string& container, SimTime at,
                          std::string text) {
  instances_[{pod_uid, container}].current.push_back({at, std::move(text)});
}

void ContainerLogs::forget_pod(const std::string& pod_uid) {
  auto at = instances_.lower_bound({pod_uid, std::string()});
  while (at != instances_.end() && at->first.first == pod_uid) at = instances_.erase(at);
}

const std::vector<LogLine>* ContainerLogs::current(const std::string& pod_uid,
                                                   const std::string& container) const {
  const auto found = instances_.find({pod_uid, container});
  return found == instances_.end() ? nullptr : &found->second.current;
}

const std::vector<LogLine>* ContainerLogs::previous(const std::string& pod_uid,
                                                    const std::string& container) const {
  const auto found = instances_.find({pod_uid, container});
  return found == instances_.end() || !found->second.has_previous ? nullptr : &found->second.previous;
}

}  // namespace muster
