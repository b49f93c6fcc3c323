// The programs of the pod shell. Internal to cluster_model/exec.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cluster_model/exec/pod_shell.hpp"

namespace muster::programs {

struct Call {
  PodShell& shell;
  const ShellParts& parts;
  const Process& process;
  WorktreePlace* place;            ///< null: no worktrees here
  std::vector<std::string> words;  ///< words[0] is the program
  std::string by;

  /// The words that are no options.
  std::vector<std::string> operands() const;
  bool has(const char* option) const;
};

ExecAnswer fail(int exit_code, std::string err);
/// Paths of worktrees and of the object store, `*` and `?` expanded; a pattern that matches nothing stays.
std::vector<std::string> expand(const Call& call, const std::vector<std::string>& patterns);
/// "1.5G", as coreutils rounds up with -h.
std::string human_size(std::int64_t bytes);

// programs_files.cpp
ExecAnswer df(const Call& call);
ExecAnswer du(const Call& call);
ExecAnswer ls(const Call& call);
ExecAnswer rm(const Call& call);
ExecAnswer tar(const Call& call);
// programs_git.cpp
ExecAnswer git(const Call& call);
// programs_process.cpp
ExecAnswer ps(const Call& call);
ExecAnswer cat(const Call& call);
ExecAnswer env(const Call& call);
ExecAnswer ss(const Call& call);
ExecAnswer dump_memory(const Call& call);
ExecAnswer python(const Call& call);

}  // namespace muster::programs
