// Which requests become a conversation, and over what.
#include "server/upgrade.hpp"

#include <gmock/gmock.h>

namespace muster {
namespace {

using testing::HasSubstr;
using Kind = UpgradedWire::Kind;

TEST(UpgradePath, OnlyStreamsOfPods) {
  EXPECT_TRUE(is_upgrade_path("/api/v1/namespaces/a/pods/b/exec?command=ls"));
  EXPECT_TRUE(is_upgrade_path("/api/v1/namespaces/a/pods/b/attach"));
  EXPECT_TRUE(is_upgrade_path("/api/v1/namespaces/a/pods/b/portforward"));
  EXPECT_FALSE(is_upgrade_path("/api/v1/namespaces/a/pods/b/log"));
  EXPECT_FALSE(is_upgrade_path("/api/v1/namespaces/a/services/b/exec"));
  EXPECT_FALSE(is_upgrade_path("/exec"));
}

const std::vector<std::pair<std::string, std::string>> websocket_headers{
    {"Upgrade", "websocket"},
    {"Connection", "Upgrade"},
    {"Sec-WebSocket-Version", "13"},
    {"Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="}};

TEST(ChooseWire, ByTheProtocolThatBothSpeak) {
  auto asked = websocket_headers;
  asked.emplace_back("Sec-WebSocket-Protocol", "v4.channel.k8s.io, v5.channel.k8s.io");
  EXPECT_EQ(choose_wire({"/", asked}, {"v5.channel.k8s.io"}, "x").kind, Kind::websocket);
  EXPECT_EQ(choose_wire({"/", asked}, {"v6.channel.k8s.io"}, "x").kind, Kind::none);
  std::vector<std::pair<std::string, std::string>> spdy{{"connection", "Upgrade"}, {"upgrade", "SPDY/3.1"}};
  EXPECT_EQ(choose_wire({"/", spdy}, {}, "v4.channel.k8s.io").kind, Kind::none);
  spdy.emplace_back("X-Stream-Protocol-Version", "v5.channel.k8s.io");
  spdy.emplace_back("X-Stream-Protocol-Version", "v4.channel.k8s.io");
  EXPECT_EQ(choose_wire({"/", spdy}, {}, "v4.channel.k8s.io").kind, Kind::spdy);
}

TEST(OpenUpgrade, NothingRunsForAClientThatSpeaksNeither) {
  bool asked = false;
  const auto ask = [&](const Request&) {
    asked = true;
    return Answer{};
  };
  const Request request{"r", "POST", "/api/v1/namespaces/a/pods/b/exec?command=ls", "", ""};
  const Upgrade upgrade = open_upgrade(request, {request.path, {{"Upgrade", "smoke"}}}, ask);
  EXPECT_FALSE(upgrade.conversation);
  EXPECT_FALSE(asked);
  EXPECT_EQ(upgrade.refusal.status, 400);
  EXPECT_THAT(upgrade.refusal.body, HasSubstr("SPDY/3.1 with v4.channel.k8s.io"));
}

}  // namespace
}  // namespace muster
