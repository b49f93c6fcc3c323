#include "drill/live_drill.hpp"
#include "server/doors.hpp"
#include "server/wall_clock.hpp"

namespace muster {
namespace {

class LiveDoor final : public Door {
 public:
  LiveDoor(std::unique_ptr<LiveDrill> drill, WallClock clock, SimTime end)
      : drill_(std::move(drill)), clock_(clock), end_(end) {}

  bool advance() override {
    drill_->advance_to(std::min(clock_.now(), end_));
    return drill_->now() < end_;
  }
  Answer handle(const Request& request) override { return drill_->submit(request); }

 private:
  std::unique_ptr<LiveDrill> drill_;
  WallClock clock_;
  SimTime end_;
};

/// One moment: requests are answered, time does not pass.
class HeldDoor final : public Door {
 public:
  explicit HeldDoor(std::unique_ptr<LiveDrill> drill) : drill_(std::move(drill)) {}
  bool advance() override { return true; }
  Answer handle(const Request& request) override { return drill_->submit(request); }

 private:
  std::unique_ptr<LiveDrill> drill_;
};

}  // namespace

// The clock is read first and again after the run-up, which takes wall time: serving begins a little later
// than `begin_at`, but virtual now is wall now from the first request on.
Result<std::unique_ptr<Door>> open_live_drill(const LiveOptions& options) {
  const SimDuration begin = options.hold.value_or(options.begin_at);
  const WallClock clock(sim_start + begin);
  auto drill = LiveDrill::load(options.drill, clock.epoch());
  if (!drill) return drill.error();
  (*drill)->advance_to(sim_start + begin);
  if (options.hold) return std::unique_ptr<Door>(std::make_unique<HeldDoor>(std::move(*drill)));
  const SimTime end = options.serve_for.count() > 0 ? clock.now() + options.serve_for : (*drill)->horizon();
  return std::unique_ptr<Door>(std::make_unique<LiveDoor>(std::move(*drill), clock, end));
}

}  // namespace muster
