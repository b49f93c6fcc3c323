// Kubernetes' own Event objects: repeats raise the count of one object, chatter is damped, and an hour after
// its last repeat an event is gone. Rules: client-go tools/record/events_cache.go; TTL: kube-apiserver
// --event-ttl.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "cluster_model/apiserver/api_server.hpp"
#include "cluster_model/timer.hpp"
#include "journal/fact_sink.hpp"

namespace muster {

/// Who speaks.
struct EventSource {
  std::string component, host;
};

class EventRecorder {
 public:
  EventRecorder(Engine& engine, FactSink& facts, ObjectStore& store, ApiServer& api, std::uint64_t seed);

  void normal(const Object& about, const EventSource& source, const std::string& reason,
              const std::string& message, const std::string& container = {});
  /// The same, and a WarningFact for the journal.
  void warning(const Object& about, const EventSource& source, const std::string& reason,
               const std::string& message, const std::string& container = {});

  static constexpr SimDuration time_to_live = 1h;
  /// Token bucket per source and object (defaultSpamBurst, defaultSpamQPS).
  static constexpr int spam_burst = 25;
  static constexpr SimDuration spam_refill = 300s;
  /// More messages of one kind than this within the interval are merged (defaultAggregateMaxEvents).
  static constexpr int similar_max = 10;
  static constexpr SimDuration similar_interval = 600s;

 private:
  struct Bucket {
    double tokens = spam_burst;
    SimTime updated{};
  };
  struct Similar {
    std::map<std::string, int> messages;
    SimTime last{};
  };
  using Kind =
      std::tuple<std::string, std::string, std::string, std::string>;  // component, uid, type, reason

  void record(const Object& about, const EventSource& source, const char* type, const std::string& reason,
              std::string message, const std::string& container);
  bool take_token(const std::string& component, const std::string& uid);
  bool is_one_too_many(const Kind& kind, const std::string& message);
  int repeat(const ObjectPtr& event, const std::string& message);
  void add(const Object& about, const EventSource& source, const char* type, const std::string& reason,
           const std::string& message, const std::string& container, const ObjectKey& key);
  void expire();

  Engine& engine_;
  FactSink& facts_;
  ObjectStore& store_;
  ApiServer& api_;
  std::uint64_t seed_;
  std::map<std::pair<std::string, std::string>, Bucket> buckets_;  // [component, uid]
  std::map<Kind, Similar> similar_;
  std::map<ObjectKey, std::uint64_t> written_;  // how many events each object has had: their names
  std::map<std::pair<Kind, std::string>, ObjectKey> present_;  // [kind, message + container] -> Event object
  Timer expiry_;
};

}  // namespace muster
