// git worktree list, remove, prune (git 2.39 builtin/worktree.c for the words).
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/exec/programs.hpp"
#include "cluster_model/names.hpp"

namespace muster::programs {

namespace {

constexpr const char* no_repository =
    "fatal: not a git repository (or any of the parent directories): .git\n";

ExecAnswer list(const Call& call) {
  ExecAnswer answer;
  std::size_t width = call.place->repository.size();
  for (const auto& [path, tree] : call.place->trees) width = std::max(width, path.size());
  answer.out = fmt::format("{:<{}} (bare)\n", call.place->repository, width + 1);
  for (const auto& [path, tree] : call.place->trees) {
    if (!tree.recorded) continue;
    const std::string commit = hex_name(call.parts.seed, "worktree" + path, "commit", 0, 9);
    const std::string branch = path.substr(path.rfind('/') + 1);
    answer.out +=
        fmt::format("{:<{}} {} [{}]{}\n", path, width + 1, commit, branch, tree.directory ? "" : " prunable");
  }
  return answer;
}

ExecAnswer remove(const Call& call, const std::vector<std::string>& paths, bool force) {
  ExecAnswer answer;
  if (paths.empty()) return fail(129, "usage: git worktree remove [-f] <worktree>\n");
  for (const std::string& path : paths) {
    const auto tree = call.place->trees.find(path);
    if (tree == call.place->trees.end() || !tree->second.recorded)
      return fail(128, fmt::format("fatal: '{}' is not a working tree\n", path));
    if (!tree->second.directory && !tree->second.being_removed) {
      call.place->trees.erase(tree);
      continue;
    }
    // Agents leave build outputs behind, so no worktree here is clean.
    if (!force) {
      return fail(
          128,
          fmt::format("fatal: '{}' contains modified or untracked files, use --force to delete it\n", path));
    }
    answer.takes += call.parts.agents.worktrees().remove(*call.place, path, true);
  }
  return answer;
}

}  // namespace

ExecAnswer git(const Call& call) {
  std::vector<std::string> words;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    if (call.words[i] == "-C") {
      ++i;
    } else {
      words.push_back(call.words[i]);
    }
  }
  if (words.size() < 2 || words[0] != "worktree") {
    const std::string name = words.empty() ? "" : words[0];
    return fail(1, fmt::format("git: '{}' is not a git command. See 'git --help'.\n", name));
  }
  if (!call.place || !call.place->has_repository) return fail(128, no_repository);
  if (words[1] == "list") return list(call);
  if (words[1] == "prune") {
    (void)call.parts.agents.worktrees().prune(*call.place);
    return {};
  }
  if (words[1] != "remove") return fail(129, "usage: git worktree (list | prune | remove [-f] <worktree>)\n");
  std::vector<std::string> paths;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i][0] != '-') paths.push_back(words[i]);
  }
  return remove(call, expand(call, paths), call.has("--force") || call.has("-f"));
}

}  // namespace muster::programs
