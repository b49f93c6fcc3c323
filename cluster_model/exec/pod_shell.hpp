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

class ControlPlane;

struct ShellParts {
  Engine& engine;
  ObjectStore& store;
  NodeHealth& nodes;
  NodeDisks& disks;
  Processes& processes;
  Agents& agents;
  ControlPlane& control;
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

  // For the programs.
  /// Working set of the container, bytes.
  std::int64_t memory_of(const Process& process) const;
  /// A further process in the container uses so much memory for so long. False: it was too much, the kernel
  /// kills the container.
  bool use_memory(const Process& process, std::int64_t bytes, SimDuration time);

 private:
  void release_memory(std::uint64_t loan);
  Result<const Process*> find(const ObjectKey& pod, std::string container) const;
  ShellParts parts_;
  std::map<std::uint64_t, Process> loans_;  // [number] whose memory is in use
  std::uint64_t last_loan_ = 0;
};

}  // namespace muster
