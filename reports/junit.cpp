// JUnit XML, the form that build servers read. A gate that is not met and a task rated U are failures; a task
// that was not observed is skipped. There is no `time`: wall time would differ between equal runs.
#include <fmt/format.h>

#include <algorithm>

#include "reports/markup.hpp"
#include "reports/reports.hpp"
#include "reports/words.hpp"

namespace muster {
namespace {

using namespace reports;

/// "12:05 (record 17)" for each record; the time where the timeline knows it.
std::string where(const Scorecard& card, const std::vector<std::uint64_t>& records) {
  std::string text;
  for (const std::uint64_t number : records) {
    const auto entry = std::find_if(card.timeline.begin(), card.timeline.end(),
                                    [&](const TimelineEntry& e) { return e.record == number; });
    if (!text.empty()) text += ", ";
    if (entry == card.timeline.end()) {
      text += fmt::format("record {}", number);
    } else {
      text += fmt::format("{} (record {})", format_clock(entry->at), number);
    }
  }
  return text;
}

std::string property(std::string_view name, std::string_view value) {
  return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, escape_markup(value));
}

std::string properties(const Scorecard& card) {
  return "    <properties>\n" + property("seed", fmt::format("{}", card.seed)) +
         property("model", fmt::format("{}", card.model)) + property("fingerprint", card.fingerprint) +
         property("virtual_seconds", number_text(seconds_of(card.horizon))) +
         property("end_reason", card.end_reason) + property("restored", card.restored ? "true" : "false") +
         property("total", fmt::format("{}", card.total)) + "    </properties>\n";
}

std::string open_case(std::string_view class_name, std::string_view name) {
  return fmt::format("    <testcase classname=\"{}\" name=\"{}\"", escape_markup(class_name),
                     escape_markup(name));
}

std::string failure(std::string_view message, std::string_view type, std::string_view body) {
  return fmt::format("      <failure message=\"{}\" type=\"{}\">{}</failure>\n", escape_markup(message), type,
                     escape_markup(body));
}

std::string gate_case(const Scorecard& card, const GateResult& gate) {
  const std::string head = open_case(card.scenario + ".gates", gate.name);
  if (gate.met) return head + "/>\n";
  const std::string at = where(card, gate.records);
  return head + ">\n" + failure(gate.why, "gate", at.empty() ? gate.why : gate.why + "\nat " + at) +
         "    </testcase>\n";
}

std::string deduction_lines(const Scorecard& card, const TaskScore& task) {
  std::string lines;
  for (const Deduction& deduction : task.deductions)
    lines += fmt::format("\n-{} points: {}, at {}", points_text(deduction.points), deduction.text,
                         where(card, deduction.records));
  return lines;
}

std::string task_case(const Scorecard& card, const TaskScore& task) {
  const std::string head = open_case(card.scenario + ".tasks." + task.group, task.id) + ">\n";
  const std::string body =
      fmt::format("{}\nrating {}: {}, {} of 100 points\n{}{}", task.objective, rating_letter(task.rating),
                  rating_words(task.rating), points_text(task.points), task.why, deduction_lines(card, task));
  const std::string tail = "    </testcase>\n";
  if (task.rating == Rating::not_observed)
    return head +
           fmt::format("      <skipped message=\"{}\"/>\n", escape_markup("not observed: " + task.why)) +
           tail;
  if (task.rating == Rating::U) return head + failure(task.why, "task", body) + tail;
  return head + fmt::format("      <system-out>{}</system-out>\n", escape_markup(body)) + tail;
}

}  // namespace

std::string report_junit(const Scorecard& card) {
  const auto is_rated = [](Rating rating) {
    return [rating](const TaskScore& task) { return task.rating == rating; };
  };
  const auto failed_gates =
      std::count_if(card.gates.begin(), card.gates.end(), [](const GateResult& gate) { return !gate.met; });
  const auto failures =
      failed_gates + std::count_if(card.tasks.begin(), card.tasks.end(), is_rated(Rating::U));
  const auto skipped = std::count_if(card.tasks.begin(), card.tasks.end(), is_rated(Rating::not_observed));
  const std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"",
                                         card.gates.size() + card.tasks.size(), failures, skipped);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites name=\"muster\" {}>\n", counts);
  out += fmt::format("  <testsuite name=\"{}\" {}>\n", escape_markup(card.scenario), counts);
  out += properties(card);
  for (const GateResult& gate : card.gates) out += gate_case(card, gate);
  for (const TaskScore& task : card.tasks) out += task_case(card, task);
  return out + "  </testsuite>\n</testsuites>\n";
}

}  // namespace muster
