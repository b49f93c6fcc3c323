// ps, cat, env, ss, memory dumps, python -m memory_profiler.
#include <fmt/format.h>

#include <algorithm>

#include "cluster_model/exec/programs.hpp"

namespace muster::programs {

namespace {

/// A Python interpreter with the profiler and the script's imports; our assumption.
constexpr std::int64_t profiler_bytes = 200'000'000;
constexpr SimDuration profiler_takes = 10s;
constexpr double dump_bytes_per_second = 200e6;  // gcore to a volume; our assumption

std::vector<GuestProcess> guests_of(const Call& call) {
  return call.shell.guests ? call.shell.guests(call.process) : std::vector<GuestProcess>{};
}

std::int64_t memory_of(const Call& call) {
  return call.shell.memory_of(call.process);
}

std::string environment_text(const Call& call, char separator) {
  std::string text = "PATH=/usr/local/bin:/usr/bin:/bin";
  text += separator;
  text += "HOSTNAME=" + call.process.pod.name + separator;
  for (const auto& [name, value] : *call.process.environment) text += name + "=" + value + separator;
  return text;
}

std::string ps_line(const std::string& user, int pid, double cpu, std::int64_t rss,
                    const std::string& command) {
  return fmt::format("{:<8} {:>5} {:>4.1f}  0.0 {:>8} {:>7} ?        Sl   00:00   0:00 {}\n", user, pid, cpu,
                     rss / 512, rss / 1024, command);
}

}  // namespace

ExecAnswer ps(const Call& call) {
  if (call.shell.read_out) call.shell.read_out(call.process, Trace::process_list, call.by);
  ExecAnswer answer;
  answer.out = "USER       PID %CPU %MEM      VSZ     RSS TTY      STAT START   TIME COMMAND\n";
  answer.out += ps_line("app", 1, 2.0, memory_of(call), "/app/" + call.process.container);
  for (const GuestProcess& guest : guests_of(call))
    answer.out += ps_line(guest.user, guest.pid, guest.cpu, 4'096'000, guest.command);
  answer.out += ps_line("app", 4242, 0, 3'072'000, "ps aux");
  return answer;
}

ExecAnswer cat(const Call& call) {
  ExecAnswer answer;
  for (const std::string& path : call.operands()) {
    if (path == "/proc/1/environ" || path == "/proc/self/environ") {
      answer.out += environment_text(call, '\0');
    } else if (path == "/proc/1/cmdline") {
      answer.out += "/app/" + call.process.container;
    } else if (path == "/proc/1/status") {
      answer.out += fmt::format("Name:\t{}\nState:\tS (sleeping)\nPid:\t1\nVmRSS:\t{} kB\n",
                                call.process.container, memory_of(call) / 1024);
    } else if (path == "/var/run/secrets/kubernetes.io/serviceaccount/namespace") {
      answer.out += call.process.pod.namespace_;
    } else {
      answer.err += fmt::format("cat: {}: No such file or directory\n", path);
      answer.exit_code = 1;
    }
  }
  return answer;
}

ExecAnswer env(const Call& call) {
  const std::vector<std::string> names = call.operands();
  if (names.empty()) return {0, environment_text(call, '\n'), {}, {}};
  const auto found = call.process.environment->find(names.front());
  if (found == call.process.environment->end()) return fail(1, {});
  return {0, found->second + "\n", {}, {}};
}

ExecAnswer ss(const Call& call) {
  if (call.shell.read_out) call.shell.read_out(call.process, Trace::sockets, call.by);
  ExecAnswer answer;
  answer.out = "State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n";
  if (!call.shell.sockets) return answer;
  for (const OpenSocket& socket : call.shell.sockets(call.process))
    answer.out += fmt::format("ESTAB  0      0      {} {} {}\n", socket.local, socket.remote, socket.process);
  return answer;
}

ExecAnswer dump_memory(const Call& call) {
  const bool spy = call.words[0].ends_with("py-spy");
  const std::vector<std::string> operands = call.operands();
  const bool complete = spy ? operands.size() >= 2 && operands[0] == "dump" : !operands.empty();
  if (!complete) return fail(1, spy ? "usage: py-spy dump --pid PID\n" : "usage: gcore [-o prefix] pid1\n");
  if (call.shell.read_out) call.shell.read_out(call.process, Trace::memory, call.by);
  ExecAnswer answer;
  const std::int64_t bytes = std::max<std::int64_t>(memory_of(call), 50'000'000);
  answer.takes = duration_from_seconds(static_cast<double>(bytes) / dump_bytes_per_second);
  answer.out = spy ? fmt::format("Process {}: /app/{}\n", operands[1], call.process.container)
                   : fmt::format("Saved corefile core.{}\n", operands.back());
  return answer;
}

/// A new interpreter in the same control group: it sees nothing of the other process's heap, and its own
/// memory counts against the same limit.
ExecAnswer python(const Call& call) {
  if (call.words.size() < 3 || call.words[1] != "-m" || call.words[2] != "memory_profiler")
    return fail(2, fmt::format("{}: only -m memory_profiler is known here\n", call.words[0]));
  if (call.words.size() < 4) return fail(2, "usage: python -m memory_profiler script_file.py\n");
  if (!call.shell.use_memory(call.process, profiler_bytes, profiler_takes))
    return fail(137, "command terminated with exit code 137\n");
  ExecAnswer answer;
  answer.out = fmt::format("Filename: {}\n\nLine #    Mem usage    Increment  Occurrences   Line Contents\n",
                           call.words[3]);
  answer.takes = profiler_takes;
  return answer;
}

}  // namespace muster::programs
