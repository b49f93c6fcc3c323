// A followed log: the lines that one container instance prints from now on, until it ends.
#pragma once

#include <string>
#include <vector>

#include "api/kube/cluster.hpp"
#include "api/request.hpp"
#include "cluster_model/logs/instance_log.hpp"

namespace muster::kube {

/// One line as the log endpoint shows it; RFC 3339 with nanoseconds before it if asked for.
std::string log_text(const LogLine& line, bool timestamps, Epoch epoch);

class LogStream final : public Stream {
 public:
  /// `cluster` outlives the stream. `seen`: how much of the current instance has been shown already.
  LogStream(const Cluster& cluster, ObjectKey pod, std::string uid, std::string container, LogPosition seen,
            bool timestamps);

  std::vector<std::string> take() override;
  bool ready() const override { return !ended_ && has_more(); }
  bool ended() const override { return ended_ || (instance_over() && !has_more()); }

 private:
  /// The instance that was followed no longer runs, or the pod is gone.
  bool instance_over() const;
  /// The log that is followed, as long as there is one.
  const InstanceLog* log() const;
  bool has_more() const;

  const Cluster& cluster_;
  ObjectKey pod_;
  std::string uid_, container_;
  int restarts_ = 0;
  LogPosition seen_;
  bool timestamps_;
  bool ended_ = false;
};

}  // namespace muster::kube
