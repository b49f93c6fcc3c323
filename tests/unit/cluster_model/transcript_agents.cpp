#include "tests/unit/cluster_model/transcript_agents.hpp"

#include <fmt/format.h>

#include "cluster_model/surroundings.hpp"

namespace muster {

namespace {

std::string exec(World& world, const std::vector<std::string>& words) {
  const std::vector<std::string> command(words.begin() + 2, words.end());
  const auto answer = world.surroundings().shell.run({Kind::Pod, "prod", words[1]}, "", command, "tester");
  if (!answer) return answer.error().message + "\n";
  std::string text = answer->out + answer->err;
  if (answer->exit_code != 0) text += fmt::format("exit {}\n", answer->exit_code);
  if (answer->takes > 0s) text += fmt::format("(goes on for {:.0f} s)\n", seconds_of(answer->takes));
  return text;
}

std::string show_agents(World& world) {
  std::string text;
  for (const auto& type : world.agents().types()) {
    const AgentCounters& counted = type->counters();
    text += fmt::format("{}: {} running, {} waiting, {} done, {} failed, {} attempts lost, {}\n",
                        type->profile().type, type->running(), type->waiting(), counted.done, counted.failed,
                        counted.attempts_lost, type->failing() ? "fails" : "works");
  }
  return text;
}

std::string show_worktrees(World& world, const std::string& pod) {
  const ObjectPtr object = world.objects().find(Kind::Pod, "prod", pod);
  const Process* process = object ? world.surroundings().processes.find(object->meta.uid, "app") : nullptr;
  const WorktreePlace* place = process ? world.agents().place_of(*process) : nullptr;
  if (!place) return "no worktrees\n";
  int active = 0, orphans = 0, records = 0;
  for (const auto& [path, tree] : place->trees) {
    if (!tree.directory) {
      ++records;
    } else {
      ++(world.agents().active(*place, path) ? active : orphans);
    }
  }
  return fmt::format("{} worked in, {} left behind, {} only recorded; object store {}\n", active, orphans,
                     records, place->has_repository ? "there" : "gone");
}

}  // namespace

std::optional<std::string> agent_command(World& world, const std::vector<std::string>& words) {
  if (words[0] == "exec") return exec(world, words);
  if (words[0] == "fill-volume") {
    Disk* disk = world.disks().find_volume("prod/trees");
    if (!disk) return "no such volume\n";
    const double share = std::stod(words[1]) / 100;
    const auto wanted = static_cast<std::int64_t>(share * static_cast<double>(disk->capacity().bytes));
    (void)disk->write_some("somebody", {std::max<std::int64_t>(0, wanted - disk->used().bytes), 1});
    return "";
  }
  if (words[0] != "show") return std::nullopt;
  if (words[1] == "agents") return show_agents(world);
  if (words[1] == "worktrees") return show_worktrees(world, words[2]);
  return std::nullopt;
}

}  // namespace muster
