#include "responders/human/human_responder.hpp"

#include "responders/human/human_run.hpp"

namespace muster {

Task<void> HumanResponder::play(ResponderHost& host) {
  next_page paged(host);
  const std::uint64_t page = co_await paged;
  HumanRun run(plan_, host, actor_);
  Task<void> responding = run.respond(page);
  co_await responding;
}

}  // namespace muster
