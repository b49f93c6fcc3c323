// An external program as a responder: JSON lines over a link (docs/exec-protocol.md). Virtual time stands
// still while it thinks, unless a think-time is given. Whatever it does wrong is its own failure.
#pragma once

#include "responders/program_launcher.hpp"
#include "responders/responder.hpp"

namespace muster {

inline constexpr int program_protocol = 1;
/// Messages at one virtual instant, and messages that could not be understood, before it is given up.
inline constexpr int program_messages_per_instant = 10'000;
inline constexpr int program_mistakes_allowed = 100;

struct ProgramPlan {
  std::string command;     ///< as it is started
  std::string name;        ///< "exec:responder.py", without folders
  ProgramLauncher launch;  ///< called when the drill begins
  SimDuration think{};     ///< virtual time that every message costs, if it does not say otherwise
  SimTime horizon = sim_never;
};

class ProgramResponder final : public Responder {
 public:
  ProgramResponder(std::string actor, ProgramPlan plan) : actor_(std::move(actor)), plan_(std::move(plan)) {}
  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;

 private:
  std::string actor_;
  ProgramPlan plan_;
};

}  // namespace muster
