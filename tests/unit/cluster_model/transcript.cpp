#include "tests/unit/cluster_model/transcript.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "cluster_model/container_logs.hpp"
#include "cluster_model/controllers/deployment_revisions.hpp"
#include "cluster_model/logs/instance_log.hpp"
#include "cluster_model/pod_facts.hpp"
#include "tests/unit/cluster_model/transcript_agents.hpp"
#include "tests/unit/cluster_model/transcript_nodes.hpp"

namespace muster {

namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::map<std::string, std::string> options_of(const std::vector<std::string>& words) {
  std::map<std::string, std::string> options;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    options[word.substr(0, equals)] = equals == std::string::npos ? "" : word.substr(equals + 1);
  }
  return options;
}

/// What kubectl's STATUS column says, for pods whose init containers do not fail.
std::string status_column(const Object& object) {
  const auto& pod = object.as<Pod>();
  if (object.meta.deletion_at) return "Terminating";
  std::size_t initialised = 0;
  for (const ContainerStatus& container : pod.status.init_containers) initialised += container.ready;
  if (initialised < pod.status.init_containers.size())
    return fmt::format("Init:{}/{}", initialised, pod.status.init_containers.size());
  for (const ContainerStatus& container : pod.status.containers) {
    if (!container.state.reason.empty()) return container.state.reason;
  }
  return pod.status.phase;
}

}  // namespace

Transcript::Transcript(const std::string& set_up) {
  const SystemSpec system = small_system(options_of(words_of(set_up)));
  world_ = std::make_unique<World>(engine_, facts_, system, 7, Epoch{1'762'000'000});
  learn_names();
}

Transcript::~Transcript() = default;

void Transcript::learn_names() {
  const auto learn = [&](Kind kind, const char* word) {
    for (const ObjectPtr& object : by_birth(world_->objects().list(kind, "prod"))) {
      const auto [found, fresh] = aliases_.try_emplace(object->meta.name, "");
      if (fresh) found->second = fmt::format("{}-{}", word, ++counted_[kind]);
    }
  };
  learn(Kind::Pod, "pod");
  learn(Kind::ReplicaSet, "set");
}

std::string Transcript::with_aliases(std::string text) {
  // Longest first: a pod's name begins with its set's.
  std::vector<std::pair<std::string, std::string>> names(aliases_.begin(), aliases_.end());
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (const auto& [name, alias] : names) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.replace(at, name.size(), alias);
    }
  }
  return text;
}

std::string Transcript::real_name(const std::string& alias) {
  for (const auto& [name, known] : aliases_) {
    if (known == alias) return name;
  }
  return alias;
}

std::vector<std::string> Transcript::with_real_names(std::vector<std::string> words) {
  for (std::string& word : words) word = real_name(word);
  return words;
}

Object Transcript::deployment() const {
  return *world_->objects().find(Kind::Deployment, "prod", "web");
}

std::string Transcript::run(const std::string& command) {
  const std::vector<std::string> words = words_of(command);
  std::string output;
  if (words[0] == "advance") {
    // In small steps, so that the order of names is the order of births.
    const SimTime end = engine_.now() + parse_duration(words[1]).value();
    while (engine_.now() < end) {
      engine_.run_until(std::min(end, engine_.now() + SimDuration(1s)));
      learn_names();
    }
    world_->check_invariants();
  } else if (const auto printed = node_command(*world_, with_real_names(words))) {
    output = *printed;
  } else if (const auto said = agent_command(*world_, with_real_names(words))) {
    output = *said;
  } else if (words[0] == "show") {
    output = show(words);
  } else {
    output = change(words[0], words);
  }
  return with_aliases(output);
}

std::string Transcript::change(const std::string& verb, const std::vector<std::string>& words) {
  Object next = deployment();
  auto& spec = next.as<Deployment>();
  PodTemplate pod_template = *spec.pod_template;
  Result<ObjectPtr> done = ObjectPtr();
  if (verb == "image") {
    pod_template.spec.containers[0].image = words[1];
  } else if (verb == "restart") {
    pod_template.annotations["restartedAt"] = format_clock(engine_.now());
  } else if (verb == "limits") {
    pod_template.spec.containers[0].resources = {};
    pod_template.spec.containers[0].resources.memory_limit = std::int64_t{std::stoi(words[1])} << 30;
  } else if (verb == "scale") {
    spec.replicas = std::stoi(words[1]);
  } else if (verb == "pause" || verb == "resume") {
    spec.paused = verb == "pause";
  } else if (verb == "undo") {  // as kubectl does it: the template of the second-highest revision
    std::vector<ObjectPtr> sets = world_->objects().list(Kind::ReplicaSet, "prod");
    std::stable_sort(sets.begin(), sets.end(), [](const ObjectPtr& a, const ObjectPtr& b) {
      return revision_of(a->meta) > revision_of(b->meta);
    });
    pod_template = *sets.at(1)->as<ReplicaSet>().pod_template;
    pod_template.labels.erase("pod-template-hash");
  } else if (verb == "config") {
    Object settings = *world_->objects().find(Kind::ConfigMap, "prod", "settings");
    settings.as<ConfigData>().data["MODE"] = words[1];
    done = world_->update(settings, "tester");
  } else if (verb == "label") {
    Object pod = *world_->objects().find(Kind::Pod, "prod", real_name(words[1]));
    if (words[2] == "app-") pod.meta.labels.erase("app");
    if (words[2] == "app=web") pod.meta.labels["app"] = "web";
    done = world_->update(pod, "tester");
  } else if (verb == "delete") {
    const ObjectKey key{words[1] == "secret"       ? Kind::Secret
                        : words[1] == "deployment" ? Kind::Deployment
                        : words[1] == "namespace"  ? Kind::Namespace
                                                   : Kind::Pod,
                        words[1] == "namespace" ? "" : "prod", real_name(words[2])};
    std::optional<SimDuration> grace;
    if (words.size() > 3) grace = parse_duration(words[3]).value();
    done = world_->remove(key, grace, "tester");
  } else if (verb == "create-secret") {
    done = world_->create(small_system({}).objects[1], "tester");
  } else if (verb == "cordon" || verb == "uncordon") {
    Object node = *world_->objects().find(Kind::Node, "", words[1]);
    node.as<Node>().unschedulable = verb == "cordon";
    done = world_->update(node, "tester");
  } else {
    return "unknown command " + verb + "\n";
  }
  const bool to_deployment = done && !done.value();
  if (to_deployment) {
    spec.pod_template = std::make_shared<const PodTemplate>(pod_template);
    done = world_->update(next, "tester");
  }
  return done ? "" : done.error().text() + "\n";
}

