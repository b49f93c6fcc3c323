// What runs in the pods. RE2 checks the patterns of the config rules.
#include <fmt/format.h>
#include <re2/re2.h>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

constexpr std::int64_t image_bytes_max = std::int64_t{1} << 40;

EndpointBehaviour read_endpoint_behaviour(const YamlNode& node, ProfileContext& context) {
  MapReader map(node, "an endpoint of an image", context.errors);
  EndpointBehaviour behaviour;
  behaviour.path = map.text("path");
  behaviour.service_time_factor = map.number("serviceTimeFactor", 0.001, 1000, 1.0);
  behaviour.error_probability = map.share("errors", 0.0);
  map.finish();
  return behaviour;
}

WorkerKind read_worker_kind(MapReader& map) {
  const std::string word = map.text("workerKind", "thread");
  if (word == "process") return WorkerKind::process;
  if (word == "eventLoop") return WorkerKind::event_loop;
  if (word != "thread")
    map.fail("workerKind", fmt::format("no such kind of workers \"{}\"{}", word,
                                       expected_one_of(word, {"thread", "process", "eventLoop"})));
  return WorkerKind::thread;
}

MemoryProfile read_memory(const YamlNode& node, ReadContext& errors) {
  MapReader map(node, "the memory", errors);
  MemoryProfile memory;
  memory.base = map.whole("baseBytes", 0, image_bytes_max, 0);
  memory.per_worker = map.whole("perWorkerBytes", 0, image_bytes_max, 0);
  memory.per_request = map.whole("perRequestBytes", 0, image_bytes_max, 0);
  memory.garbage_per_request = map.whole("garbagePerRequestBytes", 0, image_bytes_max, 0);
  memory.garbage_limit = map.whole("garbageLimitBytes", 0, image_bytes_max, 0);
  memory.collector_cost = map.number("collectorCost", 0, 100, 0.0);
  map.finish();
  return memory;
}

/// How it serves: kind of workers, processors, memory, what it refuses.
void read_serving(MapReader& map, AppProfile& app) {
  app.worker_kind = read_worker_kind(map);
  const Setting workers = number_setting(map, "workers", 1, 10'000, 8);
  app.workers = static_cast<int>(workers.value);
  app.workers_env = workers.env;
  app.cores = map.number("cores", 0, 1024, 0.0);
  if (map.node("queueTimeout")) app.queue_timeout = service_time(map, "queueTimeout");
  app.limit = rate_limit(map, "rateLimit");
  if (const YamlNode* memory = map.node("memory")) app.memory = read_memory(*memory, map.context());
}

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
  image.leak_per_request = map.whole("leakPerRequestBytes", 0, image_bytes_max, 0);
  image.leak_per_second = map.whole("leakPerSecondBytes", 0, image_bytes_max, 0);
  for (const YamlNode& item : map.items("endpoints"))
    image.endpoints.push_back(read_endpoint_behaviour(item, context));
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
  app.backlog = static_cast<int>(map.whole("backlog", 0, 100'000, 128));
  app.stop_time = map.duration("stopTime", 1s);
  read_serving(map, app);
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
