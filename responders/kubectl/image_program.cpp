#include "responders/kubectl/image_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "responders/console/console.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

struct KnownImage {
  std::string_view name;      ///< the last part of the reference, without tag
  std::string_view programs;  ///< of this console, that the image has too
};
constexpr std::string_view unix_tools =
    " sh bash ash echo cat grep sed awk cut sort uniq head tail wc tr seq date "
    "env printf sleep true false base64 xargs tee ls ";
constexpr std::array images{KnownImage{"postgres", " psql "},
                            KnownImage{"curl", " curl "},
                            KnownImage{"busybox", ""},
                            KnownImage{"alpine", ""},
                            KnownImage{"ubuntu", ""},
                            KnownImage{"debian", ""},
                            KnownImage{"netshoot", " curl psql "}};

std::string_view base_name(std::string_view image) {
  image = image.substr(0, image.find('@'));
  image.remove_prefix(image.rfind('/') + 1);
  return image.substr(0, image.find(':'));
}

bool has_program(std::string_view image, const std::string& program) {
  const auto found = std::find_if(images.begin(), images.end(),
                                  [&](const KnownImage& each) { return each.name == base_name(image); });
  if (found == images.end()) return false;
  const std::string word = " " + program + " ";
  return unix_tools.find(word) != std::string_view::npos ||
         found->programs.find(word) != std::string_view::npos;
}

bool is_shell(const std::string& name) {
  return name == "sh" || name == "bash" || name == "ash";
}

/// A shell in the container: -c LINE, or the lines of its input.
Task<CommandResult> run_shell(Session& session, std::vector<std::string> command, std::string input) {
  Console inside(session.host, session.actor);
  inside.session().options.unset_is_error = false;
  const bool line_given = command.size() > 2 && command[1] == "-c";
  std::string line = line_given ? command[2] : std::move(input);
  Task<CommandResult> running = inside.run(std::move(line));
  CommandResult result = co_await running;
  if (!line_given) result.err = "If you don't see a command prompt, try pressing enter.\n" + result.err;
  co_return result;
}

}  // namespace

Task<CommandResult> run_image_program(Session& session, const std::string& image,
                                      std::vector<std::string> command, std::string input) {
  if (command.empty()) command = {base_name(image) == "postgres" ? "docker-entrypoint.sh" : "sh"};
  const std::string program = command.front().substr(command.front().rfind('/') + 1);
  if (!has_program(image, program)) {
    co_return CommandResult::failed(
        128, fmt::format("failed to create containerd task: failed to create shim task: OCI runtime create "
                         "failed: runc create failed: unable to start container process: exec: \"{}\": "
                         "executable file not found in $PATH: unknown\n",
                         command.front()));
  }
  command.front() = program;
  Task<CommandResult> running = is_shell(program) ? run_shell(session, command, std::move(input))
                                                  : run_command(session, command, std::move(input));
  CommandResult result = co_await running;
  co_return result;
}

}  // namespace muster
