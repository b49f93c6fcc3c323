// A followed log: the lines that one container instance prints from now on, until it ends.
#pragma once

#include <string>
#include <vector>

#include "api/kube/cluster.hpp"
#include "api/request.hpp"

namespace muster::kube {

/// One line as the log endpoint shows it; RFC 3339 with nanoseconds before it if asked for.
std::string log_text(const LogLine& line, bool timestamps, Epoch epoch);

class LogStream final : public Stream {
 public:
  /// `cluster` outlives the stream. `seen`: lines of the current instance that have been shown already.
  LogStream(const Cluster& cluster, ObjectKey pod, std::string uid, std::string container, std::size_t seen,
            bool timestamps);

  std::vector<std::string> take() override;
  bool ready() const override { return !ended_ && !unseen().empty(); }
  bool ended() const override { return ended_ || (instance_over() && unseen().empty()); }

 private:
  /// The instance that was followed no longer runs, or the pod is gone.
  bool instance_over() const;
  std::vector<std::string> unseen() const;

  const Cluster& cluster_;
  ObjectKey pod_;
  std::string uid_, container_;
  int restarts_ = 0;
  std::size_t seen_;
  bool timestamps_;
  bool ended_ = false;
};

}  // namespace muster::kube
