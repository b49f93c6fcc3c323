#include "api/kube/log_stream.hpp"

#include <fmt/format.h>

namespace muster::kube {

namespace {

const ContainerStatus* status_of(const Object& object, const std::string& container) {
  for (const ContainerStatus& status : object.as<Pod>().status.containers) {
    if (status.name == container) return &status;
  }
  return nullptr;
}

}  // namespace

std::string log_text(const LogLine& line, bool timestamps, Epoch epoch) {
  if (!timestamps) return line.text;
  const std::string seconds = format_rfc3339(epoch, line.at);  // ends in "Z"
  const std::int64_t fraction = ((nanoseconds_of(line.at) % 1'000'000'000) + 1'000'000'000) % 1'000'000'000;
  return fmt::format("{}.{:09}Z {}", seconds.substr(0, seconds.size() - 1), fraction, line.text);
}

LogStream::LogStream(const Cluster& cluster, ObjectKey pod, std::string uid, std::string container,
                     LogPosition seen, bool timestamps)
    : cluster_(cluster),
      pod_(std::move(pod)),
      uid_(std::move(uid)),
      container_(std::move(container)),
      seen_(seen),
      timestamps_(timestamps) {
  const ObjectPtr object = cluster_.objects().find(pod_);
  const ContainerStatus* status = object ? status_of(*object, container_) : nullptr;
  if (status) restarts_ = status->restarts;
}

bool LogStream::instance_over() const {
  const ObjectPtr object = cluster_.objects().find(pod_);
  if (!object || object->meta.uid != uid_) return true;
  const ContainerStatus* status = status_of(*object, container_);
  return !status || status->restarts != restarts_ || status->state.phase != ContainerState::Phase::running;
}

const InstanceLog* LogStream::log() const {
  const ObjectPtr object = cluster_.objects().find(pod_);
  const ContainerStatus* status =
      object && object->meta.uid == uid_ ? status_of(*object, container_) : nullptr;
  const bool restarted = status && status->restarts != restarts_;
  return restarted ? cluster_.logs().previous(uid_, container_) : cluster_.logs().current(uid_, container_);
}

bool LogStream::has_more() const {
  const InstanceLog* followed = log();
  return followed && followed->end() != seen_;
}

std::vector<std::string> LogStream::take() {
  std::vector<std::string> lines;
  if (ended_) return lines;
  if (const InstanceLog* followed = log()) {
    for (const LogLine& line : followed->lines(seen_))
      lines.push_back(log_text(line, timestamps_, cluster_.epoch()));
    seen_ = followed->end();
  }
  ended_ = instance_over();
  return lines;
}

}  // namespace muster::kube
