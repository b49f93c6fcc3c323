#include "responders/console/redirection.hpp"

#include <fmt/format.h>

#include <array>

namespace muster {
namespace {

using Kind = Redirection::Kind;

/// A stream's place: a file, or where stdout (1) and stderr (2) went before.
struct Place {
  std::string file;
  int stream = 0;
};

void deliver(const Place& place, const std::string& text, Session& session, CommandResult& result) {
  if (place.stream == 1)
    result.out += text;
  else if (place.stream == 2)
    result.err += text;
  else if (place.file != "/dev/null")
    session.files[place.file] += text;
}

Result<Place> open_file(const Redirection& redirection, const WordExpander& expander, Session& session) {
  auto file = expander.target(redirection.target);
  if (!file) return file.error();
  if (file->empty()) return invalid_input("bash: : No such file or directory");
  if (file->starts_with("./")) file->erase(0, 2);
  const bool to_null = *file == "/dev/null";
  if (!to_null && redirection.kind == Kind::write) session.files[*file].clear();
  return Place{std::move(*file), 0};
}

}  // namespace

Result<std::string> redirected_input(const SimpleCommand& stage, const WordExpander& expander,
                                     const Session& session, std::string input) {
  for (const Redirection& redirection : stage.redirections) {
    if (redirection.kind == Kind::here_document || redirection.kind == Kind::here_text) {
      const bool line = redirection.kind == Kind::here_text;
      auto text = expander.text(line ? redirection.target : redirection.body);
      if (!text) return text.error();
      input = std::move(*text) + (line ? "\n" : "");
    }
    if (redirection.kind != Kind::read) continue;
    const auto file = expander.target(redirection.target);
    if (!file) return file.error();
    const auto found = session.files.find(file->starts_with("./") ? file->substr(2) : *file);
    if (found == session.files.end() && *file != "/dev/null")
      return Error{ErrorCode::not_found, fmt::format("bash: {}: No such file or directory", *file), {}};
    input = *file == "/dev/null" ? std::string() : found->second;
  }
  return input;
}

Result<void> redirect_output(const SimpleCommand& stage, const WordExpander& expander, Session& session,
                             CommandResult& result) {
  std::array<Place, 3> places{Place{}, Place{{}, 1}, Place{{}, 2}};
  for (const Redirection& redirection : stage.redirections) {
    if (redirection.kind == Kind::join) {
      places[redirection.descriptor == 2 ? 2 : 1] = places[static_cast<std::size_t>(redirection.joined)];
      continue;
    }
    if (redirection.kind != Kind::write && redirection.kind != Kind::append) continue;
    const auto file = open_file(redirection, expander, session);
    if (!file) return file.error();
    if (redirection.descriptor != 2) places[1] = *file;
    if (redirection.descriptor != 1) places[2] = *file;
  }
  const std::string out = std::exchange(result.out, {});
  const std::string err = std::exchange(result.err, {});
  deliver(places[1], out, session, result);
  deliver(places[2], err, session, result);
  return {};
}

}  // namespace muster
