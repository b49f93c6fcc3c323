// The scorecard for a terminal.
#include <fmt/format.h>

#include <algorithm>

#include "reports/markup.hpp"
#include "reports/reports.hpp"
#include "reports/words.hpp"

namespace muster {
namespace {

using namespace reports;

constexpr std::size_t width = 100;

/// The bytes of the first `count` characters.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    do {
      ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    --count;
  }
  return at;
}

/// Collects lines; long ones are broken at spaces and go on under `indent`.
class Sheet {
 public:
  void line(std::string_view text, std::size_t indent = 2) {
    std::string rest = plain_line(text);
    std::size_t margin = 0;
    while (columns(rest) + margin > width) {
      const std::size_t room = bytes_of(rest, width - margin);
      std::size_t cut = rest.rfind(' ', room);
      if (cut == std::string::npos || cut == 0 || rest.find_first_not_of(' ') > cut) cut = room;
      put(rest.substr(0, cut), margin);
      rest.erase(0, std::min(rest.find_first_not_of(' ', cut), rest.size()));
      margin = indent;
    }
    put(rest, margin);
  }
  void heading(std::string_view title) {
    out_ += '\n';
    line(title);
  }
  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view text, std::size_t margin) {
    out_.append(margin, ' ');
    out_ += text;
    out_.erase(out_.find_last_not_of(' ') + 1);
    out_ += '\n';
  }
  std::string out_;
};

std::string in_parentheses(const std::string& text) {
  return text.empty() ? text : " (" + text + ")";
}

void verdict(Sheet& sheet, const Scorecard& card) {
  sheet.line(fmt::format("{}: {}", card.scenario, card.passed ? "PASSED" : "FAILED"));
  sheet.line(fmt::format("seed {}, model {}, {} of virtual time, ended by: {}", card.seed, card.model,
                         duration_text(card.horizon - sim_start), card.end_reason));
  if (!card.responders.empty())
    sheet.line(fmt::format("responders: {}", fmt::join(card.responders, ", ")), 12);
  sheet.line(fmt::format("service restored: {} - {}", card.restored ? "yes" : "NO", card.restored_why));
  std::string scores = fmt::format("score: {} of 100", points_text(card.total));
  for (const auto& [group, points] : card.sub_scores)
    scores += fmt::format(", {} {}", group, points_text(points));
  sheet.line(scores);
}

void gates(Sheet& sheet, const Scorecard& card) {
  sheet.heading("Gates");
  for (const GateResult& gate : card.gates)
    sheet.line(fmt::format("  {:<7} {}: {}{}", gate.met ? "met" : "NOT MET", spaced(gate.name), gate.why,
                           in_parentheses(records_text(gate.records))),
               10);
}

void milestone_table(Sheet& sheet, const Scorecard& card) {
  sheet.heading("Milestones");
  for (const Milestone& milestone : milestones_by_time(card.timestamps))
    sheet.line(fmt::format("  {:<4} {:>8}  {}", milestone.sign,
                           milestone.at ? format_clock(*milestone.at) : "-", milestone.name));
  for (const Stretch& stretch : stretches(card.timestamps))
    if (stretch.time)
      sheet.line(fmt::format("  time to {:<12} {:>10}  {}", stretch.name, duration_text(*stretch.time),
                             stretch.from_to));
}

/// The timeline without what people read and typed; that is in report.html.
bool is_story(const TimelineEntry& entry) {
  return entry.what != "request" && entry.what != "responder";
}

void story(Sheet& sheet, const Scorecard& card) {
  constexpr std::size_t lines_max = 60;
  sheet.heading("What happened");
  std::size_t told = 0, left_out = 0;
  for (const TimelineEntry& entry : card.timeline) {
    if (!is_story(entry)) continue;
    if (++told > lines_max)
      ++left_out;
    else
      sheet.line(fmt::format("  {:>8}  {:<9}  {}", format_clock(entry.at), entry.what, entry.text), 23);
  }
  if (told == 0) sheet.line("  nothing");
  if (left_out > 0) sheet.line(fmt::format("  and {} lines more; report.html has all", left_out));
}

void tasks(Sheet& sheet, const Scorecard& card) {
  sheet.heading("Tasks (P, S, M, U: performed without, with some, with major challenges, unable)");
  for (const TaskScore& task : card.tasks) {
    sheet.line(fmt::format("  {} {:>5}  {} [{}] {}", rating_letter(task.rating), points_text(task.points),
                           task.id, task.group, task.objective),
               11);
    if (!task.why.empty()) sheet.line("           " + task.why, 11);
    for (const Deduction& deduction : task.deductions)
      sheet.line(fmt::format("           -{}: {}{}", points_text(deduction.points), deduction.text,
                             in_parentheses(records_text(deduction.records))),
                 13);
  }
}

void metrics(Sheet& sheet, const Scorecard& card) {
  sheet.heading("Metrics");
  for (const Metric& metric : card.metrics)
    sheet.line(fmt::format("  {:<32} {:>16}  {}", spaced(metric.name), value_text(metric), metric.meaning),
               52);
}

void severity(Sheet& sheet, const Scorecard& card) {
  if (card.severity_truth.empty()) return;
  sheet.heading("True severity");
  for (const SeveritySpan& span : card.severity_truth)
    sheet.line(fmt::format("  {:>8} - {:>8}  {:<4} {}", format_clock(span.from), format_clock(span.to),
                           span.severity.empty() ? "none" : span.severity, span.clause),
               28);
}

void findings(Sheet& sheet, const Scorecard& card) {
  if (card.findings.empty() && card.judgements.empty()) return;
  sheet.heading("Findings about the instructions");
  for (const std::string& finding : card.findings) sheet.line("  - " + finding, 4);
  if (card.judgements.empty()) return;
  sheet.line(fmt::format(
                 "  {} passages of prose need a person's judgement; scorecard.json and report.html list them",
                 card.judgements.size()),
             4);
}

void seal(Sheet& sheet, const Scorecard& card) {
  sheet.heading(fmt::format("fingerprint {}", card.fingerprint));
  sheet.line(fmt::format("sealed after {} records: {}", card.seal_records, card.seal_head));
  if (!card.signature.empty()) sheet.line("signature " + card.signature);
}

}  // namespace

std::string report_text(const Scorecard& card) {
  Sheet sheet;
  verdict(sheet, card);
  gates(sheet, card);
  milestone_table(sheet, card);
  story(sheet, card);
  tasks(sheet, card);
  metrics(sheet, card);
  severity(sheet, card);
  findings(sheet, card);
  seal(sheet, card);
  return sheet.take();
}

}  // namespace muster
