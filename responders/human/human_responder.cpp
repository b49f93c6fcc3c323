#include "responders/human/human_responder.hpp"

#include "responders/human/human_run.hpp"

namespace muster {

HumanResponder::HumanResponder(std::string actor, HumanPlan plan)
    : actor_(std::move(actor)), plan_(std::move(plan)) {}

HumanResponder::~HumanResponder() = default;

Task<void> HumanResponder::play(ResponderHost& host) {
  next_page paged(host);
  const std::uint64_t page = co_await paged;
  run_ = std::make_unique<HumanRun>(plan_, host, actor_);
  Task<void> responding = run_->respond(page);
  co_await responding;
}

}  // namespace muster
