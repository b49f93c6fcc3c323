#include "cluster_model/store.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

Object config_map(const std::string& name, const std::string& namespace_ = "prod") {
  Object object;
  object.api_version = "v1";
  object.kind = "ConfigMap";
  object.meta.name = name;
  object.meta.namespace_ = namespace_;
  object.body = ConfigData{};
  return object;
}

Object deployment(const std::string& name) {
  Object object;
  object.api_version = "apps/v1";
  object.kind = "Deployment";
  object.meta.name = name;
  object.meta.namespace_ = "prod";
  object.body = Deployment{};
  return object;
}

TEST(ObjectStore, CountsVersionsAndGenerations) {
  ObjectStore store;
  EXPECT_EQ(store.create(deployment("web")).value()->meta.resource_version, 1u);
  EXPECT_EQ(store.update(deployment("web"), false).value()->meta.generation, 1);
  EXPECT_EQ(store.update(deployment("web"), true).value()->meta.generation, 2);
  EXPECT_EQ(store.create(config_map("settings")).value()->meta.generation, 0);
  EXPECT_EQ(store.remove({Kind::Deployment, "prod", "web"}).value()->meta.resource_version, 5u);
  EXPECT_EQ(store.resource_version(), 5u);
}

TEST(ObjectStore, RefusesWhatDoesNotFitThePresentState) {
  ObjectStore store;
  const std::uint64_t version = store.create(config_map("a")).value()->meta.resource_version;
  EXPECT_EQ(store.create(config_map("a")).error().code, ErrorCode::conflict);
  EXPECT_EQ(store.update(config_map("b"), false).error().code, ErrorCode::not_found);
  EXPECT_EQ(store.remove({Kind::Secret, "prod", "a"}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(store.update(config_map("a"), false, version));
  EXPECT_EQ(store.update(config_map("a"), false, version).error().code, ErrorCode::conflict);
}

TEST(ObjectStore, ListsOneKindInOneOrEveryNamespace) {
  ObjectStore store;
  for (const char* name : {"b", "a"}) ASSERT_TRUE(store.create(config_map(name)));
  ASSERT_TRUE(store.create(config_map("c", "other")));
  ASSERT_TRUE(store.create(deployment("web")));
  const std::vector<ObjectPtr> prod = store.list(Kind::ConfigMap, "prod");
  ASSERT_EQ(prod.size(), 2u);
  EXPECT_EQ(prod[0]->meta.name, "a");
  EXPECT_EQ(store.list(Kind::ConfigMap).size(), 3u);
  EXPECT_TRUE(store.list(Kind::Secret).empty());
}

TEST(ObjectStore, KindsOfOneNameInTwoGroupsDoNotClash) {
  Object object = deployment("web");
  object.api_version = "example.com/v1";
  object.body = OtherObject{};
  EXPECT_EQ(object.key(), (ObjectKey{Kind::Other, "prod", "Deployment.example.com/web"}));
}

TEST(ObjectStore, TellsObserversAndRemembersChangesForWatches) {
  ObjectStore store;
  std::vector<Change::Type> seen;
  store.subscribe([&](const Change& change) { seen.push_back(change.type); });
  ASSERT_TRUE(store.create(config_map("a")));
  ASSERT_TRUE(store.update(config_map("a"), false));
  ASSERT_TRUE(store.remove({Kind::ConfigMap, "prod", "a"}));
  EXPECT_EQ(seen, (std::vector{Change::Type::added, Change::Type::modified, Change::Type::deleted}));
  ASSERT_TRUE(store.changes_since(1).has_value());
  EXPECT_EQ(store.changes_since(1)->size(), 2u);
  EXPECT_EQ(store.changes_since(0)->at(1).before->meta.resource_version, 1u);
  EXPECT_TRUE(store.changes_since(3)->empty());
}

TEST(ObjectStore, ForgetsTheOldestChanges) {
  ObjectStore store;
  ASSERT_TRUE(store.create(config_map("a")));
  for (std::size_t i = 0; i < ObjectStore::history_max; ++i)
    ASSERT_TRUE(store.update(config_map("a"), false));
  EXPECT_FALSE(store.changes_since(0).has_value());
  EXPECT_EQ(store.changes_since(1)->size(), ObjectStore::history_max);
  EXPECT_EQ(store.changes_since(2)->front().after->meta.resource_version, 3u);
}

TEST(Selectors, AnEmptyOneMatchesNothing) {
  const StringMap labels{{"app", "web"}, {"tier", "front"}};
  EXPECT_TRUE(selects(StringMap{{"app", "web"}}, labels));
  EXPECT_FALSE(selects(StringMap{{"app", "web"}, {"x", "y"}}, labels));
  EXPECT_FALSE(selects(StringMap{}, labels));
}

}  // namespace
}  // namespace muster
