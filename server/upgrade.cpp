#include "server/upgrade.hpp"

#include "api/url.hpp"
#include "server/spdy/exec_streams.hpp"
#include "server/spdy/port_forward.hpp"

namespace muster {

namespace {

/// kubectl 1.30 and newer ask for the WebSocket; older ones, and newer ones after a refusal, for SPDY.
constexpr const char* exec_websocket = "v5.channel.k8s.io";
constexpr const char* exec_spdy = "v4.channel.k8s.io";
/// SPDY inside the messages of a WebSocket, as kubectl 1.31 and newer ask for (KEP-4006).
constexpr const char* forward_websocket = "SPDY/3.1+portforward.k8s.io";
constexpr const char* forward_spdy = "portforward.k8s.io";

Answer no_such_protocol() {
  return {
      400,
      "application/json",
      R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"unable to upgrade: )"
      R"(what is spoken here is a WebSocket with v5.channel.k8s.io and SPDY/3.1 with v4.channel.k8s.io; )"
      R"(for portforward a WebSocket with SPDY/3.1+portforward.k8s.io and SPDY/3.1 with portforward.k8s.io",)"
      R"("reason":"BadRequest","code":400})",
      {},
      nullptr};
}

bool is_forward_path(const std::string& path) {
  const auto url = parse_url(path);
  return url && !url->segments.empty() && url->segments.back() == "portforward";
}

}  // namespace

bool is_upgrade_path(const std::string& path) {
  const auto url = parse_url(path);
  if (!url || url->segments.size() != 7) return false;
  const auto& parts = url->segments;
  return parts[0] == "api" && parts[1] == "v1" && parts[2] == "namespaces" && parts[4] == "pods" &&
         (parts[6] == "exec" || parts[6] == "attach" || parts[6] == "portforward");
}

Upgrade open_upgrade(const Request& request, const UpgradeRequest& headers, const ExecSession::Ask& ask) {
  Upgrade upgrade;
  const bool forwards = is_forward_path(request.path);
  upgrade.wire = forwards ? choose_wire(headers, {forward_websocket}, forward_spdy)
                          : choose_wire(headers, {exec_websocket}, exec_spdy);
  if (upgrade.wire.kind == UpgradedWire::Kind::none) {
    upgrade.refusal = no_such_protocol();
    return upgrade;
  }
  if (forwards) {
    upgrade.conversation = PortForward::open(request, ask, upgrade.refusal);
    return upgrade;
  }
  auto session = ExecSession::open(request, ask, upgrade.refusal);
  if (session && upgrade.wire.kind == UpgradedWire::Kind::spdy)
    upgrade.conversation = std::make_unique<ExecStreams>(std::move(session), request.path);
  else
    upgrade.conversation = std::move(session);
  return upgrade;
}

}  // namespace muster
