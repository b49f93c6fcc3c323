// One play of a synthetic person; private to this folder.
#pragma once

#include "responders/console/console.hpp"
#include "responders/human/belief.hpp"
#include "responders/human/human_responder.hpp"
#include "responders/runbook/observations.hpp"

namespace muster {

class HumanRun {
 public:
  HumanRun(const HumanPlan& plan, ResponderHost& host, const std::string& actor);
  Task<void> respond(std::uint64_t page);

 private:
  /// A command on the terminal, which may outlive the patience of who typed it.
  struct Command {
    std::optional<CommandResult> result;
    std::optional<Task<void>> running;
  };

  Task<void> take_it(std::uint64_t page);
  Task<void> declare(std::uint64_t page);
  Task<std::size_t> diagnose();
  Task<void> look_at(const Look& look);
  Task<void> act_on(const PossibleCause& cause);
  Task<bool> cure(const PossibleCause& cause);
  Task<std::string> effect_of(const PossibleCause& cause);
  Task<bool> go_further(const PossibleCause& cause, const std::string& before);
  Task<int> follow(const RunbookSection& section);
  Task<std::optional<int>> type_all(const std::vector<std::string>& commands);
  Task<int> improvise(const PossibleCause& cause);
  Task<CommandResult> run_patiently(std::string line);
  Task<void> run_to_its_end(std::string line, Command& command);
  Task<bool> type(std::string line, int source_line);
  Task<void> say(std::string line);
  Task<void> update_if_due();
  Task<bool> settles();
  Task<bool> verify();
  void learn(const Look& look, const std::string& shown);
  const RunbookSection* section_for(const PossibleCause& cause) const;
  bool has_commands(const RunbookSection& section) const;
  std::vector<std::size_t> order_of_looks();
  std::string answer_to(const std::string& query);
  std::string in_wrong_namespace(const std::string& line) const;
  bool is_night() const;
  bool healthy();
  SimDuration draw(const char* stage);
  double luck(const char* purpose);
  void tell(ResponderChange change, int line, std::string text);

  const HumanPlan& plan_;
  const HumanProfile& profile_;
  ResponderHost& host_;
  std::string actor_, entity_;
  Console console_;
  Observations seen_;
  Belief belief_;
  double skill_ = 1;
  std::map<std::string, std::uint64_t> draws_;  // so far, by purpose
  SimTime last_update_{};
  bool gave_up_ = false;                            // the last command has not ended within the patience
  std::vector<std::unique_ptr<Command>> commands_;  // those given up may still wait in the engine
};

/// The title of a section and of everything below it may be "Mitigation": only sections of this many steps or
/// fewer are something to follow.
inline constexpr std::size_t human_section_max = 40;
/// Times that a cure without effect is taken further before something else is tried.
inline constexpr int human_further = 3;
/// Wrong turns before a person hands over.
inline constexpr int human_attempts = 8;

}  // namespace muster
