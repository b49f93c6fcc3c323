// What the drill gives to its responders: the door, the clock, the pager, and virtual time to wait in.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "drill/inbox.hpp"
#include "drill/simulation.hpp"
#include "journal/journal.hpp"
#include "responders/responder.hpp"

namespace muster {

class DrillHost final : public ResponderHost {
 public:
  DrillHost(Simulation& simulation, JournalWriter& journal);

  SimTime now() const override { return simulation_.now(); }
  Epoch epoch() const override { return simulation_.epoch(); }
  Answer submit(Request request) override;
  void tell(ResponderFact fact) override;
  void resume_at(SimTime at, std::coroutine_handle<> waiting) override;
  void resume_when_ready(std::shared_ptr<Stream> stream, SimTime deadline,
                         std::coroutine_handle<> waiting) override;
  void resume_on_page(std::uint64_t* page, std::coroutine_handle<> waiting) override;
  void resume_on_alert(std::uint64_t after, std::uint64_t* page, std::coroutine_handle<> waiting) override;
  RandomStream random(std::string_view entity, std::string_view purpose) const override;

 private:
  struct Waiter {
    std::uint64_t* page = nullptr;
    std::coroutine_handle<> waiting;
  };
  void page_arrived(std::uint64_t page);
  void hand_out_pages();

  Simulation& simulation_;
  JournalWriter& journal_;
  Inbox inbox_;
  std::deque<std::uint64_t> unclaimed_pages_;
  std::deque<Waiter> page_waiters_;
  std::uint64_t last_page_ = 0;
  std::deque<Waiter> alert_waiters_;  // for the next page
};

}  // namespace muster
