// Which connections come about: Kubernetes' rules for NetworkPolicies as a table, and what cuts, slows and
// hides.
#include "cluster_model/network/network.hpp"

#include <gtest/gtest.h>

#include "sim/assert.hpp"

namespace muster {
namespace {

Object object(const char* api_version, const char* kind, const char* namespace_, const char* name) {
  Object made;
  made.api_version = api_version;
  made.kind = kind;
  made.meta.namespace_ = namespace_;
  made.meta.name = name;
  return made;
}

Object pod(const char* namespace_, const char* name, StringMap labels, const char* node, const char* ip) {
  Object made = object("v1", "Pod", namespace_, name);
  made.meta.labels = std::move(labels);
  Pod body;
  Container container;
  container.name = "app";
  container.ports = {{"http", 8080}};
  body.spec.containers = {container};
  body.spec.node_name = node;
  body.status.pod_ip = ip;
  made.body = body;
  return made;
}

PolicyPeer pods_like(StringMap labels) {
  PolicyPeer peer;
  peer.pods = LabelSelector{std::move(labels), {}};
  return peer;
}

PolicyPeer namespaces_like(StringMap labels) {
  PolicyPeer peer;
  peer.namespaces = LabelSelector{std::move(labels), {}};
  return peer;
}

PolicyPeer block(const char* cidr, std::vector<std::string> except = {}) {
  PolicyPeer peer;
  peer.cidr = cidr;
  peer.except = std::move(except);
  return peer;
}

const NetworkPeer web = pod_peer({Kind::Pod, "shop", "web"});
const NetworkPeer api = pod_peer({Kind::Pod, "shop", "api"});
const NetworkPeer spy = pod_peer({Kind::Pod, "other", "spy"});

NetworkPeer on(NetworkPeer peer, int port) {
  peer.port = port;
  return peer;
}

class NetworkWorld : public testing::Test {
 protected:
  NetworkWorld() {
    profile_.hosts = {{"db.internal", "10.20.0.5"}};
    for (const char* name : {"shop", "other"}) {
      Object space = object("v1", "Namespace", "", name);
      space.body = Namespace_{};
      if (std::string(name) == "other") space.meta.labels = {{"team", "blue"}};
      put(space);
    }
    put(pod("shop", "web", {{"app", "web"}}, "node-1", "10.244.1.2"));
    put(pod("shop", "api", {{"app", "api"}, {"tier", "back"}}, "node-2", "10.244.2.2"));
    put(pod("other", "spy", {{"app", "web"}}, "node-2", "10.244.2.3"));
  }

  void put(const Object& given) { MUSTER_ASSERT(store_.create(given).has_value(), "created"); }
  void policy(const NetworkPolicy& body, const char* namespace_ = "shop", const char* name = "lock") {
    Object made = object("networking.k8s.io/v1", "NetworkPolicy", namespace_, name);
    made.body = body;
    put(made);
  }
  void relabel(const char* name, StringMap labels) {
    Object next = *store_.find(Kind::Pod, "shop", name);
    next.meta.labels = std::move(labels);
    MUSTER_ASSERT(store_.update(next, false).has_value(), "updated");
  }
  bool opens(const NetworkPeer& from, const NetworkPeer& to) { return network().reach(from, to).open(); }
  Network& network() {
    if (!network_) network_ = std::make_unique<Network>(engine_, store_, profile_, 7);
    return *network_;
  }

