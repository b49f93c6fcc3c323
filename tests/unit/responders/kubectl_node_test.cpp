// kubectl cordon, uncordon, taint and drain: what they send and print (v1.32).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {
namespace {

using testing::HasSubstr;

const std::string node = "/api/v1/nodes/node-1";
const std::string free_node = R"({"kind":"Node","metadata":{"name":"node-1"},"spec":{}})";

TEST(KubectlNode, CordonSaysWhatChanged) {
  FakeHost host;
  host.answer("GET " + node, free_node);
  host.answer("PATCH " + node, free_node);
  EXPECT_EQ(run_line(host, "kubectl cordon node-1").out, "node/node-1 cordoned\n");
  EXPECT_EQ(host.requests.back().body, R"({"spec":{"unschedulable":true}})");
  EXPECT_EQ(run_line(host, "kubectl uncordon node-1").out, "node/node-1 already uncordoned\n");
  EXPECT_EQ(run_line(host, "kubectl cordon node-9").exit_code, 1);
}

TEST(KubectlNode, TaintsAreAddedAndTakenAway) {
  FakeHost host;
  host.answer("GET " + node, R"({"spec":{"taints":[{"key":"old","effect":"NoSchedule"}]}})");
  host.answer("PATCH " + node, free_node);
  EXPECT_EQ(run_line(host, "kubectl taint nodes node-1 team=blue:NoExecute").out, "node/node-1 tainted\n");
  EXPECT_EQ(
      host.requests.back().body,
      R"({"spec":{"taints":[{"effect":"NoSchedule","key":"old"},{"effect":"NoExecute","key":"team","value":"blue"}]}})");
  EXPECT_EQ(run_line(host, "kubectl taint nodes node-1 old:NoSchedule-").out, "node/node-1 untainted\n");
  EXPECT_THAT(run_line(host, "kubectl taint nodes node-1 none-").err, HasSubstr("taint \"none\" not found"));
  EXPECT_THAT(run_line(host, "kubectl taint nodes node-1 a=b:Never").err, HasSubstr("invalid taint effect"));
}

const std::string pods = "/api/v1/namespaces/shop/pods/";
const std::string web_pod = R"({"metadata":{"namespace":"shop","name":"web","uid":"u1",)"
                            R"("ownerReferences":[{"kind":"ReplicaSet","controller":true}]},"status":{}})";

TEST(KubectlNode, DrainWaitsForTheBudget) {
  FakeHost host;
  host.answer("GET " + node, free_node);
  host.answer("PATCH " + node, free_node);
  host.answer("GET /api/v1/pods", R"({"items":[)" + web_pod + "]}");
  host.answer("POST " + pods + "web/eviction",
              R"({"message":"Cannot evict pod as it would violate the pod's disruption budget."})", 429);
  host.answer("POST " + pods + "web/eviction", "{}", 201);
  host.answer("GET " + pods + "web", web_pod);
  host.answer("GET " + pods + "web", "{}", 404);
  const CommandResult result = run_line(host, "kubectl drain node-1");
  EXPECT_EQ(result.out,
            "node/node-1 cordoned\nevicting pod shop/web\nevicting pod shop/web\npod/web evicted\n"
            "node/node-1 drained\n");
  EXPECT_EQ(
      result.err,
      "error when evicting pods/\"web\" -n \"shop\" (will retry after 5s): Cannot evict pod as it would "
      "violate the pod's disruption budget.\n");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(host.now(), sim_start + 7s);
}

TEST(KubectlNode, DrainRefusesWhatWouldBeLost) {
  FakeHost host;
  host.answer("GET " + node, free_node);
  host.answer("PATCH " + node, free_node);
  host.answer("GET /api/v1/pods", R"({"items":[
      {"metadata":{"namespace":"shop","name":"debug"},"spec":{"volumes":[{"emptyDir":{}}]},"status":{}},
      {"metadata":{"namespace":"shop","name":"log","ownerReferences":[{"kind":"DaemonSet","controller":true}]},
       "status":{}}]})");
  const CommandResult result = run_line(host, "kubectl drain node-1");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(
      result.err,
      HasSubstr("[cannot delete Pods declare no controller (use --force to override): shop/debug, cannot "
                "delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): shop/log, cannot "
                "delete Pods with local storage (use --delete-emptydir-data to override): shop/debug]"));
  host.answer("POST " + pods + "debug/eviction", "{}", 201);
  const CommandResult forced =
      run_line(host, "kubectl drain node-1 --force --ignore-daemonsets --delete-emptydir-data");
  EXPECT_EQ(forced.err,
            "Warning: ignoring DaemonSet-managed Pods: shop/log; deleting Pods that declare no controller: "
            "shop/debug\n");
  EXPECT_THAT(forced.out, HasSubstr("node/node-1 drained"));
}

}  // namespace
}  // namespace muster::test
