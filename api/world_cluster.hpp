// World as the Kubernetes handlers see it.
#pragma once

#include "api/kube/cluster.hpp"
#include "api/service/pod_port.hpp"
#include "cluster_model/kubelet/node_health.hpp"
#include "cluster_model/surroundings.hpp"
#include "cluster_model/world.hpp"

namespace muster {

class WorldCluster final : public kube::Cluster {
 public:
  explicit WorldCluster(World& world) : world_(world) {}

  SimTime now() const override { return world_.now(); }
  Epoch epoch() const override { return world_.epoch(); }
  const ObjectStore& objects() const override { return const_world().objects(); }
  const ContainerLogs& logs() const override { return const_world().logs(); }
  Result<ObjectPtr> create(Object object, const std::string& by) override {
    return world_.create(std::move(object), by);
  }
  Result<ObjectPtr> update(Object object, const std::string& by, std::uint64_t expected_version) override {
    return world_.update(std::move(object), by, expected_version);
  }
  Result<ObjectPtr> remove(const ObjectKey& key, std::optional<SimDuration> grace,
                           const std::string& by) override {
    return world_.remove(key, grace, by);
  }
  std::optional<SimTime> last_heartbeat(const std::string& node) const override {
    return world_.nodes().last_heartbeat(node);
  }
  std::string node_address(const std::string& node) const override;
  std::optional<kube::PodMetrics> usage(const ObjectKey& pod) const override;
  std::optional<std::int64_t> system_memory(const std::string& node) const override;
  std::unique_ptr<kube::Cluster> rehearsal() const override;
  void print_line(const ObjectKey& pod, const std::string& container, const std::string& line) override;
  void end_main_process(const ObjectKey& pod, const std::string& container, int exit_code) override;
  bool reaches(const std::string& node) const override { return world_.nodes().online(node); }
  Result<Answer> ask_port(const ObjectKey& pod, int port, const std::string& method,
                          const std::string& path) const override {
    return ask_pod_port(world_, pod, port, method, path);
  }
  Eviction evict(const ObjectKey& pod, std::optional<SimDuration> grace) override {
    return world_.evict(pod, grace);
  }
  Result<ExecAnswer> exec(const ObjectKey& pod, const std::string& container,
                          const std::vector<std::string>& command, const std::string& by) override {
    return world_.surroundings().shell.run(pod, container, command, by);
  }

 private:
  const World& const_world() const { return world_; }
  World& world_;
};

}  // namespace muster
