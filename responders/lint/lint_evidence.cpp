// What a step shows less of than it seems to, and what is lost before it is kept.
#include <fmt/format.h>

#include <algorithm>

#include "responders/lint/page_text.hpp"
#include "responders/lint/runbook_page.hpp"
#include "responders/runbook/placeholder_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

bool names_workload(const StepCommand& command) {
  for (const char* type :
       {"deployment/", "deploy/", "statefulset/", "sts/", "daemonset/", "ds/", "service/", "svc/"})
    if (!command.beginning(type).empty()) return true;
  return false;
}

void check_logs(RunbookPage& page, const StepCommand& command, int line) {
  if (!command.kubectl("logs")) return;
  if (names_workload(command))
    page.warn("logs-of-one-pod", line, "logs",
              "shows one pod of several, which may be the healthy one; -l shows all");
}

void check_events(RunbookPage& page, const StepCommand& command, int line) {
  if (command.kubectl("get events") || command.kubectl("events"))
    page.note("events-expire", line, "events",
              "events are gone an hour after their last repeat, and repeats are one line with a count");
}

/// An interpreter that is started beside the process in question.
void check_new_process(RunbookPage& page, const StepCommand& command, int line) {
  if (!command.kubectl("exec")) return;
  const auto dashes = std::find(command.words.begin(), command.words.end(), "--");
  if (dashes == command.words.end() || dashes + 1 == command.words.end()) return;
  const std::string& program = *(dashes + 1);
  const bool interpreter = program == "python" || program == "python3" || program == "node" ||
                           program == "ruby" || program == "java";
  if (interpreter)
    page.warn("new-process-in-the-container", line, program,
              "starts a new process, which sees nothing of the running one, and whose memory counts against "
              "the same limit");
}

bool is_about_evidence(const RunbookPage& page, std::size_t step) {
  const std::string matter = page.matter_of(step);
  return matter.find("evidence") != std::string::npos || matter.find("capture") != std::string::npos;
}

bool keeps(const RunbookPage& page, const StepCommand& command) {
  return is_about_evidence(page, command.step) ||
         without_placeholders(page.document().steps[command.step].text).find('>') != std::string::npos;
}

bool destroys(const StepCommand& command) {
  return command.kubectl("delete pod") || command.kubectl("delete pods") ||
         command.kubectl("rollout restart") || command.kubectl("rollout undo");
}

/// Of a section that is about evidence: what of the volatile things it takes.
void check_completeness(RunbookPage& page, const RunbookSection& section) {
  bool logs = false, previous = false, events = false;
  std::size_t first = 0;
  int kept = 0;
  for (const StepCommand& command : page.commands()) {
    if (command.step < section.first_step || command.step >= section.end_step) continue;
    if (!is_about_evidence(page, command.step)) continue;
    if (kept++ == 0) first = command.step;
    logs = logs || command.kubectl("logs");
    previous = previous || command.has("--previous") || command.has("-p");
    events = events || command.kubectl("get events") || command.kubectl("events");
  }
  const bool breach = mentions(section.title, "breach|intru|compromis|security");
  const std::string text = text_of(page, section);
  std::vector<std::string> lacking;
  if (!previous) lacking.emplace_back("the log of the instance before (--previous)");
  if (!events) lacking.emplace_back("the events");
  if (breach && !mentions(text, "audit")) lacking.emplace_back("the audit log");
  if (breach &&
      !mentions(text, R"(\b(ps|ss|netstat|process(es)?|memory dump|snapshot|kubectl (cp|debug))\b)"))
    lacking.emplace_back("processes, connections and files of the running container");
  if (!logs || lacking.empty()) return;
  const std::string missing = join(lacking, ", ");
  page.warn("evidence-incomplete", page.document().steps[first].line, "kubectl",
            fmt::format("not kept: {}; all of it is gone with the pod or soon after", missing));
}

/// Writes something somewhere that outlives the pod.
bool puts_away(const RunbookPage& page, const StepCommand& command) {
  const std::string text = without_placeholders(page.document().steps[command.step].text);
  return mentions(text, R"([^2&>]>\s*[^&\s]|\btee\b|kubectl cp|\boc cp|gsutil|aws s3|kubectl debug)");
}

/// A section that speaks of a dump to look at later, writes none, and then takes the pod away.
void check_kept(RunbookPage& page, const RunbookSection& section) {
  if (!mentions(
          text_of(page, section),
          R"(\b(heap dump|core dump|thread dump|capture|evidence|investigate offline|analy[sz]e .{0,20}dump)\b)"))
    return;
  for (const StepCommand& command : page.commands()) {
    if (command.step < section.first_step || command.step >= section.end_step) continue;
    if (puts_away(page, command)) return;
    if (destroys(command))
      return page.warn(
          "evidence-not-kept", page.document().steps[command.step].line, "kubectl",
          "takes the pod away, and no step before has written anything to where it outlives the pod");
  }
}

/// A leak begins anew in the next process, at the same pace.
void check_leak(RunbookPage& page, const RunbookSection& section) {
  const std::string text = text_of(page, section);
  if (!mentions(section.title, R"(\bleaks?\b)") ||
      mentions(
          text,
          R"(roll(ing)? ?back|rollout undo|previous (version|release)|fix|hotfix|come back|comes back|again)"))
    return;
  for (const StepCommand& command : page.commands())
    if (command.step >= section.first_step && command.step < section.end_step && destroys(command))
      return page.warn(
          "leak-comes-back", page.document().steps[command.step].line, "kubectl",
          "empties the memory, and the leak fills it again at the same pace: nothing here goes back to a "
          "release without it");
}

/// A step that destroys in front of one that keeps.
void check_order(RunbookPage& page, const RunbookSection& section) {
  const StepCommand* lost = nullptr;
  for (const StepCommand& command : page.commands()) {
    if (command.step < section.first_step || command.step >= section.end_step) continue;
    if (!lost && destroys(command)) lost = &command;
    if (lost && command.step > lost->step && keeps(page, command)) {
      const RunbookStep& step = page.document().steps[lost->step];
      return page.error("evidence-destroyed-first", step.line, "kubectl",
                        fmt::format("logs and memory of the pod are gone when line {} wants to keep them",
                                    page.document().steps[command.step].line));
    }
  }
}

}  // namespace

void lint_evidence(RunbookPage& page) {
  for (const StepCommand& command : page.commands()) {
    const int line = page.document().steps[command.step].line;
    check_logs(page, command, line);
    check_events(page, command, line);
    check_new_process(page, command, line);
  }
  const auto& sections = page.document().sections;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const bool has_parts = i + 1 < sections.size() && sections[i + 1].level > sections[i].level;
    if (has_parts) continue;  // a chapter, whose parts nobody follows in one go
    check_completeness(page, sections[i]);
    check_order(page, sections[i]);
    check_kept(page, sections[i]);
    check_leak(page, sections[i]);
  }
}

}  // namespace muster
