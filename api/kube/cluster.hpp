// What the Kubernetes handlers need of the world. Reads go through const functions only. The router adapts
// World to it; tests put an object store behind it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/request.hpp"
#include "cluster_model/apiserver/eviction.hpp"
#include "cluster_model/container_logs.hpp"
#include "cluster_model/exec/exec_answer.hpp"
#include "cluster_model/store.hpp"

namespace muster::kube {

/// What a container uses, as metrics-server last saw it.
struct ContainerMetrics {
  std::string name;
  std::int64_t cpu_nanos = 0, memory_bytes = 0;
};

struct PodMetrics {
  SimTime at{};
  SimDuration window{};
  std::vector<ContainerMetrics> containers;
};

class Cluster {
 public:
  virtual ~Cluster() = default;
  virtual SimTime now() const = 0;
  virtual Epoch epoch() const = 0;
  virtual const ObjectStore& objects() const = 0;
  virtual const ContainerLogs& logs() const = 0;

  // As in World: defaulting, validation, uid and times. Errors: invalid_input (`where` = JSON pointer),
  // not_found, conflict.
  virtual Result<ObjectPtr> create(Object object, const std::string& by) = 0;
  virtual Result<ObjectPtr> update(Object object, const std::string& by, std::uint64_t expected_version) = 0;
  virtual Result<ObjectPtr> remove(const ObjectKey& key, std::optional<SimDuration> grace,
                                   const std::string& by) = 0;
  /// When the node's kubelet last renewed its Lease; nothing if nobody knows.
  virtual std::optional<SimTime> last_heartbeat(const std::string& node) const {
    static_cast<void>(node);
    return std::nullopt;
  }
  /// Nothing until metrics-server has seen the pod twice.
  virtual std::optional<PodMetrics> usage(const ObjectKey& pod) const {
    static_cast<void>(pod);
    return std::nullopt;
  }
  /// What the node's own programs use; nothing if the node cannot be reached.
  virtual std::optional<std::int64_t> system_memory(const std::string& node) const {
    static_cast<void>(node);
    return std::nullopt;
  }
  /// The same cluster, whose writes go through the same checks and are forgotten; null if there is none.
  virtual std::unique_ptr<Cluster> rehearsal() const { return nullptr; }
  /// A deletion that the pod's disruption budget may refuse.
  virtual Eviction evict(const ObjectKey& pod, std::optional<SimDuration> grace) = 0;
  /// Runs a program in a running container, empty = the first. Errors: see PodShell::run.
  virtual Result<ExecAnswer> exec(const ObjectKey& pod, const std::string& container,
                                  const std::vector<std::string>& command, const std::string& by) = 0;
  /// What the node's kubelet reports as its machine's address; empty if there is none.
  virtual std::string node_address(const std::string& node) const {
    static_cast<void>(node);
    return {};
  }
  /// The node's kubelet answers.
  virtual bool reaches(const std::string& node) const {
    static_cast<void>(node);
    return true;
  }
  /// One HTTP request to a port of the pod's loopback interface; `path` without a query. Errors: conflict
  /// (nothing listens there), unavailable (what listens is no HTTP that is simulated).
  virtual Result<Answer> ask_port(const ObjectKey& pod, int port, const std::string& method,
                                  const std::string& path) const {
    static_cast<void>(pod);
    static_cast<void>(port);
    static_cast<void>(method);
    static_cast<void>(path);
    return Error{ErrorCode::conflict, "connection refused", {}};
  }
  /// The main process of a running container writes a line.
  virtual void print_line(const ObjectKey& pod, const std::string& container, const std::string& line) {
    static_cast<void>(pod);
    static_cast<void>(container);
    static_cast<void>(line);
  }
  /// The main process of a running container ends by itself.
  virtual void end_main_process(const ObjectKey& pod, const std::string& container, int exit_code) {
    static_cast<void>(pod);
    static_cast<void>(container);
    static_cast<void>(exit_code);
  }
};

}  // namespace muster::kube
