#include "tests/unit/workloads/session.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/kube/codec.hpp"
#include "cluster_model/control_plane.hpp"
#include "cluster_model/controllers/garbage_collector.hpp"
#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/pod_facts.hpp"
#include "telemetry/yaml_json.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;
constexpr Epoch epoch{1'762'006'800};  // 2025-11-01T14:20:00Z

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

Object named(const char* api_version, const char* kind, const std::string& name) {
  Object object;
  object.api_version = api_version;
  object.kind = kind;
  object.meta.name = name;
  return object;
}

std::vector<ImageBehaviour> behaviours() {
  const auto image = [](const char* pattern) {
    ImageBehaviour behaviour;
    behaviour.pattern = pattern;
    behaviour.boot = {4s, 0};
    behaviour.size_bytes = 50'000'000;
    return behaviour;
  };
  ImageBehaviour bad = image("*:bad"), done = image("*:done"), longer = image("*:long");
  bad.crash_after = LognormalTime{3s, 0};
  done.runs_for = LognormalTime{20s, 0};
  longer.runs_for = LognormalTime{600s, 0};
  return {image("*:ok*"), bad, done, longer};
}

/// Users of the Service "web": each request takes 20 ms of processor time.
ServiceProfile users(double requests_per_second) {
  ServiceProfile web;
  web.name = web.kubernetes_service = "web";
  web.namespace_ = "prod";
  web.traffic.requests_per_second = requests_per_second;
  EndpointProfile endpoint;
  endpoint.path = "/";
  Step work;
  work.kind = Step::Kind::cpu;
  work.time = {ServiceTime::Kind::deterministic, 20ms, 0};
  endpoint.steps = {work};
  web.endpoints = {endpoint};
  return web;
}

SystemSpec small_cluster(int nodes, double rate) {
  SystemSpec system;
  if (rate > 0) system.profile.services = {users(rate)};
  ClusterProfile& cluster = system.profile.cluster;
  cluster.controller = {50ms, 0};
  cluster.schedule = {500ms, 0};
  cluster.sandbox = {1500ms, 0};
  cluster.endpoint_propagation = {1s, 0};
  cluster.provision = {3s, 0};
  for (const char* workload : {"db", "agent", "work", "nightly", "web"}) {
    AppProfile app;
    app.namespace_ = "prod";
    app.workload = workload;
    app.images = behaviours();
    system.profile.apps.push_back(app);
  }
  Object home = named("v1", "Namespace", "prod");
  home.body = Namespace_{};
  system.objects.push_back(home);
  for (int i = 1; i <= nodes; ++i) {
    Object node = named("v1", "Node", fmt::format("node-{}", i));
    node.meta.labels = {{"kubernetes.io/hostname", node.meta.name}, {"disk", i == 1 ? "ssd" : "hdd"}};
    Node body;
    body.cpu_millis = 4000;
    body.memory_bytes = std::int64_t{16} << 30;
    node.body = body;
    system.objects.push_back(node);
  }
  return system;
}

const char* api_version_for(const std::string& kind) {
  for (int number = 0; number < static_cast<int>(Kind::Other); ++number) {
    if (kind == to_string(static_cast<Kind>(number))) return api_version_of(static_cast<Kind>(number));
  }
  return "v1";
}

std::string status_column(const Object& object) {
  const auto& pod = object.as<Pod>();
  if (object.meta.deletion_at) return "Terminating";
  for (const ContainerStatus& container : pod.status.containers) {
    if (!container.state.reason.empty()) return container.state.reason;
  }
  return pod.status.reason.empty() ? pod.status.phase : pod.status.reason;
}

/// Versions, uids and generated hashes say nothing to a reader.
void drop_noise(Json& json) {
  if (json.is_array()) {
    for (Json& element : json) drop_noise(element);
  } else if (json.is_object()) {
    for (const char* key : {"observedGeneration", "collisionCount", "lastTransitionTime", "lastUpdateTime"})
      json.erase(key);
    for (auto& [key, value] : json.items()) drop_noise(value);
  }
}

}  // namespace

Session::Session(const std::string& set_up) {
  int nodes = 3;
  double rate = 0;
  for (const std::string& word : words_of(set_up)) {
    if (word.starts_with("nodes=")) nodes = std::stoi(word.substr(6));
    if (word.starts_with("rate=")) rate = std::stod(word.substr(5));
  }
  world_ = std::make_unique<World>(engine_, facts_, small_cluster(nodes, rate), 7, epoch);
}

