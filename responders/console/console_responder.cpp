#include "responders/console/console_responder.hpp"

#include <fmt/format.h>

#include "responders/console/announcements.hpp"
#include "responders/console/completion.hpp"
#include "responders/console/console.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

bool leaves(std::string_view line) {
  return trimmed(line) == "exit" || trimmed(line) == "quit" || trimmed(line) == "logout";
}

bool says_nothing(std::string_view line) {
  return trimmed(line).empty() || trimmed(line).starts_with('#');
}

}  // namespace

/// Where the person sits in one run.
struct ConsoleResponder::Seat {
  Seat(ConsoleResponder& self, ResponderHost& host)
      : owner(self),
        console(host, self.actor_),
        news(console.session()),
        pace(host, self.actor_, self.pace_),
        listening(news.listen()) {
    console.session().files = self.files_;
    console.session().options.unset_is_error = false;
  }

  void tell(ResponderChange change, int line, std::string text) {
    console.session().host.tell(ResponderFact{"console", change, {}, line, std::move(text)});
  }
  std::string prompt();
  /// A whole command: further lines are read while one is unfinished.
  std::optional<std::string> read_command();
  Task<void> carry_out(std::string command);

  ConsoleResponder& owner;
  Console console;
  Announcements news;
  PaceClock pace;
  Task<void> listening;
  int number = 0;  // of the command
};

ConsoleResponder::ConsoleResponder(std::string actor, Terminal& terminal,
                                   std::map<std::string, std::string> files, RunbookPace pace)
    : actor_(std::move(actor)), terminal_(terminal), files_(std::move(files)), pace_(pace) {}

Task<void> ConsoleResponder::play(ResponderHost& host) {
  Seat seat(*this, host);
  seat.listening.start();
  seat.tell(ResponderChange::began, 0, "at the prompt");
  for (;;) {
    terminal_.show(seat.news.news());
    const auto command = seat.read_command();
    if (!command || leaves(*command)) break;
    if (says_nothing(*command)) continue;
    Task<void> carrying_out = seat.carry_out(*command);
    co_await carrying_out;
    files_ = seat.console.session().files;
  }
  seat.tell(ResponderChange::finished, 0, fmt::format("{} commands", seat.number));
  sleep_for rest_of_the_drill(host, sim_never - host.now());
  co_await rest_of_the_drill;  // pages go on to be heard, so the seat stays
}

std::string ConsoleResponder::Seat::prompt() {
  const ResponderHost& host = console.session().host;
  return format_rfc3339(host.epoch(), host.now()) + " $ ";
}

std::optional<std::string> ConsoleResponder::Seat::read_command() {
  owner.terminal_.set_words(completion_words(console.session()));
  auto line = owner.terminal_.read_line(prompt());
  if (!line) return line;
  while (shell_is_unfinished(*line)) {
    const auto more = owner.terminal_.read_line("> ");
    if (!more) break;
    *line += "\n" + *more;
  }
  return line;
}

/// Typing and looking take their time; the command itself takes what it takes.
Task<void> ConsoleResponder::Seat::carry_out(std::string command) {
  ResponderHost& host = console.session().host;
  const bool& takes_time = console.session().options.takes_time;
  const bool is_typed = takes_time && !trimmed(command).starts_with("pace ");
  sleep_for typing(host, is_typed ? pace.type(static_cast<std::uint64_t>(number)) : SimDuration{});
  co_await typing;
  tell(ResponderChange::step, ++number, command);
  Task<CommandResult> running = console.run(command);
  const CommandResult result = co_await running;
  owner.terminal_.show(result.out);
  owner.terminal_.show_error(result.err);
  if (!result.cannot_run.empty())
    tell(ResponderChange::cannot_run, number, command + ": " + result.cannot_run);
  sleep_for looking(host, takes_time ? pace.look(static_cast<std::uint64_t>(number)) : SimDuration{});
  co_await looking;
}

}  // namespace muster
