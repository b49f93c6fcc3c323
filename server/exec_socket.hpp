// The WebSocket of `kubectl exec` and `kubectl attach`, on a connection whose upgrade request has been read.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/exec_session.hpp"

namespace boost::asio {
class io_context;
}

namespace muster {

/// The request that asked for the upgrade.
struct UpgradeRequest {
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Whether a request asks for a WebSocket with the protocol that we speak.
bool wants_exec_socket(const UpgradeRequest& request);

/// Takes over the connected `socket` (a file descriptor) and answers the upgrade; moves frames until the
/// session or the client ends; closes with code 1000. `while_open` is kept as long as the connection lives.
void run_exec_socket(boost::asio::io_context& io, int socket, const UpgradeRequest& request,
                     std::unique_ptr<ExecSession> session, std::shared_ptr<void> while_open);

inline constexpr const char* exec_protocol = "v5.channel.k8s.io";

}  // namespace muster
