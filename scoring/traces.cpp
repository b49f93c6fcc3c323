#include "scoring/traces.hpp"

#include <algorithm>

namespace muster {
namespace {

/// The item that is still there, or null.
Trace* present(std::vector<Trace>& traces, const EvidenceFact& fact) {
  const auto found = std::find_if(traces.rbegin(), traces.rend(), [&](const Trace& trace) {
    return trace.item == fact.item && trace.where == fact.where && !trace.destroyed_at;
  });
  return found == traces.rend() ? nullptr : &*found;
}

}  // namespace

std::vector<Trace> traces_of(const std::vector<Noted<EvidenceFact>>& facts) {
  std::vector<Trace> traces;
  for (const auto& noted : facts) {
    const EvidenceFact& fact = *noted.what;
    Trace* trace = present(traces, fact);
    if (!trace) {
      traces.push_back({fact.item, fact.where, fact.weight, {}, {}, noted.record});
      trace = &traces.back();
    }
    if (fact.change == EvidenceChange::captured && !trace->captured_at) {
      trace->captured_at = noted.at;
      trace->record = noted.record;
    }
    if (fact.change == EvidenceChange::destroyed) {
      trace->destroyed_at = noted.at;
      if (!trace->captured_at) trace->record = noted.record;
    }
  }
  return traces;
}

TraceSums sums_of(const std::vector<Trace>& traces) {
  TraceSums sums;
  for (const Trace& trace : traces) {
    sums.all += trace.weight;
    if (trace.captured()) sums.captured += trace.weight;
    if (trace.lost()) sums.lost += trace.weight;
  }
  return sums;
}

}  // namespace muster
