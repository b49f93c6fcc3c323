#include "tests/unit/cluster_model/transcript.hpp"

namespace muster {

namespace {

using Options = std::map<std::string, std::string>;

std::string option(const Options& options, const std::string& name, const std::string& otherwise) {
  const auto found = options.find(name);
  return found == options.end() ? otherwise : found->second;
}

Object object(const char* api_version, const char* kind, const char* name) {
  Object made;
  made.api_version = api_version;
  made.kind = kind;
  made.meta.namespace_ = "prod";
  made.meta.name = name;
  return made;
}

IntOrPercent limit(const std::string& text) {
  return {std::stoi(text), text.back() == '%'};
}

PodTemplate web_template(const Options& options) {
  Container app;
  app.name = "app";
  app.image = option(options, "image", "web:v1");
  app.ports = {{"http", 8080}};
  app.env_from = {{false, "settings", "", false}};
  app.env = {{"TOKEN", EnvVar::From::secret, "", "keys", "token", false, {}}};
  app.resources.cpu_request = 500;
  app.resources.memory_request = std::int64_t{512} << 20;
  Probe probe;
  probe.path = "/health";
  probe.port = "http";
  if (!options.contains("no-readiness")) app.readiness = probe;
  if (options.contains("liveness")) app.liveness = probe;
  if (options.contains("startup")) app.startup = probe;
  if (options.contains("limit"))
    app.resources.memory_limit = std::int64_t{std::stoi(options.at("limit"))} << 20;
  if (options.contains("always")) app.image_pull_policy = "Always";
  if (options.contains("volume")) {
    app.mounts = {{"settings", "/etc/web", "", true, {}},
                  {"settings", "/etc/fixed/MODE_AT_START", "MODE", true, {}},
                  {"keys", "/etc/keys", "", true, {}}};
  }
  PodTemplate made;
  made.labels = {{"app", "web"}};
  made.spec.containers = {app};
  if (options.contains("init")) {
    Container migrate;
    migrate.name = "migrate";
    migrate.image = "migrate:1.0";
    made.spec.init_containers = {migrate};
  }
  if (options.contains("volume")) {
    Volume settings;
    settings.name = settings.object = "settings";
    settings.from = Volume::From::config_map;
    Volume keys;
    keys.name = keys.object = "keys";
    keys.from = Volume::From::secret;
    keys.items = {{"token", "api-token"}};
    made.spec.volumes = {settings, keys};
  }
  return made;
}

Object web_deployment(const Options& options) {
  Object made = object("apps/v1", "Deployment", "web");
  Deployment spec;
  spec.replicas = std::stoi(option(options, "replicas", "3"));
  spec.selector = {{"app", "web"}};
  spec.pod_template = std::make_shared<const PodTemplate>(web_template(options));
  spec.recreate = options.contains("recreate");
  spec.max_surge = limit(option(options, "surge", "25%"));
  spec.max_unavailable = limit(option(options, "unavailable", "25%"));
  spec.revision_history_limit = std::stoi(option(options, "history", "10"));
  made.body = spec;
  return made;
}

AgentProfile reviewers(const std::string& volume) {
  AgentProfile agents;
  agents.type = "reviewer";
  agents.namespace_ = "prod";
  agents.workload = "web";
  agents.volume = volume == "claim" ? AgentProfile::Volume::claim : AgentProfile::Volume::empty_dir;
  agents.claim = volume == "claim" ? "trees" : "";
  agents.claim_bytes = 20'000'000'000;
  agents.jobs_per_minute = 2;
  agents.duration = {1min, 0};
  agents.checkout = {5s, 0};
  agents.bytes = {800e6, 0};
  agents.files = {10'000, 0};
  agents.crash_probability = 0;
  agents.stale_worktrees = 15;
  return agents;
}

}  // namespace

SystemSpec small_system(const Options& options) {
  SystemSpec system;
  ClusterProfile& cluster = system.profile.cluster;
  cluster.controller = {50ms, 0};
  cluster.schedule = {500ms, 0};
  cluster.sandbox = {1500ms, 0};
  cluster.endpoint_propagation = {1s, 0};

  ServiceProfile service;
  service.name = "web";
  service.namespace_ = "prod";
  service.kubernetes_service = "web";
  service.traffic.requests_per_second = 5;
  EndpointProfile endpoint;
  endpoint.path = "/";
  if (options.contains("stuck")) endpoint.service_time = {ServiceTime::Kind::deterministic, 20s, 0};
  service.endpoints = {endpoint};
  system.profile.services = {service};

  AppProfile app;
  app.namespace_ = "prod";
  app.workload = "web";
  app.container = "app";
  const auto image = [](const char* pattern) {
    ImageBehaviour behaviour;
    behaviour.pattern = pattern;
    behaviour.boot = {4s, 0};
    behaviour.size_bytes = 100'000'000;
    return behaviour;
  };
  ImageBehaviour bad = image("web:bad*");
  bad.crash_after = LognormalTime{3s, 0};
  bad.crash_log = {"Traceback (most recent call last):", "KeyError: 'DATABASE_URL'"};
  ImageBehaviour slow = image("web:slow*");
  slow.boot = {45s, 0};
  ImageBehaviour leak = image("web:leak*");
  leak.leak_per_second = std::int64_t{4} << 20;
  app.memory.base = std::int64_t{100} << 20;
  app.images = {image("web:v*"), image("registry.example.com/web:v*"), bad, slow, leak};
  ConfigRule rule;
  rule.key = "MODE";
  rule.pattern = "on|off";
  rule.log = {"invalid configuration: {key}={value}"};
  app.config = {rule};
  system.profile.apps = {app};
  if (options.contains("agents")) system.profile.agents = {reviewers(options.at("agents"))};

  Object settings = object("v1", "ConfigMap", "settings");
  settings.body = ConfigData{{{"MODE", option(options, "mode", "on")}}, "", false, {}};
  Object keys = object("v1", "Secret", "keys");
  keys.body = ConfigData{{{"token", "s3cret"}}, "", false, {}};
  Object front = object("v1", "Service", "web");
  front.body = Service{{{"app", "web"}}, {{"http", "TCP", "http", 80}}, "", "", {}};
  system.objects = {settings, keys, web_deployment(options), front};
  return system;
}

}  // namespace muster
