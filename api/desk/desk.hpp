// The incident desk: pager inbox, severity, channel, status page, tickets, post-mortem. What people say and
// decide, as opposed to what they do to the system. Paths and bodies: docs/desk.md.
//   GET  /desk/v1/pages                        pages so far, with their acknowledgement
//   POST /desk/v1/pages/N/acknowledge
//   POST /desk/v1/severity    {"severity":"P0","text":"..."}
//   POST /desk/v1/messages    {"channel":"...","text":"..."}
//   POST /desk/v1/status      {"text":"..."}                    public status update
//   POST /desk/v1/notifications {"to":["cto"],"text":"..."}
//   POST /desk/v1/tickets     {"title":"...","text":"...","severity":"P0"}
//   POST /desk/v1/hypotheses  {"text":"...","component":"..."}
//   POST /desk/v1/resolve     {"text":"..."}
//   POST /desk/v1/postmortem  {"text":"..."}
//   GET  /desk/v1/incident                     severity, state, log of what was said
// Declaring a severity again replaces it, and reopens an incident that was resolved.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/request.hpp"
#include "journal/fact_sink.hpp"

namespace muster {

class Desk {
 public:
  explicit Desk(FactSink& facts) : facts_(facts) {}

  /// A page reaches the pager: recorded as a PageFact and listed from now on. `page.page` must be the next
  /// number.
  void deliver(SimTime at, PageFact page);
  Answer handle(const Request& request, SimTime now, Epoch epoch);

  bool resolved() const { return resolved_; }

 private:
  Answer acknowledge(const std::string& number, const std::string& actor, SimTime now);
  Answer write(const Request& request, const std::string& what, SimTime now);
  Answer pages_answer(Epoch epoch) const;
  Answer incident_answer(Epoch epoch) const;
  void note(SimTime now, DeskFact fact);

  struct InboxPage {
    PageFact fact;
    SimTime at{};
    std::string acknowledged_by;
    SimTime acknowledged_at{};
  };
  struct Entry {
    SimTime at{};
    DeskFact fact;
  };
  FactSink& facts_;
  std::vector<InboxPage> pages_;
  std::vector<Entry> log_;
  std::string severity_;
  bool resolved_ = false;
};

}  // namespace muster
