// What runs in the pods. RE2 checks the patterns of the config rules.
#include <fmt/format.h>
#include <re2/re2.h>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

constexpr std::int64_t image_bytes_max = std::int64_t{1} << 40;

ImageBehaviour read_image(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "an image", context.errors);
  ImageBehaviour image;
  image.pattern = map.text("pattern");
  image.boot = lognormal_time(map, "boot", image.boot);
  if (map.node("crashAfter")) image.crash_after = lognormal_time(map, "crashAfter", {});
  if (map.node("runsFor")) image.runs_for = lognormal_time(map, "runsFor", {});
  image.exit_code = static_cast<int>(map.whole("exitCode", 0, 255, 1));
  image.crash_log = map.texts("crashLog");
  image.service_time_factor = map.number("serviceTimeFactor", 0.001, 1000, 1.0);
  image.error_probability = map.share("errors", 0.0);
  image.size_bytes = map.whole("sizeBytes", 0, image_bytes_max, image.size_bytes);
  map.finish();
  return image;
}

ConfigRule read_config_rule(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "a config rule", context.errors);
  ConfigRule rule;
  rule.key = map.text("key");
  rule.pattern = map.text("pattern", ".*");
  rule.required = map.flag("required", true);
  const std::string from = map.text("from", "environment");
  rule.from_volume = from == "volume";
  if (from != "volume" && from != "environment")
    map.fail("from", fmt::format("\"from\": expected environment or volume, found \"{}\"", from));
  rule.log = map.texts("log");
  rule.exit_code = static_cast<int>(map.whole("exitCode", 0, 255, 1));
  map.finish();
  const RE2 pattern(rule.pattern, RE2::Quiet);
  if (!pattern.ok()) map.fail("pattern", fmt::format("not a regular expression (RE2): {}", pattern.error()));
  return rule;
}

}  // namespace

void read_app(const YamlNode& node, const std::string& place, ProfileContext& context) {
  MapReader map(node, "an app", context.errors);
  AppProfile app;
  app.namespace_ = map.text("namespace");
  app.workload = map.text("workload");
  app.container = map.text("container", app.workload);
  app.workers = static_cast<int>(map.whole("workers", 1, 10'000, 8));
  app.backlog = static_cast<int>(map.whole("backlog", 0, 100'000, 128));
  app.stop_time = map.duration("stopTime", 1s);
  for (const YamlNode& item : map.items("images")) app.images.push_back(read_image(item, context));
  for (const YamlNode& item : map.items("config")) {
    app.config.push_back(read_config_rule(item, context));
    context.result.places[place + ".config." + app.config.back().key] = item.where(context.errors.file);
  }
  map.finish();
  if (app.images.empty() && map.node("images"))
    map.fail("images", "\"images\": expected at least one pattern");
  context.remember(map, place, "workload");
  context.remember(map, place, "container");
  context.remember(map, place, "images");
  context.result.profile.apps.push_back(std::move(app));
}

}  // namespace muster
