#include <fmt/format.h>

#include <algorithm>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

std::string rating_class(Rating rating) {
  return rating == Rating::not_observed ? "rating-none" : fmt::format("rating-{}", rating_letter(rating));
}

std::string deduction_item(const Deduction& deduction, const std::vector<TimelineRow>& rows) {
  return fmt::format("<li><span class=\"minus\">−{}</span> {} {}</li>\n", points_text(deduction.points),
                     escape_markup(deduction.text), record_links(deduction.records, rows));
}

std::string task_card(const TaskScore& task, const std::vector<TimelineRow>& rows) {
  std::string out = "<article class=\"task\">\n<div class=\"task-head\">";
  out += fmt::format("<span class=\"rating {}\"><b>{}</b> {}</span>", rating_class(task.rating),
                     rating_letter(task.rating), rating_words(task.rating));
  out += element("span", "group", task.group);
  if (task.rating != Rating::not_observed)
    out += fmt::format("<span class=\"points\"><b>{}</b> of 100</span>", points_text(task.points));
  out += "</div>\n";
  out += element("h3", "", task.objective.empty() ? task.id : task.objective) + "\n";
  if (!task.why.empty()) out += element("p", "why", task.why) + "\n";
  if (!task.deductions.empty()) {
    out += "<ul class=\"deductions\">\n";
    for (const Deduction& deduction : task.deductions) out += deduction_item(deduction, rows);
    out += "</ul>\n";
  }
  return out + "</article>\n";
}

}  // namespace

std::string record_links(const std::vector<std::uint64_t>& records, const std::vector<TimelineRow>& rows) {
  std::string out;
  for (const std::uint64_t number : records) {
    const bool has_row = std::any_of(rows.begin(), rows.end(), [number](const TimelineRow& row) {
      return row.is_anchor && row.entry.record == number;
    });
    out += has_row ? fmt::format("<a class=\"ref\" href=\"#r{0}\">#{0}</a> ", number)
                   : fmt::format("<span class=\"ref\">#{}</span> ", number);
  }
  return out;
}

std::string tasks_section(const Scorecard& card, const std::vector<TimelineRow>& rows) {
  std::string out = "<section id=\"tasks\" aria-labelledby=\"tasks-h\">\n<h2 id=\"tasks-h\">Tasks</h2>\n";
  if (card.tasks.empty()) out += "<p>The scenario sets no task.</p>\n";
  out += "<div class=\"tasks\">\n";
  for (const TaskScore& task : card.tasks) out += task_card(task, rows);
  return out + "</div>\n</section>\n";
}

}  // namespace muster::reports