  Engine engine_;
  ObjectStore store_;
  NetworkProfile profile_;
  std::unique_ptr<Network> network_;
};

using Rules = std::vector<PolicyRule>;
const std::vector<std::string> both{"Ingress", "Egress"}, ingress{"Ingress"}, egress{"Egress"};
const LabelSelector everybody, backs{{{"tier", "back"}}, {}};
const LabelSelector not_web{{}, {{"app", "NotIn", {"web"}}}};
const LabelSelector without_tier{{}, {{"tier", "DoesNotExist", {}}}};

struct PolicyCase {
  const char* name;
  NetworkPolicy policy;
  const char* namespace_;
  // web -> api:8080, spy -> api:8080, api -> web:8080, api -> db.internal:5432, api's node -> api
  const char* opens;
};

NetworkPolicy rule(LabelSelector pods, std::vector<std::string> types, Rules in = {}, Rules out = {}) {
  return {std::move(pods), std::move(types), std::move(in), std::move(out), {}};
}

const PolicyCase policy_cases[] = {
    {"isolation cuts both ways, probes pass", rule(backs, both), "shop", "- - - - open"},
    {"in another namespace it does nothing", rule(backs, both), "other", "open open open open open"},
    {"a wrong selector does nothing", rule({{{"tier", "typo"}}, {}}, both), "shop",
     "open open open open open"},
    {"ingress only: may still call out", rule(backs, ingress), "shop", "- - open open open"},
    {"egress only: may still be called", rule(backs, egress), "shop", "open open - - open"},
    {"an empty rule allows everything", rule(backs, both, {{}}, {{}}), "shop", "open open open open open"},
    {"the widest lock-down takes DNS along", rule(everybody, both), "shop", "- - - - open"},
    {"pod selector means the own namespace", rule(backs, ingress, {{{pods_like({{"app", "web"}})}, {}}}),
     "shop", "open - open open open"},
    {"namespace selector means all its pods",
     rule(backs, ingress, {{{namespaces_like({{"team", "blue"}})}, {}}}), "shop", "- open open open open"},
    {"the name label of namespaces is there",
     rule(backs, ingress, {{{namespaces_like({{"kubernetes.io/metadata.name", "shop"}})}, {}}}), "shop",
     "open - open open open"},
    {"the right port", rule(backs, ingress, {{{}, {{"TCP", "8080", 0}}}}), "shop",
     "open open open open open"},
    {"a port by name", rule(backs, ingress, {{{}, {{"TCP", "http", 0}}}}), "shop",
     "open open open open open"},
    {"another port", rule(backs, ingress, {{{}, {{"TCP", "9090", 0}}}}), "shop", "- - open open open"},
    {"a range of ports", rule(backs, ingress, {{{}, {{"TCP", "8000", 8099}}}}), "shop",
     "open open open open open"},
    {"UDP is not TCP", rule(backs, ingress, {{{}, {{"UDP", "8080", 0}}}}), "shop", "- - open open open"},
    {"addresses without DNS", rule(backs, egress, {}, {{{block("10.0.0.0/8")}, {}}}), "shop",
     "open open open - open"},
    {"addresses and DNS",
     rule(backs, egress, {}, {{{block("10.20.0.0/16")}, {}}, {{namespaces_like({})}, {{"UDP", "53", 0}}}}),
     "shop", "open open - open open"},
    {"except takes out",
     rule(backs, egress, {}, {{{block("10.0.0.0/8", {"10.20.0.0/24"}), namespaces_like({})}, {}}}), "shop",
     "open open open - open"},
    {"NotIn", rule(not_web, ingress), "shop", "- - open open open"},
    {"DoesNotExist", rule(without_tier, ingress), "shop", "open open - open open"},
};

TEST(NetworkPolicies, FollowKubernetesRules) {
  for (const PolicyCase& c : policy_cases) {
    class World : public NetworkWorld {
     public:
      void TestBody() override {}
      std::string opens_with(const PolicyCase& given) {
        (void)network();
        policy(given.policy, given.namespace_);
        const std::pair<NetworkPeer, NetworkPeer> ways[] = {{web, on(api, 8080)},
                                                            {spy, on(api, 8080)},
                                                            {api, on(web, 8080)},
                                                            {api, host_peer("db.internal", 5432)},
                                                            {node_peer("node-2"), on(api, 8080)}};
        std::string text;
        for (const auto& [from, to] : ways)
          text += (text.empty() ? "" : " ") + std::string(opens(from, to) ? "open" : "-");
        return text;
      }
    } world;
    EXPECT_EQ(world.opens_with(c), c.opens) << c.name;
  }
}

TEST_F(NetworkWorld, PoliciesAddUp) {
  (void)network();
  policy(rule(everybody, both), "shop", "deny");
  EXPECT_FALSE(opens(web, api));
  policy(rule(backs, ingress, {{{pods_like({{"app", "web"}})}, {}}}), "shop", "allow-in");
  EXPECT_FALSE(opens(web, api)) << "web may still not call out";
  policy(rule({{{"app", "web"}}, {}}, egress, {}, {{{pods_like({{"tier", "back"}})}, {}}}), "shop",
         "allow-out");
  EXPECT_TRUE(opens(web, api));
  EXPECT_TRUE(opens(api, api)) << "a pod reaches itself";
}

TEST_F(NetworkWorld, ALockDownThatForgetsNamesFailsLookups) {
  (void)network();
  policy(rule(backs, egress, {}, {{{block("0.0.0.0/0")}, {}}, {{pods_like({})}, {}}}));
  const Reach by_name = network().reach(api, host_peer("db.internal", 5432));
  EXPECT_EQ(by_name.verdict, Reach::Verdict::no_such_host);
  EXPECT_EQ(by_name.lookup, 10s);
  EXPECT_TRUE(opens(api, web)) << "by address";
  NetworkPeer by_service = web;
  by_service.host = "web.shop.svc";
  EXPECT_FALSE(opens(api, by_service));
}

TEST_F(NetworkWorld, APolicyReachesTheNodesAfterOneToFiveSeconds) {
  network().start();
  const std::uint64_t before = network().epoch();
  policy(rule(backs, both));
  EXPECT_TRUE(opens(web, api));
  engine_.run_until(sim_start + 1s);
  EXPECT_TRUE(opens(web, api));
  engine_.run_until(sim_start + 5s);
  EXPECT_FALSE(opens(web, api));
  EXPECT_GT(network().epoch(), before);
  (void)store_.remove({Kind::NetworkPolicy, "shop", "lock"}).has_value();
  EXPECT_FALSE(opens(web, api));
  engine_.run_until(sim_start + 10s);
  EXPECT_TRUE(opens(web, api));
}

TEST_F(NetworkWorld, ALabelReachesTheNodesLaterToo) {
  network().start();
  policy(rule({{{"quarantine", "true"}}, {}}, both));
  engine_.run_until(sim_start + 5s);
  EXPECT_TRUE(opens(web, api));
  relabel("web", {{"quarantine", "true"}});
  EXPECT_TRUE(opens(web, api));
  engine_.run_until(sim_start + 10s);
  EXPECT_FALSE(opens(web, api));
}

TEST_F(NetworkWorld, EstablishedFlowsOutliveAPolicy) {
  (void)network();
  policy(rule(everybody, both));
  EXPECT_FALSE(opens(web, api));
  EXPECT_FALSE(network().flows_cut(web, api));
}

TEST_F(NetworkWorld, SomeNetworksIgnorePolicies) {
  profile_.enforces_policies = false;
  (void)network();
  policy(rule(everybody, both));
  EXPECT_TRUE(opens(web, api));
}

TEST_F(NetworkWorld, AnIsolatedNodeIsAnIsland) {
  network().isolate_node("node-2", true);
  EXPECT_TRUE(network().flows_cut(web, api));
  EXPECT_FALSE(opens(web, api));
  EXPECT_TRUE(opens(spy, api)) << "on the same node";
  EXPECT_FALSE(opens(api, host_peer("db.internal")));
  EXPECT_FALSE(opens(host_peer("user.example.com"), api));
  network().isolate_node("node-2", false);
  EXPECT_TRUE(opens(web, api));
  EXPECT_FALSE(network().flows_cut(web, api));
}

TEST_F(NetworkWorld, EdgesAddUpInBothDirections) {
  const PeerSelector apis{"", "", {{"tier", "back"}}, "", ""};
  const PeerSelector node_1{"", "", {}, "node-1", ""};
  network().set_edge(apis, {}, 20ms, 0.1);
  network().set_edge(node_1, {"", "api*", {}, "", ""}, 5ms, 0.5);
  const Reach reach = network().reach(web, api);
  EXPECT_EQ(reach.delay, 25ms);
  EXPECT_DOUBLE_EQ(reach.loss, 0.55);
  EXPECT_EQ(network().reach(web, spy), Reach{});
  network().set_edge(apis, {}, 0ms, 0);
  EXPECT_EQ(network().reach(web, api).delay, 5ms);
}

TEST_F(NetworkWorld, PartitionsAndDeafPods) {
  const PeerSelector database{"", "", {}, "", "*.internal"};
  network().partition({"shop", "", {}, "", ""}, database, true);
  EXPECT_EQ(network().reach(web, host_peer("db.internal")).verdict, Reach::Verdict::dropped);
  EXPECT_TRUE(network().flows_cut(host_peer("db.internal"), web));
  EXPECT_TRUE(opens(spy, host_peer("db.internal")));
  network().fail_dns({"", "spy", {}, "", ""}, true);
  EXPECT_EQ(network().reach(spy, host_peer("db.internal")).verdict, Reach::Verdict::no_such_host);
  EXPECT_TRUE(opens(spy, api)) << "by address";
  network().partition({"shop", "", {}, "", ""}, database, false);
  network().fail_dns({"", "spy", {}, "", ""}, false);
  EXPECT_TRUE(opens(web, host_peer("db.internal")));
  EXPECT_TRUE(opens(spy, host_peer("db.internal")));
}

}  // namespace
}  // namespace muster