std::string Transcript::show(const std::vector<std::string>& words) {
  if (words[1] == "pods") return show_pods();
  if (words[1] == "sets") return show_sets();
  if (words[1] == "deployment") return show_deployment();
  if (words[1] == "endpoints") return show_endpoints();
  if (words[1] == "events") return show_events(words[2]);
  if (words[1] == "log") return show_log(words[2], words.size() > 3);
  return "cannot show " + words[1] + "\n";
}

std::string Transcript::show_pods() {
  std::string text;
  for (const ObjectPtr& object : by_birth(world_->objects().list(Kind::Pod, "prod"))) {
    const auto& pod = object->as<Pod>();
    text += fmt::format("{} {} {} {} restarts={}{}\n", object->meta.name, pod.spec.containers[0].image,
                        is_ready(pod) ? "ready" : "unready", status_column(*object), restarts_of(pod),
                        controller_of(object->meta) ? "" : " orphan");
  }
  return text;
}

std::string Transcript::show_sets() {
  std::string text;
  for (const ObjectPtr& object : by_birth(world_->objects().list(Kind::ReplicaSet, "prod"))) {
    const auto& set = object->as<ReplicaSet>();
    const auto history = object->meta.annotations.find(history_annotation);
    text += fmt::format(
        "{} revision {}{} {}: {} wanted, {} pods, {} ready\n", object->meta.name, revision_of(object->meta),
        history == object->meta.annotations.end() ? "" : " (was " + history->second + ")",
        set.pod_template->spec.containers[0].image, set.replicas, set.status.replicas, set.status.ready);
  }
  return text;
}

std::string Transcript::show_deployment() {
  const Object object = deployment();
  const auto& spec = object.as<Deployment>();
  std::string text = fmt::format("revision {}: {} wanted, {} pods, {} updated, {} ready, {} available\n",
                                 revision_of(object.meta), spec.replicas, spec.status.replicas,
                                 spec.status.updated, spec.status.ready, spec.status.available);
  for (const Condition& condition : spec.status.conditions) {
    text +=
        fmt::format("{}={} {} {}\n", condition.type, condition.status, condition.reason, condition.message);
  }
  return text;
}

std::string Transcript::show_endpoints() {
  std::string text;
  for (const ObjectPtr& object : world_->objects().list(Kind::EndpointSlice, "prod")) {
    for (const Endpoint& endpoint : object->as<EndpointSlice>().endpoints) {
      text += fmt::format("{}{}{}{}\n", endpoint.pod, endpoint.ready ? " ready" : "",
                          endpoint.serving ? " serving" : "", endpoint.terminating ? " terminating" : "");
    }
  }
  // By alias, so that the order does not depend on names.
  std::vector<std::string> lines;
  std::istringstream in(with_aliases(text));
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  std::stable_sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, ""));
}

std::string Transcript::show_events(const std::string& reason) {
  std::vector<std::tuple<SimTime, std::uint64_t, std::string>> lines;
  for (const ObjectPtr& object : world_->objects().list(Kind::Event, "prod")) {
    const auto& event = object->as<KubeEvent>();
    if (event.reason != reason) continue;
    const ObjectPtr about = world_->objects().find(event.involved);
    std::string message = event.message;
    const std::size_t uid = about ? message.find(about->meta.uid) : std::string::npos;
    if (uid != std::string::npos) message.replace(uid, about->meta.uid.size(), "UID");
    lines.emplace_back(event.first, object->meta.resource_version,
                       fmt::format("{} {} x{} {}: {}\n", event.type, event.component, event.count,
                                   event.involved.name, message));
  }
  std::stable_sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& [at, version, line] : lines) text += line;
  return text;
}

std::string Transcript::show_log(const std::string& pod, bool previous) {
  const ObjectPtr object = world_->objects().find(Kind::Pod, "prod", real_name(pod));
  if (!object) return "no such pod\n";
  const InstanceLog* log = previous ? world_->logs().previous(object->meta.uid, "app")
                                    : world_->logs().current(object->meta.uid, "app");
  if (!log) return "no such log\n";
  std::string text;
  for (const LogLine& line : log->lines())  // without the access lines, which are many
    if (!line.text.starts_with("INFO:     ")) text += line.text + "\n";
  return text;
}

std::string play(const std::string& transcript) {
  std::istringstream in(transcript);
  std::string line, played;
  std::unique_ptr<Transcript> world;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') {
      played += line + "\n";
    } else if (line.starts_with("world")) {
      world = std::make_unique<Transcript>(line.substr(5));
      played += line + "\n";
    } else if (line.starts_with("> ")) {
      played += line + "\n" + world->run(line.substr(2));
    }
  }
  return played;
}

}  // namespace muster
