// Somebody at the prompt. Virtual time passes for each command as a person takes it, and by `sleep`; pages
// that arrive meanwhile are told before the next prompt. At the end of the input the drill plays on alone.
#pragma once

#include "responders/console/terminal.hpp"
#include "responders/responder.hpp"
#include "responders/runbook/pace.hpp"

namespace muster {

class ConsoleResponder final : public Responder {
 public:
  /// `terminal` outlives the responder. `files` lie in the working folder from the start.
  ConsoleResponder(std::string actor, Terminal& terminal, std::map<std::string, std::string> files,
                   RunbookPace pace = {});

  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;
  /// The working folder as it was left.
  std::map<std::string, std::string> files_left() const override { return files_; }

 private:
  struct Seat;

  std::string actor_;
  Terminal& terminal_;
  std::map<std::string, std::string> files_;
  RunbookPace pace_;
};

}  // namespace muster
