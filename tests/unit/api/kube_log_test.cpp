#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using testing::ElementsAre;

class KubeLog : public KubeTest {
 protected:
  static constexpr const char* log = "/api/v1/namespaces/shop/pods/a/log";

  /// One instance that crashed, and if `second` one more behind it.
  void print_logs(bool second) {
    cluster.logs_.begin_instance("u-a", "web");
    cluster.logs_.print("u-a", "web", SimTime{10s}, "starting");
    cluster.logs_.print("u-a", "web", SimTime{11s + 5ms}, "ERROR no such key");
    if (!second) return;
    cluster.logs_.begin_instance("u-a", "web");
    cluster.logs_.print("u-a", "web", SimTime{50s}, "again");
  }
  static constexpr const char* recovered_pod =
      R"({"phase":"Running","containerStatuses":[{"name":"web","image":"web:2","ready":true,"restartCount":1,
          "state":{"running":{"startedAt":"2025-11-01T14:20:50Z"}},
          "lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]})";
};

TEST_F(KubeLog, OfARunningContainer) {
  put_pod("a", running_pod);
  print_logs(false);
  const Answer answer = get(log);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "text/plain");
  EXPECT_EQ(answer.body, "starting\nERROR no such key\n");
  EXPECT_THAT(answer.clues, ElementsAre("log/error"));
}

TEST_F(KubeLog, Options) {
  put_pod("a", running_pod);
  print_logs(false);
  const auto body = [&](const std::string& query) { return get(std::string(log) + "?" + query).body; };
  EXPECT_EQ(body("tailLines=1"), "ERROR no such key\n");
  EXPECT_EQ(body("tailLines=0"), "");
  EXPECT_EQ(body("tailLines=9"), "starting\nERROR no such key\n");
  EXPECT_EQ(body("limitBytes=5"), "start");
  EXPECT_EQ(body("sinceSeconds=49"), "ERROR no such key\n");  // now is 60 s
  EXPECT_EQ(body("sinceTime=2025-11-01T14:20:11Z"), "ERROR no such key\n");
  EXPECT_EQ(body("tailLines=1&timestamps=true"), "2025-11-01T14:20:11.005000000Z ERROR no such key\n");
  EXPECT_EQ(get(std::string(log) + "?tailLines=x").status, 400);
  EXPECT_EQ(get(std::string(log) + "?tailLines=-1").status, 422);
}

TEST_F(KubeLog, OfTheInstanceBefore) {
  put_pod("a", recovered_pod);
  print_logs(true);
  EXPECT_EQ(get(log).body, "again\n");
  const Answer previous = get(std::string(log) + "?previous=true");
  EXPECT_EQ(previous.body, "starting\nERROR no such key\n");
  EXPECT_THAT(previous.clues, ElementsAre("log/crash", "log/error"));
}

// Between two starts both ways show the instance that ended last.
TEST_F(KubeLog, InCrashLoopBackOff) {
  put_pod("a", crashing_pod);
  print_logs(true);
  EXPECT_EQ(get(log).body, "again\n");
  EXPECT_EQ(get(std::string(log) + "?previous=true").body, "again\n");
  EXPECT_THAT(get(log).clues, ElementsAre("log/crash"));
}

TEST_F(KubeLog, WhatThereIsNoLogOf) {
  put_pod("a", running_pod);
  expect_status(get(std::string(log) + "?previous=true"), 400, "BadRequest",
                "previous terminated container \"web\" in pod \"a\" not found");
  expect_status(get(std::string(log) + "?container=db"), 400, "BadRequest",
                "container db is not valid for pod a");
  put_pod("a", pulling_pod);
  expect_status(get(log), 400, "BadRequest",
                "container \"web\" in pod \"a\" is waiting to start: trying and failing to pull image");
  expect_status(get("/api/v1/namespaces/shop/pods/x/log"), 404, "NotFound", "pods \"x\" not found");
  cluster.put(R"({"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"shop","name":"two"},
    "spec":{"nodeName":"n","containers":[{"name":"a"},{"name":"b"}]}})");
  expect_status(get("/api/v1/namespaces/shop/pods/two/log"), 400, "BadRequest",
                "a container name must be specified for pod two, choose one of: [a b]");
}

TEST_F(KubeLog, IsFollowedUntilTheInstanceEnds) {
  put_pod("a", running_pod);
  print_logs(false);
  const Answer answer = get(std::string(log) + "?follow=true&tailLines=1");
  EXPECT_EQ(answer.body, "ERROR no such key\n");
  ASSERT_NE(answer.stream, nullptr);
  EXPECT_FALSE(answer.stream->ready());
  cluster.logs_.print("u-a", "web", SimTime{70s}, "more");
  EXPECT_TRUE(answer.stream->ready());
  EXPECT_THAT(answer.stream->take(), ElementsAre("more"));
  EXPECT_FALSE(answer.stream->ended());
  cluster.logs_.print("u-a", "web", SimTime{71s}, "last words");
  cluster.logs_.begin_instance("u-a", "web");  // the next start takes the log away as the previous one
  cluster.logs_.print("u-a", "web", SimTime{72s}, "of the next instance");
  put_pod("a", recovered_pod);
  EXPECT_FALSE(answer.stream->ended());
  EXPECT_THAT(answer.stream->take(), ElementsAre("last words"));
  EXPECT_TRUE(answer.stream->ended());
}

TEST_F(KubeLog, FollowingEndsWithAPodThatIsGone) {
  put_pod("a", running_pod);
  print_logs(false);
  const Answer answer = get(std::string(log) + "?follow=true");
  ASSERT_TRUE(cluster.store_.remove({Kind::Pod, "shop", "a"}).has_value());
  EXPECT_THAT(answer.stream->take(), testing::IsEmpty());
  EXPECT_TRUE(answer.stream->ended());
}

}  // namespace
}  // namespace muster::kube
