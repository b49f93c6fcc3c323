// Metrics, true severity and findings.
#include <fmt/format.h>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"
#include "reports/plot/frame.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

std::string open(std::string_view id, std::string_view title) {
  return fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n", id,
                     title);
}

std::string open_table(std::string_view id) {
  return fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}-h\"><table>\n", id);
}

constexpr std::string_view close_table = "</tbody></table></div>\n";

std::string severity_row(const SeveritySpan& span) {
  std::string out = "<tr>" + element("td", "num", format_clock(span.from)) +
                    element("td", "num", format_clock(span.to)) +
                    element("td", "num", duration_text(span.to - span.from));
  if (span.severity.empty()) {
    out += "<td>none</td>";
  } else {
    out += fmt::format("<td><span class=\"chip {}\">{}</span></td>", severity_class(span.severity),
                       escape_markup(span.severity));
  }
  return out + element("td", "", span.clause) + "</tr>\n";
}

}  // namespace

std::string severity_section(const Scorecard& card) {
  std::string out = open("severity", "True severity");
  if (card.severity_truth.empty())
    return out + "<p>Nothing met the definition of an incident.</p>\n</section>\n";
  out += open_table("severity");
  out +=
      "<thead><tr><th scope=\"col\" class=\"num\">From</th><th scope=\"col\" class=\"num\">To</th>"
      "<th scope=\"col\" class=\"num\">For</th><th scope=\"col\">Severity</th>"
      "<th scope=\"col\">Definition that held</th></tr></thead>\n<tbody>\n";
  for (const SeveritySpan& span : card.severity_truth) out += severity_row(span);
  out += close_table;
  if (!card.severity_gaps.empty()) out += element("p", "note", card.severity_gaps) + "\n";
  return out + "</section>\n";
}

std::string metrics_section(const Scorecard& card) {
  std::string out = open("metrics", "Metrics");
  if (card.metrics.empty()) return out + "<p>No metric was computed.</p>\n</section>\n";
  out += open_table("metrics");
  out +=
      "<thead><tr><th scope=\"col\">Metric</th><th scope=\"col\" class=\"num\">Value</th>"
      "</tr></thead>\n";
  std::string group = "\n";  // no group's name
  for (const Metric& metric : card.metrics) {
    if (metric.group != group) {
      out += group == "\n" ? "<tbody>\n" : "</tbody><tbody>\n";
      group = metric.group;
      out += fmt::format("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"2\">{}</th></tr>\n",
                         escape_markup(group));
    }
    out += fmt::format("<tr><th scope=\"row\"><b>{}</b><span class=\"meaning\">{}</span></th>",
                       escape_markup(spaced(metric.name)), escape_markup(metric.meaning));
    out += element("td", metric.value ? "num" : "num absent", value_text(metric)) + "</tr>\n";
  }
  return out + std::string(close_table) + "</section>\n";
}

namespace {

std::string list_of(const std::vector<std::string>& lines) {
  std::string out = "<ol class=\"findings\">\n";
  for (const std::string& line : lines) out += element("li", "", line) + "\n";
  return out + "</ol>\n";
}

}  // namespace

std::string findings_section(const Scorecard& card) {
  std::string out = open("findings", "Findings about the instructions");
  out += card.findings.empty() ? "<p>Every command of the instructions could be run.</p>\n"
                               : list_of(card.findings);
  if (!card.judgements.empty()) {
    out += fmt::format(
        "<details><summary>{} passages of prose need a person's judgement</summary>\n{}</details>\n",
        card.judgements.size(), list_of(card.judgements));
  }
  return out + "</section>\n";
}

}  // namespace muster::reports
