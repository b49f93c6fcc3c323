// `kubectl port-forward`: for each connection that kubectl accepts, a stream of data and one for an error,
// with the same request id (kubernetes/kubernetes staging/src/k8s.io/kubelet/pkg/cri/streaming/portforward/
// httpstream.go). What arrives is HTTP; each request is one request through the door.
#pragma once

#include <map>
#include <string>

#include "server/exec_session.hpp"
#include "server/spdy/connection.hpp"

namespace muster {

class PortForward final : public SpdyConnection {
 public:
  /// For a request to .../pods/NAME/portforward. Null and a Status in `refusal` if the pod cannot be reached.
  static std::unique_ptr<PortForward> open(const Request& request, const ExecSession::Ask& ask,
                                           Answer& refusal);

 private:
  PortForward(Request request, ExecSession::Ask ask) : request_(std::move(request)), ask_(std::move(ask)) {}

  /// One connection of kubectl's.
  struct Pair {
    int port = 0;
    StreamId data = 0, error = 0;  ///< 0 = not open
    std::string heard;
  };

  bool opened(StreamId stream, const SpdyHeaders& headers) override;
  void heard(StreamId stream, std::string_view data, bool fin) override;
  void dropped(StreamId stream) override;
  void speak(double) override {}

  std::map<std::string, Pair>::iterator pair_of(StreamId stream);
  void finish(std::map<std::string, Pair>::iterator pair, std::string_view error);

  Request request_;
  ExecSession::Ask ask_;
  std::map<std::string, Pair> pairs_;  ///< by request id
};

}  // namespace muster
