// A connection after its upgrade request: what a Conversation says and hears, as messages of a WebSocket or
// as the plain bytes of SPDY.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/conversation.hpp"

namespace boost::asio {
class io_context;
}

namespace muster {

/// The request that asks for the upgrade.
struct UpgradeRequest {
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// What the connection becomes.
struct UpgradedWire {
  enum class Kind { none, websocket, spdy };
  Kind kind = Kind::none;
  std::string protocol;  ///< the one that was chosen, for the answer's header
};

/// The wire for a request: the first of `websocket_protocols`, or SPDY/3.1 with `spdy_protocol`; none if the
/// request asks for neither.
UpgradedWire choose_wire(const UpgradeRequest& request, const std::vector<std::string>& websocket_protocols,
                         const std::string& spdy_protocol);

/// Takes over the connected `socket` (a file descriptor) and answers the upgrade; carries the conversation
/// until it or the client ends; a WebSocket is closed with code 1000. `while_open` is kept as long as the
/// connection lives.
void run_upgraded_socket(boost::asio::io_context& io, int socket, const UpgradeRequest& request,
                         const UpgradedWire& wire, std::unique_ptr<Conversation> conversation,
                         std::shared_ptr<void> while_open);

}  // namespace muster
