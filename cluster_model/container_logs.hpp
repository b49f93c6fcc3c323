// What containers printed: the current and the previous instance of each, gone with the pod.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "sim/time.hpp"

namespace muster {

class InstanceLog;

class ContainerLogs {
 public:
  using Log = std::shared_ptr<InstanceLog>;

  /// A new instance starts: the current log becomes the previous one. Returns the new one, for a process that
  /// writes it by itself.
  Log begin_instance(const std::string& pod_uid, const std::string& container);
  void print(const std::string& pod_uid, const std::string& container, SimTime at, const std::string& text);
  void forget_pod(const std::string& pod_uid);

  /// Null if there is no such instance.
  const InstanceLog* current(const std::string& pod_uid, const std::string& container) const;
  const InstanceLog* previous(const std::string& pod_uid, const std::string& container) const;

 private:
  struct Instances {
    Log current, previous;
  };
  std::map<std::pair<std::string, std::string>, Instances> instances_;  // [pod uid, container]
};

}  // namespace muster
