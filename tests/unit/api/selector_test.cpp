#include "api/kube/selector.hpp"

#include <gtest/gtest.h>

#include "api/url.hpp"

namespace muster::kube {
namespace {

struct LabelCase {
  const char* selector;
  bool web, canary, bare;  ///< does it match {app:web,tier:front}, {app:web,track:canary}, {}
};

constexpr LabelCase label_cases[] = {
    {"", true, true, true},
    {"app=web", true, true, false},
    {"app==web", true, true, false},
    {" app = web ", true, true, false},
    {"app!=web", false, false, true},
    {"tier!=front", false, true, true},
    {"app=web,tier=front", true, false, false},
    {"tier in (front,back)", true, false, false},
    {"tier in (front, back),app", true, false, false},
    {"tier notin (front)", false, true, true},
    {"track", false, true, false},
    {"!track", true, false, true},
    {"app,!tier", false, true, false},
    {"app in (web),tier notin (back,side)", true, true, false},
    {"tier=", false, false, false},
    {"a.b/c=d", false, false, false},
};

TEST(LabelSelector, Matches) {
  const StringMap web{{"app", "web"}, {"tier", "front"}}, canary{{"app", "web"}, {"track", "canary"}}, bare;
  for (const LabelCase& c : label_cases) {
    const auto selector = LabelSelector::parse(c.selector);
    ASSERT_TRUE(selector.has_value()) << c.selector;
    EXPECT_EQ(selector->matches(web), c.web) << c.selector;
    EXPECT_EQ(selector->matches(canary), c.canary) << c.selector;
    EXPECT_EQ(selector->matches(bare), c.bare) << c.selector;
  }
}

TEST(LabelSelector, RefusesWhatItCannotRead) {
  for (const char* text : {"=web", "app=web,", ",", "app in web", "app in (a", "app in (a b)", "app web", "!",
                           "a=b c", "a=(b)", "!a=b"}) {
    EXPECT_FALSE(LabelSelector::parse(text).has_value()) << text;
  }
  EXPECT_EQ(LabelSelector::parse("app in web").error().message,
            "unable to parse requirement: found 'web', expected: '('");
}

Object pod(const std::string& name, const std::string& phase, const std::string& node) {
  Object object;
  object.api_version = "v1";
  object.kind = "Pod";
  object.meta.name = name;
  object.meta.namespace_ = "shop";
  Pod& body = object.body.emplace<Pod>();
  body.status.phase = phase;
  body.spec.node_name = node;
  return object;
}

TEST(FieldSelector, Pods) {
  const Object running = pod("a", "Running", "n1"), failed = pod("b", "Failed", "");
  const auto matches = [](const char* text, const Object& object) {
    const auto selector = FieldSelector::parse(text, "Pod");
    EXPECT_TRUE(selector.has_value()) << text;
    return selector->matches(object);
  };
  EXPECT_TRUE(matches("metadata.name=a", running));
  EXPECT_FALSE(matches("metadata.name=a", failed));
  EXPECT_TRUE(matches("metadata.name==a,metadata.namespace=shop", running));
  EXPECT_TRUE(matches("status.phase!=Failed,status.phase!=Succeeded,spec.nodeName=n1", running));
  EXPECT_FALSE(matches("status.phase!=Failed", failed));
  EXPECT_TRUE(matches("spec.nodeName=", failed));
  EXPECT_FALSE(matches("spec.nodeName=", running));
}

TEST(FieldSelector, Events) {
  Object object;
  object.kind = "Event";
  KubeEvent& event = object.body.emplace<KubeEvent>();
  event.involved = {Kind::Deployment, "shop", "web"};
  event.involved_uid = "u1";
  event.reason = "ScalingReplicaSet";
  const auto matches = [&](const char* text) { return FieldSelector::parse(text, "Event")->matches(object); };
  EXPECT_TRUE(
      matches("involvedObject.kind=Deployment,involvedObject.apiVersion=apps/v1,involvedObject.name=web"));
  EXPECT_TRUE(matches("involvedObject.uid=u1,involvedObject.namespace=shop,reason=ScalingReplicaSet"));
  EXPECT_FALSE(matches("involvedObject.kind=Pod"));
  event.involved = {Kind::Other, "shop", "HorizontalPodAutoscaler.autoscaling/web"};
  EXPECT_TRUE(matches("involvedObject.kind=HorizontalPodAutoscaler,involvedObject.name=web"));
}

TEST(FieldSelector, UnknownFieldsAreRefusedAsTheServerDoes) {
  EXPECT_EQ(FieldSelector::parse("spec.colour=red", "Pod").error().message,
            "field label not supported: spec.colour");
  EXPECT_FALSE(FieldSelector::parse("involvedObject.name=x", "Pod").has_value());
  EXPECT_FALSE(FieldSelector::parse("nonsense", "Pod").has_value());
}

TEST(Url, IsTakenApart) {
  const auto url =
      parse_url("/api/v1/namespaces/a%20b/pods?labelSelector=app%3Dweb%2Ctier&watch&limit=5&x=a+b");
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->segments, (std::vector<std::string>{"api", "v1", "namespaces", "a b", "pods"}));
  EXPECT_EQ(url->parameter("labelSelector"), "app=web,tier");
  EXPECT_EQ(url->parameter("x"), "a b");
  EXPECT_EQ(url->parameter("absent"), "");
  EXPECT_TRUE(url->flag("watch"));
  EXPECT_FALSE(url->flag("limit"));
  EXPECT_FALSE(parse_url("/a%2").has_value());
  EXPECT_FALSE(parse_url("/a?b=%zz").has_value());
}

}  // namespace
}  // namespace muster::kube
