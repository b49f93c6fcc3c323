// What containers printed: the current and the previous instance of each, gone with the pod.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/time.hpp"

namespace muster {

struct LogLine {
  SimTime at{};
  std::string text;
};

class ContainerLogs {
 public:
  /// A new instance starts: the current log becomes the previous one.
  void begin_instance(const std::string& pod_uid, const std::string& container);
  void print(const std::string& pod_uid, const std::string& container, SimTime at, std::string text);
  void forget_pod(const std::string& pod_uid);

  /// Null if there is no such instance.
  const std::vector<LogLine>* current(const std::string& pod_uid, const std::string& container) const;
  const std::vector<LogLine>* previous(const std::string& pod_uid, const std::string& container) const;

 private:
  struct Instances {
    std::vector<LogLine> current, previous;
    bool has_previous = false;
  };
  std::map<std::pair<std::string, std::string>, Instances> instances_;  // [pod uid, container]
};

}  // namespace muster
