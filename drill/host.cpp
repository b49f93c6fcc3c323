#include "drill/host.hpp"

#include "drill/submit.hpp"

namespace muster {
namespace {

/// How soon a watcher sees a change: about a network round trip.
constexpr SimDuration watch_latency = 100ms;

}  // namespace

DrillHost::DrillHost(Simulation& simulation, JournalWriter& journal)
    : simulation_(simulation), journal_(journal), inbox_(simulation.engine()) {
  simulation_.on_page([this](std::uint64_t page) { page_arrived(page); });
}

Answer DrillHost::submit(Request request) {
  return submit_and_record(simulation_, journal_, std::move(request));
}

void DrillHost::tell(ResponderFact fact) {
  journal_.record(now(), std::move(fact));
}

void DrillHost::resume_at(SimTime at, std::coroutine_handle<> waiting) {
  inbox_.add(at, [waiting] { waiting.resume(); });
}

void DrillHost::resume_when_ready(std::shared_ptr<Stream> stream, SimTime deadline,
                                  std::coroutine_handle<> waiting) {
  const SimTime next = std::min(deadline, now() + watch_latency);
  inbox_.add(next, [this, stream, deadline, waiting] {
    if (stream->ready() || stream->ended() || now() >= deadline) return waiting.resume();
    resume_when_ready(stream, deadline, waiting);
  });
}

void DrillHost::resume_on_page(std::uint64_t* page, std::coroutine_handle<> waiting) {
  page_waiters_.push_back({page, waiting});
  hand_out_pages();
}

void DrillHost::resume_on_alert(std::uint64_t after, std::uint64_t* page, std::coroutine_handle<> waiting) {
  if (last_page_ <= after) return alert_waiters_.push_back({page, waiting});
  *page = after + 1;
  resume_at(now(), waiting);
}

void DrillHost::page_arrived(std::uint64_t page) {
  last_page_ = page;
  for (const Waiter& waiter : std::exchange(alert_waiters_, {})) {
    *waiter.page = page;
    resume_at(now(), waiter.waiting);
  }
  unclaimed_pages_.push_back(page);
  hand_out_pages();
}

void DrillHost::hand_out_pages() {
  while (!unclaimed_pages_.empty() && !page_waiters_.empty()) {
    const Waiter waiter = page_waiters_.front();
    page_waiters_.pop_front();
    *waiter.page = unclaimed_pages_.front();
    unclaimed_pages_.pop_front();
    resume_at(now(), waiter.waiting);
  }
}

RandomStream DrillHost::random(std::string_view entity, std::string_view purpose) const {
  return RandomStream(simulation_.seed(), entity, purpose);
}

}  // namespace muster
