// Traces of the intruder: which exist, which somebody has read out, which are gone. What kind of trace is
// lost by what is NIST SP 800-86's order of volatility applied to containers: memory and sockets with the
// process, the writable layer, logs and the pod's manifest with the pod, audit and database logs last.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "cluster_model/objects.hpp"
#include "journal/fact_sink.hpp"
#include "sim/engine.hpp"

namespace muster {

enum class EvidenceKind : std::uint8_t {
  memory,       ///< of the intruder's process
  sockets,      ///< its connections
  files,        ///< what it wrote into the container
  log,          ///< of the container it came through
  manifest,     ///< the pod as the API server has it
  audit_log,    ///< the API server's record of requests
  database_log  ///< the database server's record of connections and statements
};
const char* to_string(EvidenceKind kind);

/// "pod/NAMESPACE/NAME": where its traces are.
std::string pod_place(const ObjectKey& pod);

class EvidenceTable {
 public:
  enum class State : std::uint8_t { exists, captured, destroyed };
  struct Key {
    std::string where;  ///< "pod/NAMESPACE/NAME/CONTAINER", "pod/NAMESPACE/NAME", "database/NAME", "cluster"
    EvidenceKind kind = EvidenceKind::memory;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Item {
    State state = State::exists;
    bool kept = false;  ///< captured at some time
  };

  EvidenceTable(Engine& engine, FactSink& facts) : engine_(engine), facts_(facts) {}

  /// The intruder left it. An item that was destroyed comes anew.
  void appear(const Key& key);
  /// Somebody reads it: counts once. Nothing happens if it does not exist.
  void capture(const Key& key);
  void destroy(const Key& key);
  /// All kinds at this place, and at the containers below it.
  void destroy_all(const std::string& where);

  const std::map<Key, Item>& items() const { return items_; }
  /// In the score; our assumption: what is lost first and tells most weighs most.
  static std::uint32_t weight(EvidenceKind kind);

 private:
  void tell(const Key& key, EvidenceChange change);

  Engine& engine_;
  FactSink& facts_;
  std::map<Key, Item> items_;
};

}  // namespace muster
