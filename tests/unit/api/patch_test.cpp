// Patches against the examples of their specifications.
#include <gtest/gtest.h>

#include "api/kube/patch_json.hpp"

namespace muster::kube {
namespace {

struct Example {
  const char *name, *target, *patch, *result;
};

// RFC 7386, appendix A.
constexpr Example merge_examples[] = {
    {"replace", R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
    {"add", R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
    {"remove", R"({"a":"b"})", R"({"a":null})", R"({})"},
    {"remove one", R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
    {"list by text", R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
    {"text by list", R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
    {"nested", R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
    {"lists replace", R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
    {"lists", R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
    {"object by list", R"({"a":"b"})", R"(["c"])", R"(["c"])"},
    {"null", R"({"a":"foo"})", R"(null)", R"(null)"},
    {"text", R"({"a":"foo"})", R"("bar")", R"("bar")"},
    {"null stays", R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
    {"list by object", R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
    {"nulls of new parts vanish", R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
};

TEST(MergePatch, Rfc7386) {
  for (const Example& example : merge_examples) {
    Json target = Json::parse(example.target);
    apply_merge_patch(target, Json::parse(example.patch));
    EXPECT_EQ(target, Json::parse(example.result)) << example.name;
  }
}

// RFC 6902, appendix A; an empty result: refused.
constexpr Example operation_examples[] = {
    {"A.1", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])",
     R"({"baz":"qux","foo":"bar"})"},
    {"A.2", R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
     R"({"foo":["bar","qux","baz"]})"},
    {"A.3", R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])", R"({"foo":"bar"})"},
    {"A.4", R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])",
     R"({"foo":["bar","baz"]})"},
    {"A.5", R"({"baz":"qux","foo":"bar"})", R"([{"op":"replace","path":"/baz","value":"boo"}])",
     R"({"baz":"boo","foo":"bar"})"},
    {"A.6", R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
     R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
     R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})"},
    {"A.7", R"({"foo":["all","grass","cows","eat"]})", R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
     R"({"foo":["all","cows","eat","grass"]})"},
    {"A.8", R"({"baz":"qux","foo":["a",2,"c"]})",
     R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}])",
     R"({"baz":"qux","foo":["a",2,"c"]})"},
    {"A.9", R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])", ""},
    {"A.10", R"({"foo":"bar"})", R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
     R"({"foo":"bar","child":{"grandchild":{}}})"},
    {"A.11", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])",
     R"({"foo":"bar","baz":"qux"})"},
    {"A.12", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])", ""},
    {"A.14", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])", R"({"/":9,"~1":10})"},
    {"A.15", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])", ""},
    {"A.16", R"({"foo":["bar"]})", R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
     R"({"foo":["bar",["abc","def"]]})"},
    {"copy", R"({"a":{"b":1}})", R"([{"op":"copy","from":"/a","path":"/c"}])",
     R"({"a":{"b":1},"c":{"b":1}})"},
    {"replace of nothing", R"({"a":1})", R"([{"op":"replace","path":"/b","value":1}])", ""},
    {"remove of nothing", R"({"a":1})", R"([{"op":"remove","path":"/b"}])", ""},
    {"index with zero", R"({"a":[1,2]})", R"([{"op":"remove","path":"/a/01"}])", ""},
    {"index too large", R"({"a":[1,2]})", R"([{"op":"add","path":"/a/3","value":1}])", ""},
    {"into itself", R"({"a":{"b":1}})", R"([{"op":"move","from":"/a","path":"/a/c"}])", ""},
    {"unknown operation", R"({"a":1})", R"([{"op":"delete","path":"/a"}])", ""},
    {"no list", R"({"a":1})", R"({"op":"remove","path":"/a"})", ""},
    {"no path", R"({"a":1})", R"([{"op":"remove"}])", ""},
    {"no value", R"({"a":1})", R"([{"op":"add","path":"/b"}])", ""},
    {"bad pointer", R"({"a":1})", R"([{"op":"remove","path":"a"}])", ""},
    {"whole document", R"({"a":1})", R"([{"op":"replace","path":"","value":{"b":2}}])", R"({"b":2})"},
};

TEST(JsonPatch, Rfc6902) {
  for (const Example& example : operation_examples) {
    Json target = Json::parse(example.target);
    const Json before = target;
    const bool done = apply_json_patch(target, Json::parse(example.patch)).has_value();
    EXPECT_EQ(done, *example.result != '\0') << example.name;
    EXPECT_EQ(target, done ? Json::parse(example.result) : before) << example.name;
  }
}

TEST(JsonPatch, NothingIsChangedIfALaterOperationFails) {
  Json target{{"a", 1}};
  const auto done = apply_json_patch(target, Json::parse(R"([{"op":"replace","path":"/a","value":2},
      {"op":"test","path":"/metadata/resourceVersion","value":"7"}])"));
  EXPECT_EQ(done.error().message, "testing value /metadata/resourceVersion failed: test failed");
  EXPECT_EQ(target, (Json{{"a", 1}}));
}

// kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch, and the rules of
// strategicpatch.
constexpr Example strategic_examples[] = {
    {"a container is added in front", R"({"containers":[{"name":"nginx","image":"nginx"}]})",
     R"({"containers":[{"name":"redis","image":"redis"}]})",
     R"({"containers":[{"name":"redis","image":"redis"},{"name":"nginx","image":"nginx"}]})"},
    {"a container is changed",
     R"({"containers":[{"name":"a","image":"a:1"},{"name":"b","image":"b:1","args":["x"]}]})",
     R"({"containers":[{"name":"b","image":"b:2"}]})",
     R"({"containers":[{"name":"a","image":"a:1"},{"name":"b","image":"b:2","args":["x"]}]})"},
    {"tolerations are replaced", R"({"tolerations":[{"key":"dedicated"}]})",
     R"({"tolerations":[{"key":"disktype"}]})", R"({"tolerations":[{"key":"disktype"}]})"},
    {"null deletes", R"({"a":1,"b":{"c":1,"d":2}})", R"({"a":null,"b":{"c":null}})", R"({"b":{"d":2}})"},
    {"retainKeys", R"({"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}})",
     R"({"strategy":{"$retainKeys":["type"],"type":"Recreate"}})", R"({"strategy":{"type":"Recreate"}})"},
    {"an element is deleted", R"({"containers":[{"name":"a"},{"name":"b"}]})",
     R"({"containers":[{"$patch":"delete","name":"a"}]})", R"({"containers":[{"name":"b"}]})"},
    {"a list is replaced", R"({"containers":[{"name":"a"},{"name":"b"}]})",
     R"({"containers":[{"name":"c"},{"$patch":"replace"}]})", R"({"containers":[{"name":"c"}]})"},
    {"a map is replaced", R"({"labels":{"a":"1","b":"2"}})", R"({"labels":{"$patch":"replace","c":"3"}})",
     R"({"labels":{"c":"3"}})"},
    {"a map is emptied", R"({"labels":{"a":"1"}})", R"({"labels":{"$patch":"delete"}})", R"({"labels":{}})"},
    {"set env, with its order",
     R"({"containers":[{"name":"c","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}]})",
     R"({"$setElementOrder/containers":[{"name":"c"}],"containers":[{"name":"c",
         "$setElementOrder/env":[{"name":"A"},{"name":"B"},{"name":"C"}],"env":[{"name":"C","value":"3"}]}]})",
     R"({"containers":[{"name":"c","env":[{"name":"A","value":"1"},{"name":"B","value":"2"},{"name":"C","value":"3"}]}]})"},
    {"only the order", R"({"env":[{"name":"A"},{"name":"B"}]})",
     R"({"$setElementOrder/env":[{"name":"B"},{"name":"A"}]})", R"({"env":[{"name":"B"},{"name":"A"}]})"},
    {"ports by containerPort", R"({"ports":[{"containerPort":80,"name":"http"}]})",
     R"({"ports":[{"containerPort":80,"protocol":"TCP"},{"containerPort":81}]})",
     R"({"ports":[{"containerPort":80,"name":"http","protocol":"TCP"},{"containerPort":81}]})"},
    {"mounts by path", R"({"volumeMounts":[{"mountPath":"/a","name":"v"}]})",
     R"({"volumeMounts":[{"mountPath":"/a","readOnly":true}]})",
     R"({"volumeMounts":[{"mountPath":"/a","name":"v","readOnly":true}]})"},
    {"conditions by type", R"({"conditions":[{"type":"Ready","status":"True"}]})",
     R"({"conditions":[{"type":"Ready","status":"False"}]})",
     R"({"conditions":[{"type":"Ready","status":"False"}]})"},
    {"pull secrets by name", R"({"imagePullSecrets":[{"name":"a"}]})",
     R"({"imagePullSecrets":[{"name":"b"}]})", R"({"imagePullSecrets":[{"name":"b"},{"name":"a"}]})"},
    {"finalizers as a set", R"({"finalizers":["a","b"]})", R"({"finalizers":["b","c"]})",
     R"({"finalizers":["a","b","c"]})"},
    {"plain values taken out", R"({"finalizers":["a","b"]})",
     R"({"$deleteFromPrimitiveList/finalizers":["a"]})", R"({"finalizers":["b"]})"},
    {"args replace", R"({"args":["a","b"]})", R"({"args":["c"]})", R"({"args":["c"]})"},
    {"new parts lose nulls and directives", R"({})",
     R"({"a":{"b":null,"c":1},"containers":[{"name":"x","image":null}]})",
     R"({"a":{"c":1},"containers":[{"name":"x"}]})"},
};

TEST(StrategicPatch, Examples) {
  for (const Example& example : strategic_examples) {
    Json target = Json::parse(example.target);
    const auto done = apply_strategic_patch(target, Json::parse(example.patch), "Pod");
    ASSERT_TRUE(done.has_value()) << example.name << ": " << done.error().message;
    EXPECT_EQ(target, Json::parse(example.result)) << example.name;
  }
}

TEST(StrategicPatch, ServicePortsMergeByPort) {
  Json target = Json::parse(R"({"ports":[{"port":80,"targetPort":8080}]})");
  ASSERT_TRUE(
      apply_strategic_patch(target, Json::parse(R"({"ports":[{"port":80,"name":"http"}]})"), "Service")
          .has_value());
  EXPECT_EQ(target, Json::parse(R"({"ports":[{"port":80,"targetPort":8080,"name":"http"}]})"));
}

TEST(StrategicPatch, RefusesElementsWithoutTheirKey) {
  Json target = Json::parse(R"({"containers":[{"name":"a"}]})");
  const Json before = target;
  const auto done = apply_strategic_patch(target, Json::parse(R"({"containers":[{"image":"x"}]})"), "Pod");
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().message, "map: {\"image\":\"x\"} does not contain declared merge key: name");
  EXPECT_EQ(target, before);
  EXPECT_FALSE(apply_strategic_patch(target, Json::parse(R"({"a":{"$patch":"remove"}})"), "Pod").has_value());
}

}  // namespace
}  // namespace muster::kube
