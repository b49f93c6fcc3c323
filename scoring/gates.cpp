#include "scoring/gates.hpp"

#include <fmt/format.h>

#include "scoring/metrics.hpp"
#include "scoring/traces.hpp"
#include "sim/assert.hpp"

namespace muster {

namespace {

GateResult restored(const CaseFile& file) {
  return {"", file.restored.restored, file.restored.why, file.restored.records};
}

GateResult no_data_lost(const CaseFile& file) {
  const std::uint64_t lost = lost_writes(file);
  if (file.evidence.data.empty()) return {"", true, "no data was ever at risk", {}};
  return {"",
          lost == 0,
          fmt::format("{} committed writes are missing", lost),
          {file.evidence.data.back().record}};
}

GateResult no_premature_close(const CaseFile& file) {
  if (!file.times.tX) return {"", true, "the incident was not closed", {}};
  const std::uint64_t record = file.evidence.first(DeskAction::resolved)->record;
  if (closed_too_early(file.times, file.level, file.rubric))
    return {"",
            false,
            fmt::format("closed at {}, before users had been served well for {}, or service broke again",
                        format_clock(*file.times.tX), format_duration(file.rubric.restored_window)),
            {record}};
  return {"", true, fmt::format("closed at {}", format_clock(*file.times.tX)), {record}};
}

GateResult no_intruder(const CaseFile& file) {
  const auto& intruder = file.evidence.intruder;
  if (intruder.empty()) return {"", true, "there was no intruder", {}};
  const bool inside = intruder.back().what->active;
  return {"",
          !inside,
          inside ? "the intruder can still act" : "the intruder can no longer act",
          {intruder.back().record}};
}

GateResult evidence_kept(const CaseFile& file) {
  if (file.evidence.traces.empty()) return {"", true, "there was no evidence to keep", {}};
  const std::vector<Trace> traces = traces_of(file.evidence.traces);
  GateResult result{"", true, "every trace was read out or is still there", {}};
  for (const Trace& trace : traces) {
    if (!trace.lost()) continue;
    result.met = false;
    result.why = "traces of the intruder were gone before anybody read them";
    result.records.push_back(trace.record);
  }
  return result;
}

GateResult acknowledged_in_time(const CaseFile& file) {
  if (!file.times.tP) return {"", true, "nobody was paged", {}};
  const std::uint64_t page = file.evidence.pages.front().record;
  if (!file.times.tK) return {"", false, "the page was never acknowledged", {page}};
  const SimDuration took = *file.times.tK - *file.times.tP;
  const std::string why = fmt::format("acknowledged after {}", format_duration(took));
  const bool in_time = file.worst == nullptr || took <= file.worst->respond_within;
  return {"", in_time, why, {page, file.evidence.first(DeskAction::acknowledged)->record}};
}

GateResult declared(const CaseFile& file) {
  if (const Noted<DeskFact>* entry = file.evidence.first(DeskAction::declared))
    return {"",
            true,
            fmt::format("{} declared at {}", entry->what->severity, format_clock(entry->at)),
            {entry->record}};
  if (file.worst == nullptr) return {"", true, "there was nothing to declare", {}};
  return {"", false, "no severity was declared", {file.call_record()}};
}

// No rubric asks for it: whoever breaks down has not passed, and the drill is not to blame.
void add_broken_responders(const CaseFile& file, std::vector<GateResult>& results) {
  GateResult broken{"responderWorked", false, "", {}};
  for (const auto& entry : file.evidence.responder) {
    if (entry.what->change != ResponderChange::failed) continue;
    broken.why += (broken.why.empty() ? "" : "; ") + entry.what->responder + ": " + entry.what->text;
    broken.records.push_back(entry.record);
  }
  if (!broken.records.empty()) results.push_back(std::move(broken));
}

GateResult judge(const std::string& gate, const CaseFile& file) {
  if (gate == "restored") return restored(file);
  if (gate == "noDataLost") return no_data_lost(file);
  if (gate == "noPrematureClose") return no_premature_close(file);
  if (gate == "noIntruder") return no_intruder(file);
  if (gate == "evidenceKept") return evidence_kept(file);
  if (gate == "acknowledgedInTime") return acknowledged_in_time(file);
  MUSTER_ASSERT(gate == "declared", "parse_rubric lets only known gates through");
  return declared(file);
}

}  // namespace

std::vector<GateResult> gates_of(const CaseFile& file) {
  std::vector<GateResult> results;
  for (const std::string& gate : file.rubric.gates) {
    results.push_back(judge(gate, file));
    results.back().name = gate;
  }
  add_broken_responders(file, results);
  return results;
}

}  // namespace muster
