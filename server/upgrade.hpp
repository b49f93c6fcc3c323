// Which requests become a conversation: exec, attach and portforward of pods, over a WebSocket or
// over SPDY/3.1.
#pragma once

#include <memory>

#include "server/exec_session.hpp"
#include "server/upgraded_socket.hpp"

namespace muster {

struct Upgrade {
  UpgradedWire wire;
  std::unique_ptr<Conversation> conversation;  ///< null: `refusal` is the answer
  Answer refusal;
};

/// Whether a request's path is one whose connection can be upgraded.
bool is_upgrade_path(const std::string& path);

/// `headers` are those of `request`. Both kinds of wire are refused with the same Status, because kubectl
/// asks for the second when the first is refused, and shows that answer.
Upgrade open_upgrade(const Request& request, const UpgradeRequest& headers, const ExecSession::Ask& ask);

}  // namespace muster
