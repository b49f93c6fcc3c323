#include "cluster_model/event_recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cluster_model/names.hpp"

namespace muster {

EventRecorder::EventRecorder(Engine& engine, FactSink& facts, ObjectStore& store, ApiServer& api,
                             std::uint64_t seed)
    : engine_(engine), facts_(facts), store_(store), api_(api), seed_(seed), expiry_(engine, [this] {
        expire();
      }) {}

void EventRecorder::normal(const Object& about, const EventSource& source, const std::string& reason,
                           const std::string& message, const std::string& container) {
  record(about, source, "Normal", reason, message, container);
}

void EventRecorder::warning(const Object& about, const EventSource& source, const std::string& reason,
                            const std::string& message, const std::string& container) {
  record(about, source, "Warning", reason, message, container);
}

void EventRecorder::record(const Object& about, const EventSource& source, const char* type,
                           const std::string& reason, std::string message, const std::string& container) {
  const Kind kind{source.component, about.meta.uid, type, reason};
  std::string identity = message + "\n" + container;
  if (is_one_too_many(kind, message)) {
    // From here on they share one Event, which shows the latest message.
    message = "(combined from similar events): " + message;
    identity = "(combined)";
  }
  if (!take_token(source.component, about.meta.uid)) return;

  const auto known = present_.find({kind, identity});
  const ObjectPtr before = known == present_.end() ? nullptr : store_.find(known->second);
  int count = 1;
  if (before) {
    count = repeat(before, message);
  } else {
    const ObjectKey about_key = about.key();
    const std::string home = about.meta.namespace_.empty() ? "default" : about.meta.namespace_;
    const std::string name =
        about.meta.name + "." + hex_name(seed_, entity_of(about_key), "event", written_[about_key]++, 16);
    const ObjectKey key{muster::Kind::Event, home, name};
    add(about, source, type, reason, message, container, key);
    present_[{kind, identity}] = key;
  }
  if (!expiry_.running()) expiry_.start_in(time_to_live);
  if (std::string_view(type) == "Warning") {
    facts_.record(engine_.now(), WarningFact{about.kind + "/" + about.meta.name, reason, message, count});
  }
}

bool EventRecorder::take_token(const std::string& component, const std::string& uid) {
  const auto [found, fresh] = buckets_.try_emplace({component, uid});
  Bucket& bucket = found->second;
  if (!fresh) {
    const double refilled = seconds_of(engine_.now() - bucket.updated) / seconds_of(spam_refill);
    bucket.tokens = std::min<double>(spam_burst, bucket.tokens + refilled);
  }
  bucket.updated = engine_.now();
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

bool EventRecorder::is_one_too_many(const Kind& kind, const std::string& message) {
  Similar& similar = similar_[kind];
  if (engine_.now() - similar.last > similar_interval) similar.messages.clear();
  similar.last = engine_.now();
  similar.messages[message] += 1;
  return static_cast<int>(similar.messages.size()) > similar_max;
}

int EventRecorder::repeat(const ObjectPtr& event, const std::string& message) {
  Object next = *event;
  auto& body = next.as<KubeEvent>();
  body.count += 1;
  body.message = message;
  body.last = engine_.now();
  const int count = body.count;
  api_.write(std::move(next), false);
  return count;
}

void EventRecorder::add(const Object& about, const EventSource& source, const char* type,
                        const std::string& reason, const std::string& message, const std::string& container,
                        const ObjectKey& key) {
  KubeEvent body;
  body.involved = about.key();
  body.involved_uid = about.meta.uid;
  if (!container.empty()) body.field_path = fmt::format("spec.containers{{{}}}", container);
  body.type = type;
  body.reason = reason;
  body.message = message;
  body.component = source.component;
  body.host = source.host;
  body.first = body.last = engine_.now();
  body.series = source.component == "default-scheduler";  // it writes through events.k8s.io

  Object event;
  event.api_version = "v1";
  event.kind = "Event";
  event.meta.namespace_ = key.namespace_;
  event.meta.name = key.name;
  event.body = std::move(body);
  // A namespace that is gone meanwhile refuses its events, and nobody minds.
  (void)api_.create(std::move(event)).has_value();
}

void EventRecorder::expire() {
  SimTime next = sim_never;
  for (auto at = present_.begin(); at != present_.end();) {
    const ObjectPtr event = store_.find(at->second);
    const SimTime end = event ? event->as<KubeEvent>().last + time_to_live : engine_.now();
    if (end > engine_.now()) {
      next = std::min(next, end);
      ++at;
      continue;
    }
    if (event) (void)api_.remove(at->second).has_value();
    at = present_.erase(at);
  }
  if (next != sim_never) expiry_.start_at(next);
}

}  // namespace muster
