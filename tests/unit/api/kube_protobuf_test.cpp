// Bodies as kubectl >= 1.32 sends them from its typed clients.
#include "api/kube/protobuf/protobuf.hpp"

#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using Json = nlohmann::json;

constexpr const char* protobuf = "application/vnd.kubernetes.protobuf";

std::string bytes(unsigned number, const std::string& value) {
  std::string out(1, static_cast<char>(number << 3 | 2));
  for (std::size_t size = value.size();; size >>= 7) {
    out += static_cast<char>(size < 128 ? size : (size & 127) | 128);
    if (size < 128) return out + value;
  }
}

std::string whole(unsigned number, std::uint64_t value) {
  std::string out(1, static_cast<char>(number << 3));
  while (value > 127) {
    out += static_cast<char>((value & 127) | 128);
    value >>= 7;
  }
  return out + static_cast<char>(value);
}

std::string unknown(const std::string& version, const std::string& kind, const std::string& raw) {
  return std::string("k8s\0", 4) + bytes(1, bytes(1, version) + bytes(2, kind)) + bytes(2, raw) +
         bytes(3, "") + bytes(4, "");
}

/// Unset scalars are sent as empty texts and zeros.
std::string meta(const std::string& name) {
  return bytes(1, bytes(1, name) + bytes(2, "") + bytes(3, "") + bytes(5, "") + bytes(6, "") + whole(7, 0) +
                      bytes(8, ""));
}

TEST(KubeProtobuf, ASecret) {
  const std::string secret = meta("db") + bytes(2, bytes(1, "url") + bytes(2, "postgres://z")) + bytes(3, "");
  const auto json = decode_protobuf(unknown("v1", "Secret", secret));
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ(*json, Json::parse(R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"db"},
      "data":{"url":"cG9zdGdyZXM6Ly96"}})"));
}

TEST(KubeProtobuf, ADeploymentWithNumbersListsAndMaps) {
  const std::string container = bytes(1, "web") + bytes(2, "web:1") + bytes(3, "run") + bytes(3, "") +
                                bytes(8, bytes(1, bytes(1, "cpu") + bytes(2, bytes(1, "500m"))));
  const std::string pod = bytes(1, meta("").substr(2) + bytes(11, bytes(1, "app") + bytes(2, "web"))) +
                          bytes(2, bytes(2, container));
  const std::string spec = whole(1, 0) + bytes(2, bytes(1, bytes(1, "app") + bytes(2, "web"))) +
                           bytes(3, pod) +
                           bytes(4, bytes(2, bytes(1, whole(1, 1) + whole(2, 0) + bytes(3, "25%"))));
  const auto json = decode_protobuf(unknown("apps/v1", "Deployment", meta("web") + bytes(2, spec)));
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ((*json)["spec"]["replicas"], 0);
  EXPECT_EQ((*json)["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"], "25%");
  const Json& shown = (*json)["spec"]["template"]["spec"]["containers"][0];
  EXPECT_EQ(
      shown,
      Json::parse(
          R"({"name":"web","image":"web:1","command":["run",""],"resources":{"limits":{"cpu":"500m"}}})"));
}

TEST(KubeProtobuf, WhatIsNoMessage) {
  EXPECT_FALSE(decode_protobuf("k8s"));
  EXPECT_FALSE(decode_protobuf("{}"));
  const std::string good = unknown("v1", "Secret", meta("db"));
  for (std::size_t length = 4; length < good.size(); ++length)
    static_cast<void>(decode_protobuf(good.substr(0, length)));  // no harm
  EXPECT_FALSE(decode_protobuf(unknown("v1", "Secret", bytes(1, std::string(3, '\xff')))));
  EXPECT_EQ(decode_protobuf(unknown("v1", "Pod", meta("p"))).error().code, ErrorCode::not_found);
}

using KubeProtobufApi = KubeTest;

TEST_F(KubeProtobufApi, CreatesAndRefuses) {
  const std::string path =
      "/api/v1/namespaces/shop/secrets?fieldManager=kubectl-create&fieldValidation=Strict";
  const std::string secret = meta("db") + bytes(2, bytes(1, "url") + bytes(2, "postgres://z")) + bytes(3, "");
  const Answer answer = ask("POST", path, unknown("v1", "Secret", secret), protobuf);
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(json(answer)["data"]["url"], "cG9zdGdyZXM6Ly96");
  EXPECT_EQ(json(answer)["metadata"]["namespace"], "shop");
  EXPECT_EQ(json(answer)["metadata"]["managedFields"][0]["manager"], "kubectl-create");
  const Answer other = ask("POST", "/api/v1/namespaces/shop/pods", unknown("v1", "Pod", meta("p")), protobuf);
  EXPECT_EQ(other.status, 415);
  EXPECT_THAT(other.body, testing::HasSubstr("kubectl apply -f -"));
  EXPECT_EQ(ask("POST", path, "rubbish", protobuf).status, 400);
}

TEST_F(KubeProtobufApi, Reviews) {
  const std::string access = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  const std::string raw = meta("") + bytes(2, bytes(1, bytes(2, "delete") + bytes(5, "pods")));
  const Answer answer =
      ask("POST", access, unknown("authorization.k8s.io/v1", "SelfSubjectAccessReview", raw), protobuf);
  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(json(answer)["status"]["allowed"], true);
  EXPECT_EQ(json(answer)["spec"]["resourceAttributes"]["verb"], "delete");
  EXPECT_EQ(ask("POST", access, "{}").status, 422);
  const Answer me = ask("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
  EXPECT_EQ(json(me)["status"]["userInfo"]["username"], "alice");
  const Answer rules = ask("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "{}");
  EXPECT_EQ(json(rules)["status"]["resourceRules"][0]["verbs"][0], "*");
}

}  // namespace
}  // namespace muster::kube
