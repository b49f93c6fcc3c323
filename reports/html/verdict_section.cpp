#include <fmt/format.h>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

std::string sign(bool good) {  // a shape as well as a colour
  return good ? "<span class=\"sign good\" aria-hidden=\"true\">✓</span>"
              : "<span class=\"sign bad\" aria-hidden=\"true\">✕</span>";
}

std::string score_bar(std::string_view name, int thousandths) {
  const int length = thousandths < 0 ? 0 : thousandths > 1000 ? 1000 : thousandths;
  return fmt::format(
      "<li><span class=\"bar-name\">{}</span><span class=\"bar\"><span style=\"width:{:.1f}%\"></span></span>"
      "<span class=\"bar-points\">{}</span></li>\n",
      escape_markup(name), length / 10.0, points_text(thousandths));
}

std::string gate_row(const GateResult& gate) {
  std::string row =
      fmt::format("<li>{}<div><strong>{}</strong> <span class=\"state\">{}</span>", sign(gate.met),
                  escape_markup(spaced(gate.name)), gate.met ? "met" : "not met");
  row += element("p", "why", gate.why);
  return row + "</div></li>\n";
}

}  // namespace

std::string verdict_section(const Scorecard& card) {
  std::string out =
      "<section id=\"scorecard\" aria-labelledby=\"scorecard-h\">\n"
      "<h2 id=\"scorecard-h\">Scorecard</h2>\n<div class=\"hero\">\n";
  out +=
      fmt::format("<div class=\"card verdict {}\">{}<div><p class=\"verdict-word\">{}</p>",
                  card.passed ? "is-good" : "is-bad", sign(card.passed), card.passed ? "Passed" : "Failed");
  out += fmt::format("<p>{}</p></div></div>\n",
                     card.passed ? "Every gate was met." : "At least one gate was not met.");
  out += fmt::format("<div class=\"card verdict {}\">{}<div><p class=\"verdict-word\">{}</p>",
                     card.restored ? "is-good" : "is-bad", sign(card.restored),
                     card.restored ? "Service restored" : "Service not restored");
  out += element("p", "", card.restored_why) + "</div></div>\n";
  out += fmt::format(
      "<div class=\"card score\"><p class=\"total\"><b>{}</b> <span>of 100 points</span></p>\n<ul "
      "class=\"bars\">\n",
      points_text(card.total));
  for (const auto& [group, points] : card.sub_scores) out += score_bar(group, points);
  out += "</ul></div>\n</div>\n<h3>Gates</h3>\n<ul class=\"gates\">\n";
  for (const GateResult& gate : card.gates) out += gate_row(gate);
  if (card.gates.empty()) out += "<li><div>The scenario sets no gate.</div></li>\n";
  return out + "</ul>\n</section>\n";
}

}  // namespace muster::reports
