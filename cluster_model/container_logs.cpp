#include "cluster_model/container_logs.hpp"

#include "cluster_model/logs/instance_log.hpp"

namespace muster {

ContainerLogs::Log ContainerLogs::begin_instance(const std::string& pod_uid, const std::string& container) {
  Instances& logs = instances_[{pod_uid, container}];
  logs.previous = std::exchange(logs.current, std::make_shared<InstanceLog>());
  return logs.current;
}

void ContainerLogs::print(const std::string& pod_uid, const std::string& container, SimTime at,
                          const std::string& text) {
  Log& log = instances_[{pod_uid, container}].current;
  if (!log) log = std::make_shared<InstanceLog>();
  log->print(at, text);
}

void ContainerLogs::forget_pod(const std::string& pod_uid) {
  auto at = instances_.lower_bound({pod_uid, std::string()});
  while (at != instances_.end() && at->first.first == pod_uid) at = instances_.erase(at);
}

const InstanceLog* ContainerLogs::current(const std::string& pod_uid, const std::string& container) const {
  const auto found = instances_.find({pod_uid, container});
  return found == instances_.end() ? nullptr : found->second.current.get();
}

const InstanceLog* ContainerLogs::previous(const std::string& pod_uid, const std::string& container) const {
  const auto found = instances_.find({pod_uid, container});
  return found == instances_.end() ? nullptr : found->second.previous.get();
}

}  // namespace muster