Session::~Session() = default;

std::string Session::run(const std::string& command, const std::string& block) {
  const std::vector<std::string> words = words_of(command);
  const std::string& verb = words[0];
  std::string output;
  if (verb == "apply") {
    output = apply(block);
  } else if (verb == "patch") {
    output = patch(words, command);
  } else if (verb == "delete") {
    output = remove(words);
  } else if (verb == "advance") {
    output = advance(words[1]);
  } else if (verb == "crash" || verb == "heal") {
    if (verb == "crash") world_->control_plane().nodes().crash(words[1]);
    if (verb == "heal") world_->control_plane().nodes().heal(words[1]);
  } else if (verb == "pods") {
    output = pods();
  } else if (verb == "list") {
    output = list(words[1]);
  } else if (verb == "status") {
    output = status(words[1], words[2]);
  } else if (verb == "users") {
    output = users_since();
  } else if (verb == "metrics") {
    output = metrics(words[1]);
  } else if (verb == "events") {
    output = events(words[1]);
  } else {
    output = "unknown command " + verb + "\n";
  }
  learn_names();
  return shown(output);
}

/// What users got since the last look: "ok 250, unavailable 12".
std::string Session::users_since() {
  const BalancerCounters now = world_->requests().balancer_counters(0);
  std::string text;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const std::uint64_t more = now[i] - users_seen_[i];
    if (more > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", to_string(static_cast<Outcome>(i)), more);
  }
  users_seen_ = now;
  return (text.empty() ? "nobody asked" : text) + "\n";
}

std::string Session::apply(const std::string& yaml) {
  const auto node = read_yaml(yaml, "session");
  if (!node) return node.error().text() + "\n";
  const auto json = yaml_to_json(*node, "session");
  if (!json) return json.error().text() + "\n";
  auto object = kube::object_from_json(*json, epoch);
  if (!object) return object.error().text() + "\n";
  if (is_namespaced(object->key().kind)) object->meta.namespace_ = "prod";
  const auto created = world_->create(*std::move(object), "tester");
  return created ? "" : created.error().text() + "\n";
}

ObjectPtr Session::find(const std::string& kind, const std::string& name) const {
  Object object = named(api_version_for(kind), kind.c_str(), real_name(name));
  if (is_namespaced(object.key().kind)) object.meta.namespace_ = "prod";
  return world_->objects().find(object.key());
}

std::string Session::patch(const std::vector<std::string>& words, const std::string& command) {
  const ObjectPtr object = find(words[1], words[2]);
  if (!object) return "not found\n";
  Json json = Json::parse(kube::object_to_json(*object, epoch));
  json.merge_patch(Json::parse(command.substr(command.find('{'))));
  auto next = kube::object_from_json(json.dump(), epoch);
  if (!next) return next.error().text() + "\n";
  const auto written = world_->update(*std::move(next), "tester");
  return written ? "" : written.error().text() + "\n";
}

std::string Session::remove(const std::vector<std::string>& words) {
  const ObjectPtr object = find(words[1], words[2]);
  if (!object) return "not found\n";
  if (words.size() > 3) {  // as api/kube/deletes.cpp does it
    Object held = *object;
    held.meta.finalizers.push_back(words[3] == "orphan" ? orphan_finalizer : foreground_finalizer);
    if (const auto written = world_->update(held, "tester"); !written) return written.error().text() + "\n";
  }
  const auto removed = world_->remove(object->key(), {}, "tester");
  return removed ? "" : removed.error().text() + "\n";
}

std::string Session::advance(const std::string& duration) {
  const SimTime end = engine_.now() + parse_duration(duration).value();
  while (engine_.now() < end) {
    engine_.run_until(std::min(end, engine_.now() + SimDuration(1s)));
    learn_names();
  }
  world_->check_invariants();
  return {};
}

void Session::learn_names() {
  std::vector<ObjectPtr> objects = world_->objects().list(Kind::Pod, "prod");
  for (const ObjectPtr& claim : world_->objects().list(Kind::PersistentVolumeClaim, "prod"))
    aliases_.try_emplace(claim->meta.uid, "UID");
  std::stable_sort(objects.begin(), objects.end(),
                   [](const ObjectPtr& a, const ObjectPtr& b) { return a->meta.created < b->meta.created; });
  for (const ObjectPtr& pod : objects) {
    const OwnerReference* owner = controller_of(pod->meta);
    if (!owner || owner->kind == "StatefulSet" || aliases_.contains(pod->meta.name)) continue;
    std::string whose = owner->name;
    if (owner->kind == "ReplicaSet") whose = whose.substr(0, whose.rfind('-'));
    aliases_[pod->meta.name] = fmt::format("{}/{}", whose, ++counted_[whose]);
  }
}

