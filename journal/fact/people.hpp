// Facts about people and what reached them: alerts, pages, the desk, responders.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace muster {

struct AlertFact {
  std::string alert;     ///< rule name
  std::string labels;    ///< canonical "{a="b",...}" without alertname
  std::string state;     ///< "pending", "firing", "resolved"
  std::string priority;  ///< label `priority`, or empty
};

/// A page reached a person's pager.
struct PageFact {
  std::uint64_t page = 0;           ///< number of the page, from 1
  std::vector<std::string> alerts;  ///< the alerts grouped into it
  std::string to;                   ///< role: "on-call"
  std::string priority;             ///< highest of its alerts: "P0"
};

enum class DeskAction : std::uint8_t {
  acknowledged,
  declared,
  message,
  status_update,
  notified,
  ticket,
  hypothesis,
  resolved,
  postmortem
};
const char* to_string(DeskAction action);

/// The incident desk carried out a request.
struct DeskFact {
  DeskAction action = DeskAction::message;
  std::string actor;            ///< id, never a name
  std::string severity;         ///< of `declared`: "P0".."P3"
  std::vector<std::string> to;  ///< of `notified`: roles; of `message`: the channel
  std::string text;             ///< title or body
  std::uint64_t page = 0;       ///< of `acknowledged`
};

enum class ResponderChange : std::uint8_t { began, step, cannot_run, needs_judgement, finished, failed };
const char* to_string(ResponderChange change);

/// What an automated responder did with its instructions. `failed`: it broke down by itself (a program that
/// crashed, hung or talked nonsense); `text` says how.
struct ResponderFact {
  std::string responder;  ///< "runbook:runbook.md#Rollback Deployment" (base name only)
  ResponderChange change = ResponderChange::step;
  std::string file;  ///< base name of the file with the instruction
  int line = 0;      ///< 1-based
  std::string text;  ///< the command, and for cannot_run the reason
};

}  // namespace muster
