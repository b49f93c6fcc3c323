#include "server/exec_session.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/url.hpp"
#include "server/main_tool.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;

constexpr std::size_t frame_bytes_max = 32 * 1024;
constexpr std::size_t line_bytes_max = 64 * 1024;
constexpr std::size_t tool_input_max = 1 << 20;

const std::string success_status = R"({"metadata":{},"status":"Success"})";

/// k8s.io/client-go tools/remotecommand reads the exit code out of the causes.
std::string exit_status(int code) {
  if (code == 0) return success_status;
  return Json{
      {"metadata", Json::object()},
      {"status", "Failure"},
      {"message", fmt::format("command terminated with non-zero exit code: exit status {}", code)},
      {"reason", "NonZeroExitCode"},
      {"details",
       {{"causes", Json::array({Json{{"reason", "ExitCode"}, {"message", fmt::format("{}", code)}}})}}}}
      .dump();
}

std::string missing_program(const std::string& program) {
  return Json{{"metadata", Json::object()},
              {"status", "Failure"},
              {"message",
               fmt::format("Internal error occurred: error executing command in container: failed to exec in "
                           "container: OCI runtime exec failed: exec failed: unable to start container "
                           "process: exec: \"{}\": executable file not found in $PATH: unknown",
                           program)},
              {"reason", "InternalError"},
              {"code", 500}}
      .dump();
}

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

/// The values of a parameter that may come several times, in order.
std::vector<std::string> parameters(const std::string& path, const std::string& key) {
  std::vector<std::string> found;
  for (std::size_t from = path.find('?'); from < path.size();) {
    const std::size_t end = std::min(path.find('&', from + 1), path.size());
    const auto piece = parse_url("/?" + path.substr(from + 1, end - from - 1));
    if (piece && piece->query.contains(key)) found.push_back(piece->parameter(key));
    from = end;
  }
  return found;
}

bool is_shell(const std::string& word) {
  const std::string name = word.substr(word.rfind('/') + 1);
  return name == "sh" || name == "bash" || name == "ash";
}

void push_output(std::vector<std::string>& frames, char channel, std::string_view bytes, bool tty) {
  std::string text;
  for (const char c : bytes) text += tty && c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (std::size_t at = 0; at < text.size(); at += frame_bytes_max)
    frames.push_back(std::string(1, channel) + text.substr(at, frame_bytes_max));
}

/// One program, run when the session is opened: what it wrote, and after its time how it ended.
class ProgramSession final : public ExecSession {
 public:
  ProgramSession(const Json& answer, bool tty) : seconds_(answer.value("seconds", 0.0)) {
    push_output(frames_, stdout_channel, answer.value("stdout", ""), tty);
    push_output(frames_, tty ? stdout_channel : stderr_channel, answer.value("stderr", ""), tty);
    code_ = answer.value("exitCode", 0);
  }
  /// A program that there is not: containerd could not start it.
  explicit ProgramSession(const std::string& missing) : failure_(missing_program(missing)) {}

  void hear(std::string_view) override {}  // none of the programs reads its input
  std::vector<std::string> take(double elapsed_seconds) override {
    std::vector<std::string> frames = std::exchange(frames_, {});
    if (ended_ || elapsed_seconds < seconds_) return frames;
    frames.push_back(std::string(1, status_channel) + (failure_.empty() ? exit_status(code_) : failure_));
    ended_ = true;
    return frames;
  }
  bool ended() const override { return ended_; }

 private:
  std::vector<std::string> frames_;
  std::string failure_;
  double seconds_ = 0;
  int code_ = 0;
  bool ended_ = false;
};

/// Where a shell's lines go: to programs of an `exec`, or to the main process of the container.
struct ShellDoor {
  ExecSession::Ask ask;
  std::function<Request(const std::string& line)> run;
  std::function<void(int exit_code)> leave;  ///< may be empty
  bool tells_exit_code = true;               ///< else the Status is Success whatever happened
  std::string prompt = "$ ", quit = "exit";  ///< on a terminal; the word that ends it
};

/// A shell that reads commands: each line is a program of its own.
class ShellSession final : public ExecSession {
 public:
  ShellSession(ShellDoor door, bool tty) : door_(std::move(door)), tty_(tty) {
    if (tty_) say(door_.prompt);
  }

  void hear(std::string_view frame) override {
    if (frame.empty() || over_) return;
    if (frame[0] == half_close && frame.size() > 1 && frame[1] == stdin_channel) return end_of_input();
    if (frame[0] != stdin_channel) return;
    for (const char c : frame.substr(1)) {
      if (!over_) tty_ ? key(c) : plain(c);
    }
  }
  std::vector<std::string> take(double) override {
    std::vector<std::string> frames = std::exchange(frames_, {});
    if (over_ && !ended_) {
      if (door_.leave) door_.leave(code_);  // before the last frame: kubectl looks at the pod then
      frames.push_back(std::string(1, status_channel) + exit_status(door_.tells_exit_code ? code_ : 0));
      ended_ = true;
    }
    return frames;
  }
  bool ended() const override { return ended_; }

