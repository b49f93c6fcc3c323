#include <fmt/format.h>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

std::string signed_duration(SimDuration d) {
  return (d < 0s ? "" : "+") + duration_text(d);
}

std::string calendar(const Scorecard& card, SimTime at) {
  const Result<Epoch> epoch = parse_epoch(card.epoch);
  return epoch ? format_rfc3339(epoch.value(), at).substr(11, 8) : std::string("-");
}

std::string row(const Scorecard& card, const Milestone& milestone, const std::optional<SimTime>& previous) {
  std::string out = milestone.at ? "<tr>" : "<tr class=\"absent\">";
  out +=
      fmt::format("<th scope=\"row\"><span class=\"chip\">{}</span> {}</th>", milestone.sign, milestone.name);
  if (!milestone.at) return out + "<td colspan=\"4\">did not happen</td></tr>\n";
  const SimTime at = *milestone.at;
  out += element("td", "num", format_clock(at)) + element("td", "num utc", calendar(card, at));
  out += element("td", "num", previous ? signed_duration(at - *previous) : "");
  out += element("td", "num", card.timestamps.tI ? signed_duration(at - *card.timestamps.tI) : "");
  return out + "</tr>\n";
}

std::string stretch_cards(const Scorecard& card) {
  std::string out = "<dl class=\"stretches\">\n";
  for (const Stretch& stretch : stretches(card.timestamps))
    out += fmt::format(
        "<div><dt><span class=\"soft\">Time to</span> <b>{}</b><small>{}</small></dt><dd{}>{}</dd></div>\n",
        stretch.name, stretch.from_to, stretch.time ? "" : " class=\"absent\"",
        stretch.time ? duration_text(*stretch.time) : "not reached");
  return out + "</dl>\n";
}

}  // namespace

std::string milestones_section(const Scorecard& card) {
  std::string out =
      "<section id=\"milestones\" aria-labelledby=\"milestones-h\">\n<h2 "
      "id=\"milestones-h\">Milestones</h2>\n";
  out += stretch_cards(card);
  out +=
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-labelledby=\"milestones-h\"><table>\n<thead><tr>"
      "<th scope=\"col\">Milestone</th><th scope=\"col\" class=\"num\">Offset</th>"
      "<th scope=\"col\" class=\"num utc\">UTC</th><th scope=\"col\" class=\"num\">Step</th>"
      "<th scope=\"col\" class=\"num\">Since impact</th></tr></thead>\n<tbody>\n";
  std::optional<SimTime> previous;
  for (const Milestone& milestone : milestones_by_time(card.timestamps)) {
    out += row(card, milestone, previous);
    if (milestone.at) previous = milestone.at;
  }
  return out + "</tbody></table></div>\n</section>\n";
}

}  // namespace muster::reports
