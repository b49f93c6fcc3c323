// What the person at the prompt is told without asking: the pager's pages and what the alert board shows.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "responders/console/command.hpp"

namespace muster {

class Announcements {
 public:
  explicit Announcements(Session& session) : session_(session) {}

  /// Collects pages as they reach the pager, for ever.
  Task<void> listen();
  /// What is new since the last call, a line each; asks the desk and the alert board.
  std::string news();

 private:
  std::string new_pages();
  std::string changed_alerts();

  Session& session_;
  std::vector<std::uint64_t> pages_;  // not told yet
  std::set<std::string> firing_;
};

}  // namespace muster
