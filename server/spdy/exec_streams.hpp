// exec and attach over SPDY (v4.channel.k8s.io): the frames of an ExecSession, each channel as a stream that
// the client opens with the header `streamtype`. kubernetes/kubernetes
// staging/src/k8s.io/kubelet/pkg/cri/streaming/ remotecommand/httpstream.go.
#pragma once

#include <map>
#include <memory>

#include "server/exec_session.hpp"
#include "server/spdy/connection.hpp"

namespace muster {

class ExecStreams final : public SpdyConnection {
 public:
  /// `path` with the query that says which streams the client will open.
  ExecStreams(std::unique_ptr<ExecSession> session, const std::string& path);

 private:
  bool opened(StreamId stream, const SpdyHeaders& headers) override;
  void heard(StreamId stream, std::string_view data, bool fin) override;
  void dropped(StreamId stream) override;
  void speak(double elapsed_seconds) override;

  std::unique_ptr<ExecSession> session_;
  std::map<char, StreamId> streams_;  ///< by channel; 0 = to come
};

}  // namespace muster