 private:
  void say(std::string_view text) { push_output(frames_, stdout_channel, text, tty_); }

  void plain(char c) {
    if (c == '\n') return run_line();
    if (line_.size() < line_bytes_max) line_ += c;
  }

  /// The client's terminal is raw: the echo is ours.
  void key(char c) {
    constexpr char interrupt = 3, end_of_file = 4, erase = 127;
    if (c == end_of_file && line_.empty()) return end_of_input();
    if (c == interrupt) {
      line_.clear();
      code_ = 130;
      return say("^C\n" + door_.prompt);
    }
    if (c == erase || c == '\b') {
      if (line_.empty()) return;
      line_.pop_back();
      return say("\b \b");
    }
    if (c == '\r' || c == '\n') {
      say("\n");
      run_line();
      if (!over_) say(door_.prompt);
      return;
    }
    if (line_.size() >= line_bytes_max || static_cast<unsigned char>(c) < 32) return;
    line_ += c;
    say(std::string(1, c));
  }

  void end_of_input() {
    if (!tty_ && !line_.empty()) run_line();
    over_ = true;
  }

  void run_line() {
    const std::string line = std::exchange(line_, {});
    const std::size_t from = line.find_first_not_of(" \t");
    if (from == std::string::npos || line[from] == '#') return;
    const std::string words = line.substr(from);
    if (words == "exit" || words == door_.quit || words.starts_with("exit ")) {
      if (words.size() > 5) code_ = std::atoi(words.c_str() + 5) & 255;
      over_ = true;
      return;
    }
    const Answer answer = door_.ask(door_.run(words));
    if (!answer.ok()) {  // the container has gone from under the shell
      code_ = 137;
      over_ = true;
      return;
    }
    const Json json = Json::parse(answer.body);
    say(json.value("stdout", ""));
    push_output(frames_, tty_ ? stdout_channel : stderr_channel, json.value("stderr", ""), tty_);
    code_ = json.value("exitCode", 0);
  }

  ShellDoor door_;
  bool tty_ = false;
  std::string line_;
  std::vector<std::string> frames_;
  int code_ = 0;
  bool over_ = false, ended_ = false;
};

/// A tool that reads its input to the end, if it reads any, and writes what it has to say.
class ToolSession final : public ExecSession {
 public:
  using Run = std::function<ToolAnswer(const std::string& input)>;

  ToolSession(Run run, bool waits_for_input, bool tty) : run_(std::move(run)), tty_(tty) {
    if (!waits_for_input) run_now();
  }

  void hear(std::string_view frame) override {
    if (frame.empty() || over_) return;
    if (frame[0] == half_close && frame.size() > 1 && frame[1] == stdin_channel) return run_now();
    if (frame[0] == stdin_channel && input_.size() < tool_input_max) input_ += frame.substr(1);
  }
  std::vector<std::string> take(double) override {
    ended_ = over_;
    return std::exchange(frames_, {});
  }
  bool ended() const override { return ended_; }

 private:
  void run_now() {
    const ToolAnswer answer = run_(input_);
    push_output(frames_, stdout_channel, answer.out, tty_);
    push_output(frames_, tty_ ? stdout_channel : stderr_channel, answer.err, tty_);
    frames_.push_back(std::string(1, status_channel) + success_status);
    over_ = true;
  }

  Run run_;
  bool tty_ = false, over_ = false, ended_ = false;
  std::string input_;
  std::vector<std::string> frames_;
};

/// The output of a container's main process from now on.
class AttachSession final : public ExecSession {
 public:
  AttachSession(std::shared_ptr<Stream> lines, bool tty) : lines_(std::move(lines)), tty_(tty) {}

  void hear(std::string_view) override {}  // services do not read their input
  std::vector<std::string> take(double) override {
    std::vector<std::string> frames;
    for (const std::string& line : lines_->take()) push_output(frames, stdout_channel, line + "\n", tty_);
    if (lines_->ended() && !ended_) {
      frames.push_back(std::string(1, status_channel) + success_status);
      ended_ = true;
    }
    return frames;
  }
  bool ended() const override { return ended_; }

 private:
  std::shared_ptr<Stream> lines_;
  bool tty_ = false, ended_ = false;
};

/// ".../pods/NAME" of ".../pods/NAME/exec?...".
std::string pod_path(const std::string& path) {
  const std::size_t question = std::min(path.find('?'), path.size());
  return path.substr(0, path.rfind('/', question));
}

std::string container_path(const Request& request, const Url& url, const char* what) {
  return fmt::format("{}/{}?container={}", pod_path(request.path), what, encoded(url.parameter("container")));
}

std::unique_ptr<ExecSession> follow_output(const Request& request, const Url& url,
                                           const ExecSession::Ask& ask, Answer& refusal) {
  Request log = request;
  log.verb = "GET";
  log.path = container_path(request, url, "log") + "&follow=true&tailLines=0";
  refusal = ask(log);
  if (!refusal.ok() || !refusal.stream) return nullptr;
  return std::make_unique<AttachSession>(refusal.stream, url.flag("tty"));
}

