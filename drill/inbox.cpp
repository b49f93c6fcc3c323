#include "drill/inbox.hpp"

namespace muster {

void Inbox::add(SimTime at, Turn turn) {
  const auto [slot, is_new] = turns_.try_emplace(at);
  slot->second.push_back(std::move(turn));
  if (is_new) engine_.schedule(at, Lane::request, [this, at] { drain(at); });
}

void Inbox::drain(SimTime at) {
  // A turn may add another one for this same instant: it still belongs to this event.
  std::vector<Turn>& turns = turns_.at(at);
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const Turn turn = std::move(turns[i]);
    turn();
  }
  turns_.erase(at);
}

}  // namespace muster
