// A cluster without controllers: an object store and logs, enough for the handlers.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/kube/cluster.hpp"
#include "api/kube/codec.hpp"
#include "api/kube/kube_api.hpp"

namespace muster::kube {

class FakeCluster final : public Cluster {
 public:
  SimTime now() const override { return now_; }
  Epoch epoch() const override { return Epoch{1'762'006'800}; }  // 2025-11-01T14:20:00Z
  const ObjectStore& objects() const override { return store_; }
  const ContainerLogs& logs() const override { return logs_; }

  Result<ObjectPtr> create(Object object, const std::string& by) override {
    writers.push_back(by);
    const bool home =
        !is_namespaced(object.key().kind) || store_.find(Kind::Namespace, {}, object.meta.namespace_);
    if (!home) return Error{ErrorCode::not_found, "namespace", {}};
    object.meta.uid = "uid-" + std::to_string(++births_);
    object.meta.created = now_;
    return store_.create(std::move(object));
  }
  Result<ObjectPtr> update(Object object, const std::string& by, std::uint64_t expected) override {
    writers.push_back(by);
    if (const auto* deployment = std::get_if<Deployment>(&object.body);
        deployment && deployment->replicas < 0) {
      return invalid_input("Invalid value: -1: must be greater than or equal to 0", "/spec/replicas");
    }
    return store_.update(std::move(object), true, expected);
  }
  Result<ObjectPtr> remove(const ObjectKey& key, std::optional<SimDuration> grace,
                           const std::string& by) override {
    writers.push_back(by);
    last_grace = grace;
    return store_.remove(key);
  }

  Eviction evict(const ObjectKey& pod, std::optional<SimDuration> grace) override {
    if (refusal) return *refusal;
    last_grace = grace;
    const auto removed = store_.remove(pod);
    return {removed ? removed.value() : nullptr, 0, {}, {}, 0};
  }

  Result<ExecAnswer> exec(const ObjectKey& pod, const std::string& container,
                          const std::vector<std::string>& command, const std::string&) override {
    if (!store_.find(pod)) return Error{ErrorCode::not_found, "no pod", {}};
    if (container == "gone") {
      return Error{ErrorCode::conflict, "unable to upgrade connection: container not found (\"gone\")", {}};
    }
    ExecAnswer answer;
    for (const std::string& word : command) answer.out += "[" + word + "]";
    answer.takes = 2s;
    return answer;
  }

  /// As a controller would: status included.
  void put(const std::string& json) {
    Result<Object> object = object_from_json(json, epoch());
    ASSERT_TRUE(object.has_value()) << object.error().text();
    const bool there = store_.find(object->key()) != nullptr;
    if (object->meta.uid.empty()) object->meta.uid = "uid-" + std::to_string(++births_);
    auto done = there ? store_.update(*std::move(object), true) : store_.create(*std::move(object));
    ASSERT_TRUE(done.has_value());
  }

  SimTime now_{60s};
  ObjectStore store_;
  ContainerLogs logs_;
  std::vector<std::string> writers;
  std::optional<SimDuration> last_grace;
  std::optional<Eviction> refusal;

 private:
  int births_ = 0;
};

/// The API over a fake cluster with the namespace "shop".
class KubeTest : public testing::Test {
 protected:
  KubeTest() { cluster.put(R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}})"); }

  Answer ask(const std::string& verb, const std::string& path, const std::string& body = {},
             const std::string& type = "application/json") {
    return api.handle(Request{"alice", verb, path, type, body});
  }
  Answer get(const std::string& path) { return ask("GET", path, {}, {}); }
  static nlohmann::json json(const Answer& answer) {
    return nlohmann::json::parse(answer.body, nullptr, false);
  }

  void expect_status(const Answer& answer, int code, const std::string& reason, const std::string& message) {
    EXPECT_EQ(answer.status, code) << answer.body;
    const auto body = json(answer);
    EXPECT_EQ(body.value("kind", ""), "Status") << answer.body;
    EXPECT_EQ(body.value("status", ""), "Failure");
    EXPECT_EQ(body.value("code", 0), code);
    EXPECT_EQ(body.value("reason", ""), reason);
    EXPECT_EQ(body.value("message", ""), message);
  }

  void put_config(const std::string& name, const std::string& labels = "{}") {
    cluster.put(R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"namespace":"shop","name":")" + name +
                R"(","labels":)" + labels + R"(},"data":{"A":"1"}})");
  }
  void put_deployment(int replicas = 3) {
    cluster.put(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"namespace":"shop","name":"web",
      "annotations":{"deployment.kubernetes.io/revision":"2"}},"spec":{"replicas":)" +
                std::to_string(replicas) +
                R"(,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":
      {"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:2","env":[{"name":"A","value":"1"}]},
      {"name":"side","image":"side:1"}]}}},"status":{"replicas":3,"availableReplicas":3}})");
  }
  void put_pod(const std::string& name, const std::string& status,
               const std::string& labels = R"({"app":"web"})") {
    cluster.put(R"({"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"shop","name":")" + name +
                R"(","uid":"u-)" + name + R"(","labels":)" + labels +
                R"(},"spec":{"nodeName":"n1","containers":[{"name":"web","image":"web:2"}]},"status":)" +
                status + "}");
  }

  FakeCluster cluster;
  KubeApi api{cluster};
};

inline constexpr const char* running_pod =
    R"({"phase":"Running","containerStatuses":[{"name":"web","image":"web:2","ready":true,"restartCount":0,
        "state":{"running":{"startedAt":"2025-11-01T14:20:00Z"}}}]})";
inline constexpr const char* crashing_pod =
    R"({"phase":"Running","containerStatuses":[{"name":"web","image":"web:2","ready":false,"restartCount":3,
        "state":{"waiting":{"reason":"CrashLoopBackOff"}},
        "lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]})";
inline constexpr const char* pulling_pod =
    R"({"phase":"Pending","containerStatuses":[{"name":"web","image":"web:9","ready":false,"restartCount":0,
        "state":{"waiting":{"reason":"ImagePullBackOff"}}}]})";

}  // namespace muster::kube
