// Re-runs that a score compares with: the same seed without the fault, and with the fault but nothing done.
// Made by drill/, kept in baselines.jsonl, bound to the journal's head.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/fact_sink.hpp"
#include "scoring/impact.hpp"
#include "sim/result.hpp"

namespace muster {

struct Baseline {
  std::string kind;  ///< "no_fault" or "nothing_done"
  ImpactCurve impact;
};

struct Baselines {
  std::string head;  ///< hash of the journal's last record before the seal
  std::vector<Baseline> runs;
  const Baseline* find(std::string_view kind) const;
};

/// Listens to a baseline run and keeps what a score compares.
class ImpactRecorder final : public FactSink {
 public:
  void record(SimTime at, Fact fact) override;
  const ImpactCurve& impact() const { return impact_; }

 private:
  ImpactCurve impact_;
};

/// JSON Lines; the first line binds them to the head.
std::string write_baselines(const Baselines& baselines);
/// Errors: invalid_input with the line; also if they belong to another journal (`head`).
Result<Baselines> read_baselines(std::string_view text, const std::string& name, const std::string& head);

}  // namespace muster
