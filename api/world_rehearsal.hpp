// dryRun: a write that goes through the API server's defaults, checks and admission like every other, on a
// copy of the store that is thrown away. Nobody hears of it.
#pragma once

#include "api/world_cluster.hpp"
#include "cluster_model/apiserver/api_server.hpp"
#include "cluster_model/apiserver/eviction.hpp"

namespace muster {

class WorldRehearsal final : public kube::Cluster {
 public:
  /// `real` outlives this.
  WorldRehearsal(const WorldCluster& real, const ApiServer& server)
      : real_(real), store_(real.objects().unobserved_copy()), server_(server, store_) {}

  SimTime now() const override { return real_.now(); }
  Epoch epoch() const override { return real_.epoch(); }
  const ObjectStore& objects() const override { return store_; }
  const ContainerLogs& logs() const override { return real_.logs(); }
  Result<ObjectPtr> create(Object object, const std::string&) override {
    return server_.create(std::move(object));
  }
  Result<ObjectPtr> update(Object object, const std::string&, std::uint64_t expected_version) override {
    return server_.update(std::move(object), expected_version);
  }
  Result<ObjectPtr> remove(const ObjectKey& key, std::optional<SimDuration> grace,
                           const std::string&) override {
    return server_.remove(key, grace);
  }
  std::optional<SimTime> last_heartbeat(const std::string& node) const override {
    return real_.last_heartbeat(node);
  }
  Eviction evict(const ObjectKey& pod, std::optional<SimDuration> grace) override {
    return muster::evict(server_, store_, pod, grace, now());
  }
  Result<ExecAnswer> exec(const ObjectKey&, const std::string&, const std::vector<std::string>&,
                          const std::string&) override {
    return invalid_input("a program cannot be rehearsed");
  }

 private:
  const WorldCluster& real_;
  ObjectStore store_;
  ApiServer server_;
};

}  // namespace muster
