#include "programs/process_link.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <vector>

extern char** environ;  // NOLINT: POSIX names it so

namespace muster {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> split_words(const std::string& command) {
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = command.find_first_not_of(' ', at)) != std::string::npos;) {
    const std::size_t end = std::min(command.find(' ', at), command.size());
    words.push_back(command.substr(at, end - at));
    at = end;
  }
  return words;
}

Error gone(std::string message) {
  return Error{ErrorCode::unavailable, std::move(message), {}};
}

std::string end_text(int status) {
  if (WIFSIGNALED(status)) {
    const char* name = sigabbrev_np(WTERMSIG(status));
    return fmt::format("it was killed by signal {}{}", WTERMSIG(status),
                       name == nullptr ? "" : fmt::format(" (SIG{})", name));
  }
  return fmt::format("it exited with code {}", WEXITSTATUS(status));
}

class ProcessLink final : public ProgramLink {
 public:
  ProcessLink(pid_t pid, int socket, SimDuration limit) : pid_(pid), socket_(socket), limit_(limit) {}
  ProcessLink(const ProcessLink&) = delete;
  ProcessLink& operator=(const ProcessLink&) = delete;
  ~ProcessLink() override {
    close(socket_);
    kill(-pid_, SIGKILL);
    if (!reaped_) waitpid(pid_, &status_, 0);
  }

  Result<void> send(const std::string& line) override {
    const std::string text = line + "\n";
    const Clock::time_point deadline = Clock::now() + limit_;
    for (std::size_t sent = 0; sent < text.size();) {
      if (!wait_for(POLLOUT, deadline))
        return gone(fmt::format("it read nothing for {}", format_duration(limit_)));
      const ssize_t wrote =
          ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (wrote > 0) sent += static_cast<std::size_t>(wrote);
      if (wrote < 0 && errno != EAGAIN && errno != EINTR) return gone(how_it_ended());
    }
    return {};
  }

  Result<std::string> receive() override {
    const Clock::time_point deadline = Clock::now() + limit_;
    for (;;) {
      if (const std::size_t end = buffer_.find('\n'); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        return line;
      }
      if (buffer_.size() > program_line_max)
        return gone(fmt::format("it wrote a line of more than {} bytes", program_line_max));
      if (!wait_for(POLLIN, deadline))
        return gone(fmt::format("it wrote nothing for {}", format_duration(limit_)));
      char bytes[65536];
      const ssize_t read = recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
      if (read > 0) buffer_.append(bytes, static_cast<std::size_t>(read));
      const bool closed = read == 0 || (read < 0 && errno != EAGAIN && errno != EINTR);
      if (closed) return gone(how_it_ended() + " before it was done");
    }
  }

  Result<void> finish() override {
    shutdown(socket_, SHUT_WR);
    if (!wait_for_end(limit_)) return gone(fmt::format("it did not end within {}", format_duration(limit_)));
    if (WIFEXITED(status_) && WEXITSTATUS(status_) == 0) return {};
    return gone(end_text(status_));
  }

 private:
  bool wait_for(short events, Clock::time_point deadline) const {
    for (;;) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return false;
      pollfd watched{socket_, events, 0};
      const int ready = poll(&watched, 1, static_cast<int>(std::min<std::int64_t>(left, 1'000'000)));
      if (ready > 0) return true;
      if (ready < 0 && errno != EINTR) return false;
    }
  }

  bool wait_for_end(SimDuration at_most) {
    const Clock::time_point deadline = Clock::now() + at_most;
    while (!reaped_ && Clock::now() < deadline) {
      reaped_ = waitpid(pid_, &status_, WNOHANG) == pid_;
      if (!reaped_) usleep(2000);
    }
    return reaped_;
  }

  std::string how_it_ended() { return wait_for_end(2s) ? end_text(status_) : "it closed its output"; }

  pid_t pid_;
  int socket_;
  SimDuration limit_;
  std::string buffer_;
  bool reaped_ = false;
  int status_ = 0;
};

Result<std::unique_ptr<ProgramLink>> start(const std::string& command, SimDuration limit) {
  std::vector<std::string> words = split_words(command);
  if (words.empty()) return invalid_input("no program is named; expected exec:PROGRAM [ARGUMENT]...");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return gone(fmt::format("no socket for it: {}", std::strerror(errno)));
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, words.front().c_str(), &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  close(ends[1]);
  if (error == 0) return std::unique_ptr<ProgramLink>(std::make_unique<ProcessLink>(pid, ends[0], limit));
  close(ends[0]);
  return gone(fmt::format("\"{}\" cannot be started: {}", words.front(), std::strerror(error)));
}

}  // namespace

ProgramLauncher process_launcher(SimDuration limit) {
  return [limit](const std::string& command) { return start(command, limit); };
}

}  // namespace muster
