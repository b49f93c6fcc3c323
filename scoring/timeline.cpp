#include "scoring/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace muster {

namespace {

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

/// "deployments/app in prod" of "/apis/apps/v1/namespaces/prod/deployments/app?x=y"; other paths as they are.
std::string object_of(std::string_view path) {
  path = path.substr(0, path.find('?'));
  constexpr std::string_view marker = "/namespaces/";
  const std::size_t at = path.find(marker);
  if (at == std::string_view::npos) return std::string(path);
  const std::string_view rest = path.substr(at + marker.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return fmt::format("namespaces/{}", rest);
  return fmt::format("{} in {}", rest.substr(slash + 1), rest.substr(0, slash));
}

const char* verb_word(std::string_view verb) {
  if (verb == "POST") return "creates";
  if (verb == "PUT") return "replaces";
  if (verb == "PATCH") return "patches";
  return verb == "DELETE" ? "deletes" : "asks";
}

std::string first_line(std::string_view text) {
  constexpr std::size_t longest = 120;
  const std::string_view line = text.substr(0, text.find('\n'));
  if (line.size() <= longest) return std::string(line);
  std::size_t cut = longest;  // not in the middle of a UTF-8 sequence
  while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
  return std::string(line.substr(0, cut)) + "...";
}

/// Walks the records and writes a line for those that matter.
class Storyteller {
 public:
  void tell(const Record& record) {
    if (const RequestRecord* request = record.request()) return tell_request(record, *request);
    if (const auto* fact = record.fact<FaultFact>()) tell_fault(record, *fact);
    if (const auto* fact = record.fact<PageFact>())
      add(record, "page",
          fmt::format("page {} to {}: {} ({})", fact->page, fact->to, joined(fact->alerts), fact->priority));
    if (const auto* fact = record.fact<DeskFact>()) tell_desk(record, *fact);
    if (const auto* fact = record.fact<RolloutFact>())
      add(record, "rollout",
          fmt::format("rollout of {} to revision {} {}", fact->deployment, fact->revision,
                      fact->change == RolloutChange::deadline_exceeded ? "exceeds its deadline"
                                                                       : to_string(fact->change)));
    if (const auto* fact = record.fact<WorkloadFact>()) tell_workload(record, *fact);
    if (const auto* fact = record.fact<ResponderFact>()) tell_responder(record, *fact);
    tell_harm(record);
  }

  std::vector<TimelineEntry> finish() {
    end_reads();
    return std::move(entries_);
  }

 private:
  void add(const Record& record, const char* what, std::string text) {
    end_reads();
    entries_.push_back({record.at, what, std::move(text), record.number});
  }

  // Reads that follow each other become one line.
  void tell_request(const Record& record, const RequestRecord& request) {
    if (is_mutating(request)) {
      add(record, "request",
          fmt::format("{} {} {}: {}", request.actor, verb_word(request.verb), object_of(request.path),
                      request.status));
      return;
    }
    if (!is_read(request)) return;  // the desk tells by its facts
    if (reads_ > 0 && (request.actor != reader_ || record.at - first_read_.at > 5min)) end_reads();
    if (reads_++ == 0) {
      first_read_ = {record.at, "request", object_of(request.path), record.number};
      reader_ = request.actor;
    }
  }

  void end_reads() {
    if (reads_ == 0) return;
    first_read_.text = reads_ == 1
                           ? fmt::format("{} reads {}", reader_, first_read_.text)
                           : fmt::format("{} reads {} and {} more", reader_, first_read_.text, reads_ - 1);
    entries_.push_back(first_read_);
    reads_ = 0;
  }

  void tell_fault(const Record& record, const FaultFact& fact) {
    add(record, "fault",
        fact.active ? fmt::format("{} strikes {}: {}", fact.kind, fact.target, first_line(fact.detail))
                    : fmt::format("{} on {} is over", fact.kind, fact.target));
  }

  void tell_desk(const Record& record, const DeskFact& fact) {
    const std::string text = first_line(fact.text);
    const auto say = [&](const std::string& words) { add(record, "desk", fact.actor + " " + words); };
    switch (fact.action) {
      case DeskAction::acknowledged:
        return say(fmt::format("acknowledges page {}", fact.page));
      case DeskAction::declared:
        return say(fmt::format("declares {}: {}", fact.severity, text));
      case DeskAction::message:
        return say(fmt::format("writes to {}: {}", joined(fact.to), text));
      case DeskAction::status_update:
        return say("posts a status update: " + text);
      case DeskAction::notified:
        return say(fmt::format("notifies {}: {}", joined(fact.to), text));
      case DeskAction::ticket:
        return say("opens a ticket: " + text);
      case DeskAction::hypothesis:
        return say("suspects: " + text);
      case DeskAction::resolved:
        return say("closes the incident: " + text);
      case DeskAction::postmortem:
        return say("writes the post-mortem");
    }
  }

  void tell_harm(const Record& record) {
    if (const auto* fact = record.fact<DataFact>())
      add(record, "data",
          fmt::format("committed writes missing: {}{}", fact->lost_writes,
                      fact->at_risk ? "; data is at risk" : ""));
    if (const auto* fact = record.fact<IntruderFact>())
      add(record, "intruder",
          fact->active ? "intruder: " + first_line(fact->step) : "the intruder can no longer act");
    if (const auto* fact = record.fact<AgentFact>())
      add(record, "agents",
          fmt::format("agents of type {} {}", fact->agent_type, fact->failing ? "fail" : "work again"));
    const auto* trace = record.fact<EvidenceFact>();
    if (trace && trace->change != EvidenceChange::exists)
      add(record, "evidence",
          fmt::format("{} of {} is {}", trace->item, trace->where, to_string(trace->change)));
  }

  void tell_workload(const Record& record, const WorkloadFact& fact) {
    const std::string name = fact.namespace_ + "/" + fact.name;
    const auto before = ready_.find(name);
    const int ready_before = before == ready_.end() ? -1 : before->second;
    ready_[name] = fact.ready;
    if (fact.ready == ready_before || fact.wanted == 0) return;
    if (fact.ready == 0 && ready_before > 0)
      add(record, "rollout", fmt::format("{} has no ready pod left (of {})", fact.name, fact.wanted));
    if (fact.ready >= fact.wanted && ready_before >= 0 && ready_before < fact.wanted)
      add(record, "rollout", fmt::format("{} has all {} pods ready again", fact.name, fact.wanted));
  }

  void tell_responder(const Record& record, const ResponderFact& fact) {
    const std::string where = fact.line > 0 ? fmt::format(" ({}:{})", fact.file, fact.line) : "";
    const std::string text = first_line(fact.text);
    switch (fact.change) {
      case ResponderChange::began:
        return add(record, "responder", fact.responder + " begins");
      case ResponderChange::step:
        return add(record, "responder", fmt::format("step{}: {}", where, text));
      case ResponderChange::cannot_run:
        return add(record, "responder", fmt::format("cannot run{}: {}", where, text));
      case ResponderChange::needs_judgement:
        return add(record, "responder", fmt::format("needs judgement{}: {}", where, text));
      case ResponderChange::finished:
        return add(record, "responder", fact.responder + " has finished");
      case ResponderChange::failed:
        return add(record, "responder", fmt::format("{} has failed: {}", fact.responder, text));
    }
  }

  std::vector<TimelineEntry> entries_;
  std::map<std::string, int> ready_;  // [workload], of the fact before
  std::size_t reads_ = 0;
  std::string reader_;
  TimelineEntry first_read_;
};

void add_milestones(const CaseFile& file, std::vector<TimelineEntry>& entries) {
  const Timestamps& t = file.times;
  const auto add = [&](std::optional<SimTime> at, const char* text) {
    if (at) entries.push_back({*at, "milestone", text, file.users_record(*at)});
  };
  add(t.tI, "tI: users begin to feel it");
  add(t.tM, "tM: mitigated; from here on users are served well");
  if (t.tR != t.tM) add(t.tR, "tR: resolved; the cause is gone and service holds");
}

}  // namespace

std::vector<TimelineEntry> timeline_of(const CaseFile& file) {
  Storyteller storyteller;
  for (const Record& record : file.journal.records) storyteller.tell(record);
  std::vector<TimelineEntry> entries = storyteller.finish();
  add_milestones(file, entries);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const TimelineEntry& a, const TimelineEntry& b) { return a.at < b.at; });
  return entries;
}

std::vector<std::string> instructions_with(const CaseFile& file, ResponderChange change) {
  std::vector<std::string> findings;
  for (const auto& entry : file.evidence.responder) {
    const ResponderFact& fact = *entry.what;
    if (fact.change == change) findings.push_back(fmt::format("{}:{}: {}", fact.file, fact.line, fact.text));
  }
  return findings;
}

}  // namespace muster
