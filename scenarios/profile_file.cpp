#include "scenarios/profile_file.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include "scenarios/map_reader.hpp"

namespace muster {

namespace {

// Bounds are far beyond any real system; they keep sums and products within their types.
constexpr double rate_max = 1e5;  // requests per second
constexpr std::int64_t count_max = 1'000'000;
constexpr double sigma_max = 3;  // of the logarithm: a p99 of a thousand medians
constexpr SimDuration time_max = 24h;
constexpr std::int64_t image_bytes_max = std::int64_t{1} << 40;

class ProfileReader {
 public:
  explicit ProfileReader(const std::string& file) { context_.file = file; }

  Result<ProfileFile> read(const YamlNode& root) {
    MapReader map(root, "a profile", context_);
    map.whole("muster", 1, 1);
    result_.profile.name = map.text("name");
    const auto& services = map.items("services", "a list of services");
    for (std::size_t i = 0; i < services.size(); ++i)
      read_service(services[i], fmt::format("services.{}", i));
    const auto& apps = map.items("apps", "a list of what runs in the pods");
    for (std::size_t i = 0; i < apps.size(); ++i) read_app(apps[i], fmt::format("apps.{}", i));
    if (const YamlNode* cluster = map.node("cluster")) read_cluster(*cluster);
    map.finish();
    if (context_.first_error) return *context_.first_error;
    return std::move(result_);
  }

 private:
  void remember(const MapReader& map, const std::string& prefix, const std::string& key) {
    result_.places[prefix + "." + key] = map.at(key).where(context_.file);
  }

  SimDuration positive(MapReader& map, const std::string& key, std::optional<SimDuration> fallback = {}) {
    const SimDuration value = map.duration(key, fallback);
    if (map.node(key) && (value <= SimDuration::zero() || value > time_max))
      map.fail(key,
               fmt::format("\"{}\": expected more than 0s and at most {}", key, format_duration(time_max)));
    return value;
  }

  // "8s" is always 8 s; {median: 8s, sigma: 0.4} and {mean: 8s, sigma: 0.4} vary.
  LognormalTime lognormal_time(MapReader& parent, const std::string& key,
                               std::optional<LognormalTime> fallback) {
    const YamlNode* node = parent.node(key, fallback ? nullptr : "a duration, or median and sigma");
    if (!node) return fallback.value_or(LognormalTime{});
    if (node->is_scalar()) return LognormalTime{positive(parent, key), 0};
    MapReader map(*node, "a time", context_);
    const double sigma = map.number("sigma", 0, sigma_max, 0.0);
    const bool by_mean = map.node("mean") != nullptr;
    if (by_mean && map.node("median")) map.fail("mean", "a time has a mean or a median, not both");
    const SimDuration middle = positive(map, by_mean ? "mean" : "median");
    map.finish();
    return by_mean ? LognormalTime::from_mean(middle, sigma) : LognormalTime{middle, sigma};
  }

  ServiceTime service_time(MapReader& parent, const std::string& key) {
    const YamlNode* node = parent.node(key, "a duration, or mean and sigma");
    if (!node) return {};
    if (node->is_scalar()) return {ServiceTime::Kind::deterministic, positive(parent, key), 0};
    MapReader map(*node, "a service time", context_);
    ServiceTime time;
    const std::string law = map.text("law", "lognormal");
    if (law == "constant")
      time.kind = ServiceTime::Kind::deterministic;
    else if (law == "exponential")
      time.kind = ServiceTime::Kind::exponential;
    else if (law != "lognormal")
      map.fail("law", fmt::format("no such law \"{}\"{}", law,
                                  expected_one_of(law, {"lognormal", "exponential", "constant"})));
    time.mean = positive(map, "mean");
    const bool varies = time.kind == ServiceTime::Kind::lognormal;
    time.sigma = varies ? map.number("sigma", 0, sigma_max) : 0;
    map.finish();
    return time;
  }

  EndpointProfile endpoint(const YamlNode& node) {
    MapReader map(node, "an endpoint", context_);
    EndpointProfile endpoint;
    endpoint.method = map.text("method", "GET");
    endpoint.path = map.text("path");
    endpoint.feature = map.text("feature");
    endpoint.share = map.share("share");
    endpoint.service_time = service_time(map, "serviceTime");
    endpoint.client_error_probability = map.share("clientErrors", 0.0);
    map.finish();
    if (!endpoint.path.starts_with('/')) map.fail("path", "\"path\": expected one that begins with /");
    return endpoint;
  }