MainTool tool_of(const Request& request, const Json& answer) {
  MainTool tool;
  if (!answer.contains("tool")) return tool;
  tool.actor = request.actor;
  tool.image = answer["tool"].value("image", "");
  tool.words = answer["tool"].value("words", std::vector<std::string>{});
  tool.environment = answer["tool"].value("environment", std::map<std::string, std::string>{});
  return tool;
}

Request with_body(Request request, const Json& body) {
  request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return request;
}

/// On a terminal: each statement when its line ends, as one run of the tool.
std::unique_ptr<ExecSession> open_tool_terminal(const MainTool& tool, const Request& post,
                                                const ExecSession::Ask& ask) {
  ShellDoor door;
  door.tells_exit_code = false;
  door.prompt = "=> ";
  door.quit = "\\q";
  door.run = [post](const std::string& line) {
    Request one = post;
    one.body = line;
    return one;
  };
  door.ask = [tool, ask, typed = std::string()](const Request& line) mutable {
    typed += line.body;
    if (!typed.starts_with('\\') && !typed.ends_with(';'))
      return typed += '\n', Answer{200, "", "{}", {}, nullptr};
    const ToolAnswer said = run_main_tool(tool, std::exchange(typed, {}), ask);
    return Answer{200, "", Json{{"stdout", said.out}, {"stderr", said.err}}.dump(), {}, nullptr};
  };
  door.leave = [post, ask](int) { (void)ask(with_body(post, {{"exit", 0}})); };
  return std::make_unique<ShellSession>(std::move(door), true);
}

std::unique_ptr<ExecSession> open_tool(const MainTool& tool, const Request& post, const Url& url,
                                       const ExecSession::Ask& ask) {
  const bool waits = url.flag("stdin") && reads_input(tool);
  if (waits && url.flag("tty")) return open_tool_terminal(tool, post, ask);
  const auto run = [tool, post, ask](const std::string& input) {
    ToolAnswer answer = run_main_tool(tool, input, ask);
    (void)ask(with_body(post, {{"print", answer.out + answer.err}, {"exit", answer.exit_code}}));
    return answer;
  };
  return std::make_unique<ToolSession>(run, waits, url.flag("tty"));
}

std::unique_ptr<ExecSession> open_attach(const Request& request, const Url& url, ExecSession::Ask ask,
                                         Answer& refusal) {
  Request post = request;
  post.verb = "POST";
  post.path = container_path(request, url, "attach");
  post.content_type = "application/json";
  post.body = "{}";
  refusal = ask(post);
  if (!refusal.ok()) return nullptr;
  const MainTool tool = tool_of(request, Json::parse(refusal.body));
  if (is_main_tool(tool)) return open_tool(tool, post, url, ask);
  if (!url.flag("stdin") || !Json::parse(refusal.body).value("interactive", false))
    return follow_output(request, url, ask, refusal);
  ShellDoor door{ask, {}, {}, false};
  door.run = [post](const std::string& line) {
    Request one = post;
    one.body = Json{{"line", line}}.dump();
    return one;
  };
  door.leave = [post, ask](int exit_code) {
    Request one = post;
    one.body = Json{{"exit", exit_code}}.dump();
    (void)ask(one);
  };
  return std::make_unique<ShellSession>(std::move(door), url.flag("tty"));
}

std::unique_ptr<ExecSession> open_exec(const Request& request, const Url& url, ExecSession::Ask ask,
                                       Answer& refusal) {
  Request first = request;
  first.verb = "POST";
  refusal = ask(first);
  if (!refusal.ok()) return nullptr;
  const std::vector<std::string> command = parameters(request.path, "command");
  const bool tty = url.flag("tty");
  const Json answer = Json::parse(refusal.body);
  // The pod's programs are looked up by a shell, which here was not asked for.
  if (!is_shell(command[0]) &&
      answer.value("stderr", "") == fmt::format("sh: 1: {}: not found\n", command[0]))
    return std::make_unique<ProgramSession>(command[0]);
  if (command.size() != 1 || !is_shell(command[0]) || !url.flag("stdin"))
    return std::make_unique<ProgramSession>(answer, tty);
  ShellDoor door{std::move(ask), {}, {}, true};
  door.run = [first, path = container_path(request, url, "exec")](const std::string& line) {
    Request one = first;
    one.path = path + "&command=sh&command=-c&command=" + encoded(line);
    return one;
  };
  return std::make_unique<ShellSession>(std::move(door), tty);
}

}  // namespace

std::unique_ptr<ExecSession> ExecSession::open(const Request& request, Ask ask, Answer& refusal) {
  const auto url = parse_url(request.path);
  if (!url) return nullptr;
  return url->segments.back() == "attach" ? open_attach(request, *url, std::move(ask), refusal)
                                          : open_exec(request, *url, std::move(ask), refusal);
}

}  // namespace muster
