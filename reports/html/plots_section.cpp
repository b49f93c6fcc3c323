#include <fmt/format.h>

#include <algorithm>

#include "reports/html/sections.hpp"
#include "reports/markup.hpp"
#include "reports/plot/plots.hpp"
#include "scoring/rubric.hpp"

namespace muster::reports {
namespace {

std::string swatch(std::string_view css_class) {
  return fmt::format(
      "<svg class=\"swatch\" viewBox=\"0 0 22 12\" aria-hidden=\"true\"><rect class=\"{}\" width=\"22\" "
      "height=\"12\"/></svg>",
      css_class);
}

std::string stroke(std::string_view css_class) {
  return fmt::format(
      "<svg class=\"swatch\" viewBox=\"0 0 22 12\" aria-hidden=\"true\"><path class=\"{}\" d=\"M0 6L22 "
      "6\"/></svg>",
      css_class);
}

std::string legend_item(const std::string& sign, std::string_view words) {
  return fmt::format("<li>{}{}</li>", sign, escape_markup(words));
}

struct Figure {
  const char* id;
  const char* title;
  std::string sentence, wide, narrow, legend;
};

std::string render(const Figure& figure) {
  std::string out = fmt::format("<figure id=\"{}\">\n<figcaption><h3>{}</h3>", figure.id, figure.title);
  out += element("p", "", figure.sentence) + "</figcaption>\n";
  out += "<div class=\"wide\">" + figure.wide + "</div>\n<div class=\"narrow\">" + figure.narrow + "</div>\n";
  return out + "<ul class=\"legend\">" + figure.legend + "</ul>\n</figure>\n";
}

Figure outcomes(const Scene& scene, const Traffic& traffic) {
  std::string legend;
  for (std::size_t i = 0; i < band_count; ++i) {
    const bool occurs = std::any_of(traffic.bins.begin(), traffic.bins.end(),
                                    [i](const TrafficBin& bin) { return bin.counts[i] > 0; });
    const BandStyle& style = style_of(static_cast<Band>(i));
    if (occurs) legend += legend_item(swatch(style.css_class), style.name);
  }
  return {"plot-outcomes",
          "How requests ended",
          outcomes_sentence(traffic),
          outcomes_plot(scene, traffic, Width::wide),
          outcomes_plot(scene, traffic, Width::narrow),
          legend};
}

Figure latency(const Scene& scene, const Traffic& traffic, const LatencyGoal& goal) {
  std::string legend = legend_item(stroke("line-p95"), "p95 per 10 s");
  if (goal.no_fault)
    legend += legend_item(stroke("line-twin"), "the same seed without the fault, per minute");
  if (goal.objective) legend += legend_item(stroke("line-goal"), "objective");
  return {"plot-latency",
          "Latency at the user",
          latency_sentence(traffic, goal),
          latency_plot(scene, traffic, goal, Width::wide),
          latency_plot(scene, traffic, goal, Width::narrow),
          legend};
}

Figure pods(const Scene& scene, const std::vector<Workload>& workloads) {
  std::string legend =
      legend_item(swatch("fill-ready"), "ready") + legend_item(stroke("line-wanted"), "wanted");
  if (workloads.size() > max_workloads)
    legend +=
        legend_item("", fmt::format("{} more workloads are not drawn", workloads.size() - max_workloads));
  return {"plot-pods",
          "Pods ready and wanted",
          pods_sentence(workloads, scene.end),
          pods_plot(scene, workloads, Width::wide),
          pods_plot(scene, workloads, Width::narrow),
          legend};
}

Figure users(const Scene& scene, const Traffic& traffic) {
  return {"plot-users",
          "Users affected",
          users_sentence(traffic),
          users_plot(scene, traffic, Width::wide),
          users_plot(scene, traffic, Width::narrow),
          legend_item(swatch("fill-users"), "users of the minute with a failure or a slow reply")};
}

LatencyGoal goal_of(const Journal& journal, const Baselines& baselines) {
  LatencyGoal goal;
  if (const Result<Rubric> rubric = parse_rubric(journal.header.rubric_json))
    goal.objective = rubric.value().p95_max;
  for (const Baseline& run : baselines.runs)
    if (run.kind == "no_fault") goal.no_fault = &run.impact;
  return goal;
}

std::string common_legend(const Scene& scene) {
  std::string out = "<ul class=\"legend\">";
  out += legend_item(stroke("mark-fault"), "fault begins or ends");
  out += legend_item(stroke("mark-milestone"), "milestone, t0 to tX as in the table above");
  out += legend_item(stroke("mark-page"), "page (▲ below the axis)");
  std::vector<std::string> names;
  for (const SeveritySpan& span : scene.severity)
    if (!span.severity.empty() && std::find(names.begin(), names.end(), span.severity) == names.end())
      names.push_back(span.severity);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names)
    out += legend_item(swatch("band " + severity_class(name)), "true severity " + name);
  return out + "</ul>\n";
}

}  // namespace

std::string plots_section(const Scorecard& card, const Journal& journal, const Baselines& baselines) {
  const Scene scene{end_of(card, journal), marks_of(card, journal), card.severity_truth};
  const Traffic traffic = traffic_of(journal, scene.end);
  std::string out =
      "<section id=\"users\" aria-labelledby=\"users-h\">\n<h2 id=\"users-h\">What users got</h2>\n";
  out += common_legend(scene);
  out += render(outcomes(scene, traffic));
  out += render(latency(scene, traffic, goal_of(journal, baselines)));
  out += render(users(scene, traffic));
  out += render(pods(scene, workloads_of(journal)));
  return out + "</section>\n";
}

}  // namespace muster::reports