  void read_service(const YamlNode& node, const std::string& place) {
    MapReader map(node, "a service", context_);
    ServiceProfile service;
    service.name = map.text("name");
    service.namespace_ = map.text("namespace");
    service.kubernetes_service = map.text("kubernetesService", service.name);
    service.host = map.text("host", "");
    service.probe_paths = map.texts("probePaths");
    service.latency_objective = positive(map, "latencyObjective", 500ms);
    if (const YamlNode* traffic = map.node("traffic", "requestsPerSecond, users and deadline"))
      service.traffic = read_traffic(*traffic);
    const auto& endpoints = map.items("endpoints", "a list of endpoints");
    for (const YamlNode& item : endpoints) service.endpoints.push_back(endpoint(item));
    map.finish();
    if (map.node("endpoints") && endpoints.empty())
      map.fail("endpoints", "\"endpoints\": expected at least one");
    normalise(service, map);
    remember(map, place, "kubernetesService");
    remember(map, place, "namespace");
    result_.profile.services.push_back(std::move(service));
  }

  TrafficProfile read_traffic(const YamlNode& node) {
    MapReader map(node, "the traffic", context_);
    TrafficProfile traffic;
    traffic.requests_per_second = map.number("requestsPerSecond", 0, rate_max);
    traffic.users = static_cast<std::uint32_t>(map.whole("users", 1, count_max));
    traffic.deadline = positive(map, "deadline", 10s);
    map.finish();
    return traffic;
  }

  void normalise(ServiceProfile& service, MapReader& map) {
    double sum = 0;
    for (const EndpointProfile& endpoint : service.endpoints) sum += endpoint.share;
    if (sum <= 0 && !service.endpoints.empty())
      map.fail("endpoints", "the shares of the endpoints sum up to nothing");
    for (EndpointProfile& endpoint : service.endpoints) endpoint.share = sum > 0 ? endpoint.share / sum : 0;
  }

  void read_app(const YamlNode& node, const std::string& place) {
    MapReader map(node, "an app", context_);
    AppProfile app;
    app.namespace_ = map.text("namespace");
    app.workload = map.text("workload");
    app.container = map.text("container", app.workload);
    app.workers = static_cast<int>(map.whole("workers", 1, 10'000, 8));
    app.backlog = static_cast<int>(map.whole("backlog", 0, 100'000, 128));
    app.stop_time = map.duration("stopTime", 1s);
    for (const YamlNode& item : map.items("images")) app.images.push_back(image(item));
    for (const YamlNode& item : map.items("config")) {
      app.config.push_back(config_rule(item));
      result_.places[place + ".config." + app.config.back().key] = item.where(context_.file);
    }
    map.finish();
    if (app.images.empty() && map.node("images"))
      map.fail("images", "\"images\": expected at least one pattern");
    remember(map, place, "workload");
    remember(map, place, "container");
    remember(map, place, "images");
    result_.profile.apps.push_back(std::move(app));
  }

  ImageBehaviour image(const YamlNode& node) {
    MapReader map(node, "an image", context_);
    ImageBehaviour image;
    image.pattern = map.text("pattern");
    image.boot = lognormal_time(map, "boot", image.boot);
    if (map.node("crashAfter")) image.crash_after = lognormal_time(map, "crashAfter", {});
    image.exit_code = static_cast<int>(map.whole("exitCode", 0, 255, 1));
    image.crash_log = map.texts("crashLog");
    image.service_time_factor = map.number("serviceTimeFactor", 0.001, 1000, 1.0);
    image.error_probability = map.share("errors", 0.0);
    image.size_bytes = map.whole("sizeBytes", 0, image_bytes_max, image.size_bytes);
    map.finish();
    return image;
  }

  ConfigRule config_rule(const YamlNode& node) {
    MapReader map(node, "a config rule", context_);
    ConfigRule rule;
    rule.key = map.text("key");
    rule.pattern = map.text("pattern", ".*");
    rule.required = map.flag("required", true);
    rule.log = map.texts("log");
    rule.exit_code = static_cast<int>(map.whole("exitCode", 0, 255, 1));
    map.finish();
    const RE2 pattern(rule.pattern, RE2::Quiet);
    if (!pattern.ok())
      map.fail("pattern", fmt::format("not a regular expression (RE2): {}", pattern.error()));
    return rule;
  }

  void read_cluster(const YamlNode& node) {
    MapReader map(node, "the cluster", context_);
    ClusterProfile& cluster = result_.profile.cluster;
    cluster.controller = lognormal_time(map, "controller", cluster.controller);
    cluster.schedule = lognormal_time(map, "schedule", cluster.schedule);
    cluster.sandbox = lognormal_time(map, "sandbox", cluster.sandbox);
    cluster.endpoint_propagation = lognormal_time(map, "endpointPropagation", cluster.endpoint_propagation);
    cluster.pull_bytes_per_second =
        map.number("pullBytesPerSecond", 1e3, 1e12, cluster.pull_bytes_per_second);
    map.finish();
  }

  ReadContext context_;
  ProfileFile result_;
};

}  // namespace

Result<ProfileFile> parse_profile(const std::string& text, const std::string& file_name) {
  const auto root = read_yaml(text, file_name);
  if (!root) return root.error();
  return ProfileReader(file_name).read(*root);
}

}  // namespace muster
