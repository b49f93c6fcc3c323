// df, du, ls, rm, tar.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/exec/programs.hpp"
#include "cluster_model/kubelet/application.hpp"

namespace muster::programs {

namespace {

/// What lies at or below a path: worktrees and the object store.
std::vector<std::string> below(const Call& call, const std::string& path) {
  std::vector<std::string> found;
  if (!call.place) return found;
  const auto covers = [&](const std::string& other) {
    return other == path || (other.starts_with(path) && (path.back() == '/' || other[path.size()] == '/'));
  };
  if (call.place->has_repository && covers(call.place->repository)) found.push_back(call.place->repository);
  for (const auto& [tree_path, tree] : call.place->trees) {
    if (tree.directory && covers(tree_path)) found.push_back(tree_path);
  }
  return found;
}

DiskUse use_of(const Call& call, const std::string& path) {
  return call.place->disk->used_by(call.place->owner + path);
}

std::string df_line(const Disk& disk, const std::string& mount, bool inodes, bool human) {
  const DiskUse& size = disk.capacity();
  const std::int64_t all = inodes ? size.inodes : size.bytes;
  const std::int64_t used = inodes ? disk.used().inodes : disk.used().bytes;
  const std::int64_t percent = all > 0 ? (used * 100 + all - 1) / all : 0;
  const auto show = [&](std::int64_t amount) {
    if (inodes && !human) return fmt::format("{}", amount);
    return human ? human_size(amount) : fmt::format("{}", amount / 1024);
  };
  return fmt::format("{:<14} {:>10} {:>10} {:>10} {:>3}% {}\n", mount == "/" ? "overlay" : "/dev/sdb",
                     show(all), show(used), show(all - used), percent, mount);
}

/// The lock file of a worktree: "REPOSITORY/worktrees/NAME/index.lock".
bool unlock(const Call& call, const std::string& path) {
  if (!call.place) return false;
  for (auto& [tree_path, tree] : call.place->trees) {
    const std::string name = tree_path.substr(tree_path.rfind('/') + 1);
    if (path != fmt::format("{}/worktrees/{}/index.lock", call.place->repository, name) &&
        path != tree_path + "/.git/index.lock")
      continue;
    tree.locked = false;
    return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> Call::operands() const {
  std::vector<std::string> found;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].empty() || words[i][0] != '-' || words[i] == "-") found.push_back(words[i]);
  }
  return found;
}

bool Call::has(const char* option) const {
  const std::string wanted = option;
  return std::any_of(words.begin() + 1, words.end(), [&](const std::string& word) {
    if (word == wanted) return true;
    const bool bundle = wanted.size() == 2 && word.size() > 1 && word[0] == '-' && word[1] != '-';
    return bundle && word.find(wanted[1]) != std::string::npos;
  });
}

ExecAnswer fail(int exit_code, std::string err) {
  return {exit_code, {}, std::move(err), {}};
}

std::vector<std::string> expand(const Call& call, const std::vector<std::string>& patterns) {
  std::vector<std::string> paths;
  for (const std::string& pattern : patterns) {
    const std::size_t before = paths.size();
    if (pattern.find_first_of("*?") != std::string::npos) {
      for (const std::string& path : below(call, "/")) {
        if (glob_matches(pattern, path)) paths.push_back(path);
      }
    }
    if (paths.size() == before) paths.push_back(pattern);
  }
  for (std::string& path : paths) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
  }
  return paths;
}

std::string human_size(std::int64_t bytes) {
  constexpr const char* units[] = {"", "K", "M", "G", "T"};
  std::int64_t tenths = bytes * 10;
  int unit = 0;
  for (; tenths >= 10'240 && unit < 4; ++unit) tenths = (tenths + 1023) / 1024;
  if (tenths < 100 && unit > 0) return fmt::format("{}.{}{}", tenths / 10, tenths % 10, units[unit]);
  return fmt::format("{}{}", (tenths + 9) / 10, units[unit]);
}

ExecAnswer df(const Call& call) {
  const bool inodes = call.has("-i"), human = call.has("-h");
  ExecAnswer answer;
  answer.out = fmt::format("{:<14} {:>10} {:>10} {:>10} {} Mounted on\n", "Filesystem",
                           inodes  ? "Inodes"
                           : human ? "Size"
                                   : "1K-blocks",
                           inodes ? "IUsed" : "Used", inodes ? "IFree" : "Avail", inodes ? "IUse%" : "Use%");
  const Disk* root = call.parts.disks.find(call.process.node);
  if (root) answer.out += df_line(*root, "/", inodes, human);
  if (!call.place || call.place->disk == root) return answer;
  const std::string& repository = call.place->repository;
  answer.out += df_line(*call.place->disk,
                        repository.substr(0, std::max<std::size_t>(1, repository.rfind('/'))), inodes, human);
  return answer;
}

ExecAnswer du(const Call& call) {
  ExecAnswer answer;
  for (const std::string& path : expand(call, call.operands())) {
    const std::vector<std::string> inside = below(call, path);
    std::int64_t bytes = 0;
    for (const std::string& part : inside) bytes += use_of(call, part).bytes;
    if (inside.empty()) {
      answer.err += fmt::format("du: cannot access '{}': No such file or directory\n", path);
      answer.exit_code = 1;
      continue;
    }
    const bool human = call.has("-h");
    answer.out += fmt::format("{}\t{}\n", human ? human_size(bytes) : fmt::format("{}", bytes / 1024), path);
  }
  return answer;
}

ExecAnswer ls(const Call& call) {
  ExecAnswer answer;
  for (const std::string& path : expand(call, call.operands())) {
    const std::vector<std::string> inside = below(call, path);
    if (inside.empty()) {
      answer.err += fmt::format("ls: cannot access '{}': No such file or directory\n", path);
      answer.exit_code = 2;
    }
    std::string last;
    for (const std::string& part : inside) {
      const std::string rest = part == path ? part : part.substr(path.size() + (path.back() == '/' ? 0 : 1));
      const std::string name = part == path ? rest : rest.substr(0, rest.find('/'));
      if (name != last) answer.out += name + "\n";
      last = name;
    }
  }
  return answer;
}

ExecAnswer rm(const Call& call) {
  ExecAnswer answer;
  const bool force = call.has("-f"), recursive = call.has("-r") || call.has("-R");
  for (const std::string& path : expand(call, call.operands())) {
    if (unlock(call, path)) continue;
    const std::vector<std::string> inside = below(call, path);
    if (inside.empty() && !force) {
      answer.err += fmt::format("rm: cannot remove '{}': No such file or directory\n", path);
      answer.exit_code = 1;
    } else if (!inside.empty() && !recursive) {
      answer.err += fmt::format("rm: cannot remove '{}': Is a directory\n", path);
      answer.exit_code = 1;
    } else {
      for (const std::string& part : inside)
        answer.takes += call.parts.agents.worktrees().remove(*call.place, part, false);
    }
  }
  return answer;
}

ExecAnswer tar(const Call& call) {
  const std::vector<std::string> operands = call.operands();
  if (operands.size() < 2)
    return fail(2, "tar: You must specify one of the '-Acdtrux', '--delete' options\n");
  if (operands[0].find('c') == std::string::npos)
    return fail(2, "tar: This does not look like a tar archive\n");
  if (call.shell.read_out) call.shell.read_out(call.process, Trace::files, call.by);
  ExecAnswer answer;
  answer.out = fmt::format("(archive of {})\n", operands.back());
  return answer;
}

}  // namespace muster::programs
