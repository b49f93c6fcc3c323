// What a record says, in one line.
#include <fmt/format.h>

#include "journal/fact/traffic.hpp"
#include "reports/html/sections.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

struct Describe {
  std::string operator()(const TrafficFact& f) const {
    return fmt::format("{}: {} requests ended, {} failed, {} slow", f.service, f.ended(), f.failed(), f.slow);
  }
  std::string operator()(const FaultFact& f) const {
    return fmt::format("{} {} on {} {}", f.kind, f.active ? "began" : "ended", f.target, f.detail);
  }
  std::string operator()(const PodFact& f) const {
    return fmt::format("pod {}/{} {} {}", f.namespace_, f.pod, to_string(f.change), f.reason);
  }
  std::string operator()(const WorkloadFact& f) const {
    return fmt::format("{} {}/{}: {} of {} ready, revision {}", f.kind, f.namespace_, f.name, f.ready,
                       f.wanted, f.revision);
  }
  std::string operator()(const RolloutFact& f) const {
    return fmt::format("rollout of {}/{} to revision {}: {}", f.namespace_, f.deployment, f.revision,
                       spaced(to_string(f.change)));
  }
  std::string operator()(const ObjectFact& f) const {
    return fmt::format("{} {}/{} {} by {}", f.kind, f.namespace_, f.name, f.change, f.by);
  }
  std::string operator()(const WarningFact& f) const {
    return fmt::format("{} {}: {}", f.object, f.reason, f.message);
  }
  std::string operator()(const DataFact& f) const {
    return fmt::format("data {}, {} writes lost", f.at_risk ? "at risk" : "safe", f.lost_writes);
  }
  std::string operator()(const IntruderFact& f) const {
    return fmt::format("intruder {}: {}", f.active ? "active" : "locked out", f.step);
  }
  std::string operator()(const AgentFact& f) const {
    return fmt::format("agents of type {} {}", f.agent_type, f.failing ? "fail" : "work again");
  }
  std::string operator()(const EvidenceFact& f) const {
    return fmt::format("evidence: {} at {} {} (weight {})", f.item, f.where, to_string(f.change), f.weight);
  }
  std::string operator()(const AlertFact& f) const {
    return fmt::format("alert {} {} {} {}", f.alert, f.state, f.priority, f.labels);
  }
  std::string operator()(const PageFact& f) const {
    return fmt::format("page {} ({}) to {}: {}", f.page, f.priority, f.to, fmt::join(f.alerts, ", "));
  }
  std::string operator()(const DeskFact& f) const {
    return fmt::format("{} {} {} {} {}", f.actor, spaced(to_string(f.action)), f.severity,
                       fmt::join(f.to, ", "), f.text);
  }
  std::string operator()(const ResponderFact& f) const {
    return fmt::format("{} {} {}:{} {}", f.responder, spaced(to_string(f.change)), f.file, f.line, f.text);
  }
  std::string operator()(const EndFact& f) const { return "the drill ended: " + f.reason; }

  std::string operator()(const Header& h) const { return "the drill began: " + h.scenario; }
  std::string operator()(const Fact& fact) const { return std::visit(*this, fact); }
  std::string operator()(const RequestRecord& r) const {
    return fmt::format("{} {} {} -> {}", r.actor, r.verb, r.path, r.status);
  }
  std::string operator()(const Seal&) const { return "seal"; }
};

}  // namespace

std::string describe(const Record& record) {
  return std::visit(Describe{}, record.body);
}

}  // namespace muster::reports
