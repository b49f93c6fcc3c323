// What `kubectl exec` runs inside a container: a small set of programs over the world's real state (disks,
// worktrees, processes, environment). Whatever else is asked for is not found, in the shell's words.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cluster_model/agents/agents.hpp"
#include "cluster_model/exec/exec_answer.hpp"
#include "cluster_model/exec/processes.hpp"
#include "cluster_model/storage/node_disks.hpp"
#include "cluster_model/traffic/request_path.hpp"
#include "sim/result.hpp"

namespace muster {

/// A process in the container beside its main one.
struct GuestProcess {
  int pid = 0;
  std::string user = "app", command;
  double cpu = 0;  ///< percent
  SimTime started{};
};

struct OpenSocket {
  std::string local, remote, process;
};

/// What a program looks at that may be a trace of somebody.
enum class Trace : std::uint8_t { memory, sockets, files, process_list };

struct ShellParts {
  Engine& engine;
  ObjectStore& store;
  NodeHealth& nodes;
  NodeDisks& disks;
  Processes& processes;
  Agents& agents;
  RequestPath& requests;
  std::size_t services;  ///< of the profile
  std::uint64_t seed;
};

class PodShell {
 public:
  explicit PodShell(ShellParts parts) : parts_(parts) {}

  /// `container` empty = the pod's first. Errors: not_found (no such pod), invalid_input (no such container,
  /// finished pod), conflict (nothing runs there now), unavailable by words in the message.
  Result<ExecAnswer> run(const ObjectKey& pod, const std::string& container,
                         const std::vector<std::string>& command, const std::string& by);

  // Who else has a say; each may be left out.
  std::function<std::vector<GuestProcess>(const Process&)> guests;
  std::function<std::vector<OpenSocket>(const Process&)> sockets;
  std::function<void(const Process&, Trace, const std::string& by)> read_out;  ///< a trace left the container
  std::function<void(const Process&, const std::string& by)> entered;          ///< somebody works in there

 private:
  Result<const Process*> find(const ObjectKey& pod, std::string container) const;
  ShellParts parts_;
};

}  // namespace muster
