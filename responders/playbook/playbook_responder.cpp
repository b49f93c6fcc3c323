#include "responders/playbook/playbook_responder.hpp"

#include "responders/playbook/playbook_run.hpp"

namespace muster {

PlaybookResponder::PlaybookResponder(std::string actor, Playbook book)
    : actor_(std::move(actor)), book_(std::move(book)) {}

PlaybookResponder::~PlaybookResponder() = default;

Task<void> PlaybookResponder::play(ResponderHost& host) {
  run_ = std::make_unique<PlaybookRun>(book_, host, actor_);
  run_->watch_triggers();
  trigger_fired fired(*run_);
  co_await fired;
  run_->tell(ResponderChange::began, 0, run_->cause());
  Task<PlaybookRun::Flow> running = run_->run_steps(book_.steps);
  const PlaybookRun::Flow flow = co_await running;
  const bool all = flow == PlaybookRun::Flow::on;
  run_->tell(ResponderChange::finished, 0, all ? "all steps" : run_->end());
}

}  // namespace muster
