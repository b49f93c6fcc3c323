// A synthetic person on call: acknowledges late, looks around, comes to believe something, acts on it by the
// runbook, is wrong at times, looks again. Takes a person's time for all of it.
#pragma once

#include "responders/human/profile.hpp"
#include "responders/responder.hpp"
#include "responders/runbook/document.hpp"

namespace muster {

struct HumanPlan {
  HumanProfile profile;
  RunbookDocument runbook;  ///< empty if there is none
  std::string name;         ///< "human:oncall.yaml#runbook.md", base names only
};

class HumanRun;

class HumanResponder final : public Responder {
 public:
  HumanResponder(std::string actor, HumanPlan plan);
  ~HumanResponder() override;
  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;

 private:
  std::string actor_;
  HumanPlan plan_;
  std::unique_ptr<HumanRun>
      run_;  // outlives play(): a command that was given up may still wait in the engine
};

}  // namespace muster
