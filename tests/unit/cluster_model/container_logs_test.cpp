#include "cluster_model/container_logs.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(ContainerLogs, KeepsOnlyTheCurrentAndThePreviousInstance) {
  ContainerLogs logs;
  EXPECT_EQ(logs.current("uid-1", "app"), nullptr);
  for (const char* text : {"first", "second", "third"}) {
    logs.begin_instance("uid-1", "app");
    logs.print("uid-1", "app", sim_start, text);
  }
  ASSERT_NE(logs.previous("uid-1", "app"), nullptr);
  EXPECT_EQ(logs.current("uid-1", "app")->at(0).text, "third");
  EXPECT_EQ(logs.previous("uid-1", "app")->at(0).text, "second");
  EXPECT_EQ(logs.previous("uid-1", "app")->size(), 1u);
}

TEST(ContainerLogs, GoWithThePodButNotWithAnotherPod) {
  ContainerLogs logs;
  logs.begin_instance("uid-1", "app");
  logs.begin_instance("uid-1", "sidecar");
  logs.begin_instance("uid-2", "app");
  EXPECT_EQ(logs.previous("uid-1", "app"), nullptr);
  logs.forget_pod("uid-1");
  EXPECT_EQ(logs.current("uid-1", "app"), nullptr);
  EXPECT_EQ(logs.current("uid-1", "sidecar"), nullptr);
  EXPECT_NE(logs.current("uid-2", "app"), nullptr);
}

}  // namespace
}  // namespace muster
