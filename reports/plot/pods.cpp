#include <fmt/format.h>

#include <algorithm>

#include "reports/plot/plots.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

constexpr double row_height = 64, row_text = 22, row_gap = 10;

/// The value of `field` over time as steps, up to the end of the axis.
std::vector<Point> steps(const Frame& frame, const Scale& scale, const Workload& workload,
                         int PodCount::*field, SimTime end) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < workload.changes.size(); ++i) {
    const PodCount& change = workload.changes[i];
    const double y = scale.at(change.*field);
    const SimTime until = i + 1 < workload.changes.size() ? workload.changes[i + 1].at : end;
    if (!points.empty() && points.back().y == y) {
      points.back().x = frame.x(until);
      continue;
    }
    points.push_back({frame.x(change.at), y});
    points.push_back({frame.x(until), y});
  }
  return points;
}

int most_pods(const Workload& workload) {
  int most = 1;
  for (const PodCount& change : workload.changes) most = std::max({most, change.ready, change.wanted});
  return most;
}

void draw_area(Canvas& canvas, std::vector<Point> edge, double ground) {
  if (edge.empty()) return;
  const double from = edge.front().x, to = edge.back().x;
  edge.push_back({to, ground});
  edge.push_back({from, ground});
  canvas.polyline(edge, "fill-ready", true);
}

void draw_revisions(Canvas& canvas, const Frame& frame, const Workload& workload, double top) {
  std::int64_t shown = workload.changes.empty() ? 0 : workload.changes.front().revision;
  double free_from = 0;
  for (const PodCount& change : workload.changes) {
    if (change.revision == shown) continue;
    shown = change.revision;
    const double at = frame.x(change.at);
    canvas.line({at, top}, {at, top + 8}, "axis-line");
    if (at < free_from) continue;
    free_from = at + 40;
    canvas.text({at + 3, top + 9}, fmt::format("rev {}", shown), "mark-text");
  }
}

void draw_workload(Canvas& canvas, const Frame& frame, const Workload& workload, double top, SimTime end) {
  const double ground = top + row_text + row_height;
  const int most = most_pods(workload);
  const Scale scale = Scale::linear(most, ground, top + row_text);
  canvas.text({frame.left(), top + 12}, frame.is_narrow() ? workload.short_name : workload.name, "row-name");
  for (const int value : {0, most})
    canvas.text({frame.left() - 6, scale.at(value) + 4}, fmt::format("{}", value), "axis", Anchor::end);
  canvas.line({frame.left(), ground}, {frame.right(), ground}, "axis-line");
  const std::vector<Point> ready = steps(frame, scale, workload, &PodCount::ready, end);
  draw_area(canvas, ready, ground);
  canvas.polyline(ready, "line-ready");
  canvas.polyline(steps(frame, scale, workload, &PodCount::wanted, end), "line-wanted");
  draw_revisions(canvas, frame, workload, top + row_text + 2);
}

}  // namespace

std::string pods_plot(const Scene& scene, const std::vector<Workload>& workloads, Width width) {
  const std::size_t rows = std::min(std::max<std::size_t>(workloads.size(), 1), max_workloads);
  const double row = row_height + row_text + row_gap;
  const Frame frame(scene, width, static_cast<double>(rows) * row);
  Canvas canvas(frame.width(), frame.height(), width == Width::wide ? "pods-w" : "pods-n",
                "Pods ready and wanted", pods_sentence(workloads, scene.end));
  frame.draw_ground(canvas);
  frame.draw_values(canvas, Scale::linear(1, frame.bottom(), frame.top()), {}, "pods");
  for (std::size_t i = 0; i < std::min(workloads.size(), rows); ++i)
    draw_workload(canvas, frame, workloads[i], frame.top() + static_cast<double>(i) * row, scene.end);
  frame.draw_marks(canvas);
  return canvas.take();
}

std::string pods_sentence(const std::vector<Workload>& workloads, SimTime end) {
  std::string sentence;
  for (const Workload& workload : workloads) {
    SimDuration short_of{0};
    int fewest = most_pods(workload);
    bool was_full = false;  // starting up is not an incident
    for (std::size_t i = 0; i < workload.changes.size(); ++i) {
      const PodCount& change = workload.changes[i];
      was_full = was_full || change.ready >= change.wanted;
      if (!was_full || change.ready >= change.wanted) continue;
      short_of += (i + 1 < workload.changes.size() ? workload.changes[i + 1].at : end) - change.at;
      fewest = std::min(fewest, change.ready);
    }
    if (short_of > 0s)
      sentence += fmt::format("{} was short of ready pods for {}, with {} ready at the least. ",
                              workload.name, duration_text(short_of), fewest);
  }
  if (workloads.empty()) return "No workload changed during the drill.";
  if (sentence.empty()) return "Every workload kept the pods it wanted ready.";
  sentence.pop_back();
  return sentence;
}

}  // namespace muster::reports
