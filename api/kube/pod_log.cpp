#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/kube/clues.hpp"
#include "api/kube/handlers_json.hpp"
#include "api/kube/log_stream.hpp"
#include "api/kube/status_json.hpp"
#include "cluster_model/logs/instance_log.hpp"

namespace muster::kube {

namespace {

using Phase = ContainerState::Phase;

struct LogOptions {
  std::string container;
  bool previous = false, follow = false, timestamps = false;
  std::optional<std::int64_t> tail, limit_bytes;
  std::optional<SimTime> since;
};

/// Which instance's log is shown, or why none is.
struct Instance {
  const InstanceLog* log = nullptr;
  bool ended_badly = false;
  std::string refusal;  ///< empty = shown
};

std::optional<Answer> read_count(const Call& call, const char* key, std::int64_t least,
                                 std::optional<std::int64_t>& out) {
  const std::string& text = call.url.parameter(key);
  if (text.empty()) return std::nullopt;
  std::int64_t value = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) {
    return bad_request(fmt::format("unable to decode query: {}: \"{}\" is not a whole number", key, text));
  }
  if (value < least) {
    return failure(
        422, "Invalid",
        fmt::format("PodLogOptions \"{}\" is invalid: {}: Invalid value: {}: must be greater than or equal "
                    "to {}",
                    call.path.name, key, value, least));
  }
  out = value;
  return std::nullopt;
}

std::optional<Answer> read_since(const Call& call, const Cluster& cluster, LogOptions& options) {
  std::optional<std::int64_t> seconds;
  if (auto problem = read_count(call, "sinceSeconds", 1, seconds)) return problem;
  constexpr std::int64_t century = 3'162'240'000;
  if (seconds) options.since = cluster.now() - std::chrono::seconds{std::min(*seconds, century)};
  const std::string& text = call.url.parameter("sinceTime");
  if (text.empty()) return std::nullopt;
  const Result<Epoch> at = parse_epoch(text);
  if (!at) return bad_request("unable to decode query: sinceTime: " + at.error().message);
  options.since = SimTime{std::chrono::seconds{at->unix_seconds - cluster.epoch().unix_seconds}};
  return std::nullopt;
}

std::optional<Answer> read_options(const Call& call, const Cluster& cluster, LogOptions& options) {
  options.container = call.url.parameter("container");
  options.previous = call.url.flag("previous");
  options.follow = call.url.flag("follow");
  options.timestamps = call.url.flag("timestamps");
  if (auto problem = read_count(call, "tailLines", 0, options.tail)) return problem;
  if (auto problem = read_count(call, "limitBytes", 1, options.limit_bytes)) return problem;
  return read_since(call, cluster, options);
}

/// The container asked for; kubernetes/kubernetes pkg/registry/core/pod/strategy.go LogLocation.
std::optional<Answer> choose_container(const std::string& name, const Pod& pod, std::string& container) {
  const auto& containers = pod.spec.containers;
  if (container.empty() && containers.size() == 1) container = containers.front().name;
  if (container.empty()) {
    std::string names;
    for (const Container& one : containers) names += (names.empty() ? "" : " ") + one.name;
    return bad_request(
        fmt::format("a container name must be specified for pod {}, choose one of: [{}]", name, names));
  }
  const bool known = std::any_of(containers.begin(), containers.end(),
                                 [&](const Container& one) { return one.name == container; });
  if (known) return std::nullopt;
  return bad_request(fmt::format("container {} is not valid for pod {}", container, name));
}

std::string waiting_words(const std::string& reason) {
  if (reason == "ErrImagePull") return "image can't be pulled";
  if (reason == "ImagePullBackOff") return "trying and failing to pull image";
  return reason.empty() ? "ContainerCreating" : reason;
}

/// kubernetes/kubernetes pkg/kubelet/kubelet_pods.go validateContainerLogStatus.
Instance choose_instance(const Object& pod, const ContainerStatus* status, const LogOptions& options,
                         const ContainerLogs& logs) {
  const std::string& uid = pod.meta.uid;
  const ContainerState none;
  const ContainerState& state = status ? status->state : none;
  const ContainerState& last = status ? status->last_state : none;
  const auto* current = logs.current(uid, options.container);
  // While a container waits for its next start, the current log is still that of the instance that ended.
  const bool waits = state.phase != Phase::running && state.phase != Phase::terminated;
  const auto* ended = waits ? current : logs.previous(uid, options.container);
  const bool ended_before = last.phase == Phase::terminated;
  if (options.previous) {
    if (ended_before) return {ended, last.exit_code != 0, {}};
    return {nullptr, false,
            fmt::format("previous terminated container \"{}\" in pod \"{}\" not found", options.container,
                        pod.meta.name)};
  }
  if (state.phase == Phase::running) return {current, false, {}};
  if (state.phase == Phase::terminated) return {current, state.exit_code != 0, {}};
  if (ended_before) return {ended, last.exit_code != 0, {}};
  return {nullptr, false,
          fmt::format("container \"{}\" in pod \"{}\" is waiting to start: {}", options.container,
                      pod.meta.name, waiting_words(state.reason))};
}

std::vector<std::string> chosen_lines(const Instance& instance, const LogOptions& options, Epoch epoch) {
  std::vector<std::string> lines;
  if (!instance.log) return lines;
  for (const LogLine& line : instance.log->lines()) {
    if (options.since && line.at < *options.since) continue;
    lines.push_back(log_text(line, options.timestamps, epoch));
  }
  if (options.tail && static_cast<std::uint64_t>(*options.tail) < lines.size()) {
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(*options.tail));
  }
  return lines;
}

Answer log_answer(const std::vector<std::string>& lines, const LogOptions& options, bool ended_badly) {
  Answer answer;
  answer.content_type = "text/plain";
  for (const std::string& line : lines) answer.body += line + "\n";
  if (options.limit_bytes && static_cast<std::uint64_t>(*options.limit_bytes) < answer.body.size()) {
    answer.body.resize(static_cast<std::size_t>(*options.limit_bytes));
  }
  Clues clues;
  add_log_clues(clues, lines, ended_badly);
  answer.clues = sorted(clues);
  return answer;
}

const ContainerStatus* find_status(const Pod& pod, const std::string& container) {
  for (const ContainerStatus& status : pod.status.containers) {
    if (status.name == container) return &status;
  }
  return nullptr;
}

}  // namespace

Answer get_log(const Call& call, const Cluster& cluster) {
  const ObjectPtr object = cluster.objects().find(call.path.key());
  if (!object) return not_found(call.type(), call.path.name);
  const Pod& pod = object->as<Pod>();
  LogOptions options;
  if (auto problem = read_options(call, cluster, options)) return *problem;
  if (auto problem = choose_container(call.path.name, pod, options.container)) return *problem;
  if (pod.spec.node_name.empty()) return log_answer({}, options, false);  // no host yet, so nothing to ask
  const ContainerStatus* status = find_status(pod, options.container);
  const Instance instance = choose_instance(*object, status, options, cluster.logs());
  if (!instance.refusal.empty()) return bad_request(instance.refusal);
  Answer answer = log_answer(chosen_lines(instance, options, cluster.epoch()), options, instance.ended_badly);
  if (options.follow && !options.previous) {
    const LogPosition seen = instance.log ? instance.log->end() : LogPosition{};
    answer.stream = std::make_shared<LogStream>(cluster, object->key(), object->meta.uid, options.container,
                                                seen, options.timestamps);
  }
  return answer;
}

}  // namespace muster::kube
