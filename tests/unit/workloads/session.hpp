// Plays a written session against a small cluster without a product in it, for the controllers of
// StatefulSets, Jobs and the like:
//   world nodes=3 rate=50     50 requests per second for the Service "web", 20 ms of processor time each
//   > apply                     a manifest in YAML, on lines that begin with "|"
//   | kind: Job
//   > advance 5m                a command; the lines below it, up to the next command, are what it printed
//   > pods
//   > users                     what the users of "web" got since the last look
// Images say what a container does: "*:ok" runs, "*:bad" crashes after 3 s, "*:done" exits 0 after 20 s,
// "*:long" exits 0 after 10 min, "*:missing" cannot be pulled. All latencies are their medians. Generated pod
// names appear as OWNER/1, OWNER/2 ... in order of creation.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cluster_model/traffic/request_path.hpp"
#include "cluster_model/world.hpp"

namespace muster {

class Session {
 public:
  explicit Session(const std::string& set_up);
  ~Session();
  /// Runs one command ("advance 5m") and returns what it prints; `block` is the YAML below it.
  std::string run(const std::string& command, const std::string& block);

  World& world() { return *world_; }
  Engine& engine() { return engine_; }

 private:
  class Facts final : public FactSink {
   public:
    void record(SimTime, Fact) override {}
  };
  std::string apply(const std::string& yaml);
  std::string patch(const std::vector<std::string>& words, const std::string& command);
  std::string remove(const std::vector<std::string>& words);
  std::string advance(const std::string& duration);
  std::string pods() const;
  std::string list(const std::string& kind) const;
  std::string status(const std::string& kind, const std::string& name) const;
  std::string events(const std::string& reason) const;
  std::string users_since();
  /// The series of kube-state-metrics whose names begin so.
  std::string metrics(const std::string& prefix) const;
  ObjectPtr find(const std::string& kind, const std::string& name) const;
  void learn_names();
  std::string shown(std::string text) const;
  std::string real_name(const std::string& name) const;

  Facts facts_;
  Engine engine_;
  std::unique_ptr<World> world_;
  std::map<std::string, std::string> aliases_;  // [real name]
  std::map<std::string, int> counted_;          // [owner]
  BalancerCounters users_seen_{};
};

/// The session with real outputs in place of the written ones.
std::string play_session(const std::string& text);

}  // namespace muster
