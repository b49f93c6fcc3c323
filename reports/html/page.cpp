// The page: one file, no script, nothing loaded from elsewhere.
#include <fmt/format.h>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"
#include "reports/reports.hpp"
#include "reports/words.hpp"

namespace muster {
namespace {

using namespace reports;

std::string head(const Scorecard& card) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";
  out += element("title", "",
                 fmt::format("{}: {} - drill report", card.scenario, card.passed ? "passed" : "failed"));
  return out + "\n<style>" + std::string(style_sheet()) + "</style>\n</head>\n";
}

std::string term(std::string_view name, std::string_view value) {
  return "<div>" + element("dt", "", name) + element("dd", "", value) + "</div>\n";
}

std::string masthead(const Scorecard& card) {
  std::string responders = fmt::format("{}", fmt::join(card.responders, ", "));
  if (responders.empty()) responders = "nobody";
  std::string out =
      "<header class=\"masthead\"><div class=\"inner\">\n<p class=\"eyebrow\">Muster drill report</p>\n";
  out += element("h1", "", card.scenario) + "\n<dl class=\"facts\">\n";
  out += term("Responders", responders);
  out += term("Starts", card.epoch);
  out += term("Virtual time", duration_text(card.horizon - sim_start));
  out += term("Ended by", card.end_reason);
  out += term("Seed", fmt::format("{}", card.seed));
  return out + "</dl>\n</div></header>\n";
}

std::string navigation() {
  return "<nav aria-label=\"Parts of the report\"><div class=\"inner\"><a href=\"#scorecard\">Scorecard</a>"
         "<a href=\"#milestones\">Milestones</a><a href=\"#users\">What users got</a><a "
         "href=\"#tasks\">Tasks</a>"
         "<a href=\"#metrics\">Metrics</a><a href=\"#severity\">Severity</a><a "
         "href=\"#findings\">Findings</a>"
         "<a href=\"#timeline\">Timeline</a></div></nav>\n";
}

std::string footer(const Scorecard& card) {
  std::string out = "<footer><div class=\"inner\">\n<dl class=\"seal\">\n";
  out += term("Fingerprint of the run", card.fingerprint);
  out += term("Sealed records", fmt::format("{}", card.seal_records));
  out += term("Head of the chain (SHA-256)", card.seal_head);
  out += term("Signature (Ed25519)", card.signature.empty() ? "not signed" : card.signature);
  out += term("Model version", fmt::format("{}", card.model));
  return out +
         "</dl>\n<p>The journal is the drill: the same scenario, seed and requests give the same run and "
         "this page, "
         "byte for byte.</p>\n</div></footer>\n";
}

}  // namespace

std::string report_html(const Scorecard& card, const Journal& journal, const Baselines& baselines) {
  const std::vector<TimelineRow> rows = timeline_rows(card, journal);
  std::string out = head(card);
  out += "<body>\n<a class=\"skip\" href=\"#scorecard\">Skip to the scorecard</a>\n";
  out += pattern_definitions();
  out += masthead(card) + navigation() + "<main class=\"inner\">\n";
  out += verdict_section(card);
  out += milestones_section(card);
  out += plots_section(card, journal, baselines);
  out += tasks_section(card, rows);
  out += metrics_section(card);
  out += severity_section(card);
  out += findings_section(card);
  out += timeline_section(card, rows);
  return out + "</main>\n" + footer(card) + "</body>\n</html>\n";
}

}  // namespace muster
