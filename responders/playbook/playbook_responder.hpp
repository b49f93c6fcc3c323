// Plays a playbook: automation, which acts at once, takes the same few seconds for every step and judges
// nothing beyond its conditions.
#pragma once

#include <memory>

#include "responders/playbook/playbook.hpp"
#include "responders/responder.hpp"

namespace muster {

class PlaybookRun;

class PlaybookResponder final : public Responder {
 public:
  PlaybookResponder(std::string actor, Playbook book);
  ~PlaybookResponder() override;
  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;

 private:
  std::string actor_;
  Playbook book_;
  std::unique_ptr<PlaybookRun> run_;  // outlives play(): triggers that came too late still wait in the engine
};

}  // namespace muster
