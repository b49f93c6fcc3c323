// A person who does what the runbook says, in its order, at a person's pace. It has no judgement: where the
// runbook asks for some, that is reported; what fails is reported, and the next step follows, because a
// runbook has no error handling.
#pragma once

#include <map>
#include <optional>

#include "responders/console/console.hpp"
#include "responders/runbook/document.hpp"
#include "responders/runbook/observations.hpp"
#include "responders/runbook/pace.hpp"

namespace muster {

struct RunbookPlan {
  std::string name;                             ///< "runbook:runbook.md#Rollback Deployment", base name only
  std::string file;                             ///< base name
  std::vector<RunbookStep> steps;               ///< what will be done
  EvidenceFolder files;                         ///< files beside the runbook that its commands name
  std::map<std::string, std::string> bindings;  ///< placeholders and shell variables known beforehand
  std::string kube_namespace = "default";       ///< of the kubectl context
  RunbookPace pace;
  std::optional<SimTime> begin_at;  ///< begins then, at the keyboard, without waiting for a page
};

class RunbookResponder final : public Responder {
 public:
  RunbookResponder(std::string actor, RunbookPlan plan) : actor_(std::move(actor)), plan_(std::move(plan)) {}
  const std::string& actor() const override { return actor_; }
  Task<void> play(ResponderHost& host) override;

 private:
  struct Run;

  std::string actor_;
  RunbookPlan plan_;
};

}  // namespace muster
