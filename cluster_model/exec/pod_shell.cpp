#include "cluster_model/exec/pod_shell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "cluster_model/control_plane.hpp"
#include "cluster_model/exec/programs.hpp"
#include "cluster_model/pod_facts.hpp"

namespace muster {

namespace {

using programs::Call;

struct Program {
  const char* name;
  ExecAnswer (*run)(const Call&);
};

constexpr std::array<Program, 18> table{{
    {"cat", programs::cat},
    {"df", programs::df},
    {"du", programs::du},
    {"env", programs::env},
    {"gcore", programs::dump_memory},
    {"git", programs::git},
    {"ls", programs::ls},
    {"netstat", programs::ss},
    {"printenv", programs::env},
    {"ps", programs::ps},
    {"py-spy", programs::dump_memory},
    {"python", programs::python},
    {"python3", programs::python},
    {"rm", programs::rm},
    {"ss", programs::ss},
    {"tar", programs::tar},
    {"true", [](const Call&) { return ExecAnswer{}; }},
    {"whoami",
     [](const Call&) {
       return ExecAnswer{0, "app\n", {}, {}};
     }},
}};

bool is_shell(const std::string& word) {
  return word == "sh" || word == "bash" || word == "/bin/sh" || word == "/bin/bash";
}

/// The words of a plain command line; quotes keep words together.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  bool open = false;
  char quote = 0;
  for (const char c : line) {
    if (quote ? c == quote : c == '"' || c == '\'') {
      if (!quote && !open) words.emplace_back();
      quote = quote ? char{0} : c;
      open = true;
    } else if (!quote && (c == ' ' || c == '\t')) {
      open = false;
    } else {
      if (!open) words.emplace_back();
      open = true;
      words.back() += c;
    }
  }
  return words;
}

ExecAnswer run_program(Call call) {
  const std::string& word = call.words.front();
  const std::string name = word.substr(word.rfind('/') + 1);
  for (const Program& program : table) {
    if (name == program.name) return program.run(call);
  }
  return programs::fail(127, fmt::format("sh: 1: {}: not found\n", word));
}

}  // namespace

Result<const Process*> PodShell::find(const ObjectKey& pod, std::string container) const {
  const ObjectPtr object = parts_.store.find(pod);
  if (!object) return Error{ErrorCode::not_found, fmt::format("pods \"{}\" not found", pod.name), {}};
  const auto& body = object->as<Pod>();
  const auto& containers = body.spec.containers;
  if (container.empty()) container = containers.front().name;
  const bool known = std::any_of(containers.begin(), containers.end(),
                                 [&](const Container& c) { return c.name == container; });
  if (!known)
    return invalid_input(fmt::format("container {} is not valid for pod {}", container, pod.name), {});
  if (body.spec.node_name.empty())
    return invalid_input(fmt::format("pod {} does not have a host assigned", pod.name), {});
  if (is_finished(body)) {
    return invalid_input(fmt::format("cannot exec into a container in a completed pod; current phase is {}",
                                     body.status.phase),
                         {});
  }
  if (!parts_.nodes.online(body.spec.node_name)) {
    return Error{ErrorCode::conflict,
                 fmt::format("error dialing backend: dial tcp {}:10250: i/o timeout", body.status.host_ip),
                 {}};
  }
  const Process* process = parts_.processes.find(object->meta.uid, container);
  if (process) return process;
  return Error{ErrorCode::conflict,
               fmt::format("unable to upgrade connection: container not found (\"{}\")", container),
               {}};
}

Result<ExecAnswer> PodShell::run(const ObjectKey& pod, const std::string& container,
                                 const std::vector<std::string>& command, const std::string& by) {
  const Result<const Process*> process = find(pod, container);
  if (!process) return process.error();
  if (entered) entered(*process.value(), by);
  std::vector<std::string> words = command;
  if (!words.empty() && is_shell(words.front())) {
    words = words.size() > 2 && words[1] == "-c" ? words_of(words[2]) : std::vector<std::string>{};
  }
  if (words.empty()) return ExecAnswer{};  // a shell without a terminal reads the end of its input
  return run_program(
      {*this, parts_, *process.value(), parts_.agents.place_of(*process.value()), std::move(words), by});
}

std::int64_t PodShell::memory_of(const Process& process) const {
  const ContainerWorker* container = parts_.control.container(process.pod, process.container);
  return container ? container->working_set() : 0;
}

bool PodShell::use_memory(const Process& process, std::int64_t bytes, SimDuration time) {
  ContainerWorker* container = parts_.control.container(process.pod, process.container);
  if (!container) return true;
  container->use_memory(bytes);
  for (const Container& spec : process.object->as<Pod>().spec.containers) {
    const std::int64_t limit = spec.resources.memory_limit.value_or(0);
    if (spec.name == process.container && limit > 0 && container->working_set() > limit) return false;
  }
  loans_[++last_loan_] = process;
  parts_.engine.schedule_in(time, Lane::model, [this, loan = last_loan_] { release_memory(loan); });
  return true;
}

void PodShell::release_memory(std::uint64_t loan) {
  const Process process = loans_.at(loan);
  loans_.erase(loan);
  const Process* same = parts_.processes.find(process.uid, process.container);
  ContainerWorker* container = parts_.control.container(process.pod, process.container);
  if (same && same->id == process.id && container) container->use_memory(0);
}

}  // namespace muster
