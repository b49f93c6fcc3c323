#include <fmt/format.h>

#include "reports/plot/plots.hpp"
#include "reports/words.hpp"

namespace muster::reports {
namespace {

double share_of(const UserMinute& minute) {
  return minute.seen == 0 ? 0 : static_cast<double>(minute.affected) / static_cast<double>(minute.seen);
}

}  // namespace

std::string users_plot(const Scene& scene, const Traffic& traffic, Width width) {
  const Frame frame(scene, width, 130);
  Canvas canvas(frame.width(), frame.height(), width == Width::wide ? "users-w" : "users-n",
                "Share of users affected", users_sentence(traffic));
  const Scale scale = Scale::linear(1, frame.bottom(), frame.top());
  frame.draw_ground(canvas);
  frame.draw_values(canvas, scale, {{0, "0"}, {0.5, "50"}, {1, "100"}}, "% users");
  for (std::size_t i = 0; i < traffic.minutes.size(); ++i) {
    const double y = scale.at(share_of(traffic.minutes[i]));
    if (y >= frame.bottom()) continue;
    const SimTime from = sim_start + static_cast<std::int64_t>(i) * 1min;
    const double left = frame.x(from) + 0.5, right = frame.x(from + 1min) - 0.5;
    if (right > left) canvas.box({left, y}, right - left, frame.bottom() - y, "fill-users");
  }
  frame.draw_marks(canvas);
  return canvas.take();
}

std::string users_sentence(const Traffic& traffic) {
  std::size_t worst = 0, hit = 0;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < traffic.minutes.size(); ++i) {
    seen += traffic.minutes[i].seen;
    if (traffic.minutes[i].affected > 0) ++hit;
    if (share_of(traffic.minutes[i]) > share_of(traffic.minutes[worst])) worst = i;
  }
  if (seen == 0) return "No user was seen during the drill.";
  if (hit == 0) return "No user met a failure or a slow reply.";
  return fmt::format("At worst {} % of the users of one minute met a failure or a slow reply (at {}).",
                     number_text(100 * share_of(traffic.minutes[worst])),
                     format_clock(sim_start + static_cast<std::int64_t>(worst) * 1min));
}

}  // namespace muster::reports
