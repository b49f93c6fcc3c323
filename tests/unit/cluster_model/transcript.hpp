// Plays a written session against a small world, so that behaviour can be tested as text a person reads:
//   world replicas=3            sets it up: Deployment and Service "web", ConfigMap "settings", Secret "keys"
//   > advance 5m                a command; the lines below it, up to the next command, are what it printed
//   > show pods
// play() returns the same text with the real output; a test compares the two. Pods appear as pod-1, pod-2,
// ... in order of creation, ReplicaSets as set-1, ...; all latencies are their medians.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/world.hpp"

namespace muster {

/// Collects facts.
class FactList final : public FactSink {
 public:
  void record(SimTime at, Fact fact) override { facts.emplace_back(at, std::move(fact)); }
  std::vector<std::pair<SimTime, Fact>> facts;
};

/// The manifests and the profile of the transcripts' world.
SystemSpec small_system(const std::map<std::string, std::string>& options);

class Transcript {
 public:
  explicit Transcript(const std::string& set_up);
  ~Transcript();
  /// Runs one command ("scale 5") and returns what it prints.
  std::string run(const std::string& command);

  World& world() { return *world_; }
  Engine& engine() { return engine_; }
  const FactList& facts() const { return facts_; }
  /// The object's real name behind pod-1 or set-1.
  std::string real_name(const std::string& alias);

 private:
  Object deployment() const;
  std::string with_aliases(std::string text);
  std::vector<std::string> with_real_names(std::vector<std::string> words);
  void learn_names();
  std::string change(const std::string& verb, const std::vector<std::string>& words);
  std::string show(const std::vector<std::string>& words);
  std::string show_pods();
  std::string show_sets();
  std::string show_deployment();
  std::string show_endpoints();
  std::string show_events(const std::string& reason);
  std::string show_log(const std::string& pod, bool previous);

  Engine engine_;
  FactList facts_;
  std::unique_ptr<World> world_;
  std::map<std::string, std::string> aliases_;  // [real name] -> pod-1
  std::map<Kind, int> counted_;
};

/// The transcript with real outputs in place of the written ones.
std::string play(const std::string& transcript);

}  // namespace muster