std::string Session::shown(std::string text) const {
  for (const auto& [name, alias] : aliases_) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + alias.size()))
      text.replace(at, name.size(), alias);
  }
  return text;
}

std::string Session::real_name(const std::string& name) const {
  for (const auto& [real, alias] : aliases_) {
    if (alias == name) return real;
  }
  return name;
}

std::string Session::pods() const {
  std::vector<std::string> lines;
  for (const ObjectPtr& object : world_->objects().list(Kind::Pod, "prod")) {
    const auto& pod = object->as<Pod>();
    lines.push_back(
        shown(fmt::format("{} {} {} {} {} restarts={}\n", object->meta.name, pod.spec.containers[0].image,
                          is_ready(pod) ? "ready" : "unready", status_column(*object),
                          pod.spec.node_name.empty() ? "nowhere" : pod.spec.node_name, restarts_of(pod))));
  }
  std::stable_sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, ""));
}

std::string Session::list(const std::string& kind) const {
  const Kind known = kind_of(api_version_for(kind), kind);
  std::string text;
  for (const ObjectPtr& object : world_->objects().list(known, is_namespaced(known) ? "prod" : "")) {
    text += object->meta.name;
    if (object->meta.deletion_at) text += " deleting";
    text += "\n";
  }
  return text;
}

std::string Session::status(const std::string& kind, const std::string& name) const {
  const ObjectPtr object = find(kind, name);
  if (!object) return "not found\n";
  Json json = Json::parse(kube::object_to_json(*object, epoch));
  Json found = json.value("status", Json::object());
  drop_noise(found);
  std::string text;
  for (const auto& [key, value] : found.items()) {
    if (key != "conditions") text += fmt::format("{}: {}\n", key, value.dump());
  }
  for (const Json& condition : found.value("conditions", Json::array())) {
    text += fmt::format("{}={} {}: {}\n", condition.value("type", ""), condition.value("status", ""),
                        condition.value("reason", ""), condition.value("message", ""));
  }
  return text;
}

std::string Session::events(const std::string& reason) const {
  std::vector<std::tuple<SimTime, std::uint64_t, std::string>> lines;
  for (const ObjectPtr& object : world_->objects().list(Kind::Event, "prod")) {
    const auto& event = object->as<KubeEvent>();
    if (event.reason != reason) continue;
    lines.emplace_back(event.first, object->meta.resource_version,
                       fmt::format("{} {} x{} {}: {}\n", event.type, event.component, event.count,
                                   event.involved.name, event.message));
  }
  std::stable_sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& [at, version, line] : lines) text += line;
  return text;
}

std::string Session::metrics(const std::string& prefix) const {
  class Lines final : public SampleSink {
   public:
    explicit Lines(const std::string& begin) : begin_(begin) {}
    void sample(std::string_view metric, const Labels& labels, double value) override {
      if (!metric.starts_with(begin_)) return;
      std::string line(metric);
      for (const auto& [name, value_of] : labels) {
        if (name != "namespace") line += fmt::format(" {}={}", name, value_of);
      }
      text += fmt::format("{} {}\n", line, value);
    }
    std::string text;

   private:
    const std::string& begin_;
  };
  Lines lines(prefix);
  for (const ExposedKind& exposed : exposed_workloads())
    for (const ObjectPtr& object : world_->objects().list(exposed.kind))
      exposed.expose(*object, epoch, lines);
  return lines.text;
}

std::string play_session(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::string played;
  std::unique_ptr<Session> session;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.empty() || line[0] == '#') {
      played += line + "\n";
    } else if (line.starts_with("world")) {
      session = std::make_unique<Session>(line.substr(5));
      played += line + "\n";
    } else if (line.starts_with("> ")) {
      played += line + "\n";
      std::string block;
      while (i + 1 < lines.size() && lines[i + 1].starts_with("|")) {
        played += lines[++i] + "\n";
        block += (lines[i].size() > 2 ? lines[i].substr(2) : "") + "\n";
      }
      played += session->run(line.substr(2), block);
    }
  }
  return played;
}

}  // namespace muster
