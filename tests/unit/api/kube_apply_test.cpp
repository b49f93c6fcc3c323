// Server-side apply, field managers, field validation.
#include <gmock/gmock.h>

#include "tests/unit/api/fake_cluster.hpp"

namespace muster::kube {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* web = "/apis/apps/v1/namespaces/shop/deployments/web";
constexpr const char* map_c = "/api/v1/namespaces/shop/configmaps/c";
constexpr const char* apply_type = "application/apply-patch+yaml";
constexpr const char* strategic = "application/strategic-merge-patch+json";
constexpr const char* merge = "application/merge-patch+json";

class KubeApply : public KubeTest {
 protected:
  Answer apply(const std::string& path, const std::string& manager, const std::string& body,
               bool force = false) {
    return ask("PATCH", path + "?fieldManager=" + manager + (force ? "&force=true" : "&force=false"), body,
               apply_type);
  }
  Json managers(const std::string& path) {
    Json found = Json::object();
    for (const Json& entry : json(get(path))["metadata"].value("managedFields", Json::array()))
      found[entry["manager"].get<std::string>() + " " + entry["operation"].get<std::string>()] =
          entry["fieldsV1"];
    return found;
  }
};

TEST_F(KubeApply, CreatesMergesAndTakesOut) {
  EXPECT_EQ(
      apply(map_c, "a",
            R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"A":"1","B":"2"}})")
          .status,
      201);
  EXPECT_EQ(managers(map_c)["a Apply"],
            (Json{{"f:data", {{"f:A", Json::object()}, {"f:B", Json::object()}}}}));
  EXPECT_EQ(
      apply(map_c, "b",
            R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"B":"2","C":"3"}})")
          .status,
      200);
  EXPECT_EQ(json(get(map_c))["data"], (Json{{"A", "1"}, {"B", "2"}, {"C", "3"}}));
  // a gives up A, which nobody else has, and B, which b has too
  EXPECT_EQ(
      apply(map_c, "a", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{}})").status,
      200);
  EXPECT_EQ(json(get(map_c))["data"], (Json{{"B", "2"}, {"C", "3"}}));
}

TEST_F(KubeApply, ConflictsInTheServersWords) {
  put_deployment();
  ask("PATCH", std::string(web) + "?fieldManager=kubectl-set",
      R"({"spec":{"template":{"spec":{"containers":[{"name":"web","image":"web:9"}]}}}})", strategic);
  ask("PATCH", std::string(web) + "?fieldManager=kubectl-scale", R"({"spec":{"replicas":5}})", merge);
  const std::string body =
      R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":2,
      "template":{"spec":{"containers":[{"name":"web","image":"web:3"}]}}}})";
  const Answer answer = apply(web, "kubectl", body);
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(
      json(answer)["message"],
      "Apply failed with 2 conflicts: conflicts with \"kubectl-scale\" using apps/v1:\n- .spec.replicas\n"
      "conflicts with \"kubectl-set\" using apps/v1:\n- .spec.template.spec.containers[name=\"web\"].image");
  EXPECT_EQ(json(answer)["details"]["causes"][0]["reason"], "FieldManagerConflict");
  EXPECT_EQ(json(get(web))["spec"]["replicas"], 5);
  EXPECT_EQ(apply(web, "kubectl", body, true).status, 200);
  const Json after = json(get(web));
  EXPECT_EQ(after["spec"]["replicas"], 2);
  EXPECT_EQ(after["spec"]["template"]["spec"]["containers"][0]["image"], "web:3");
  EXPECT_EQ(after["spec"]["template"]["spec"]["containers"][1]["image"], "side:1");
  EXPECT_FALSE(managers(web).contains("kubectl-scale Update"));
}

TEST_F(KubeApply, TheSameValueIsNoConflictAndIsShared) {
  put_deployment();
  ask("PATCH", std::string(web) + "?fieldManager=kubectl-scale", R"({"spec":{"replicas":5}})", merge);
  EXPECT_EQ(
      apply(web, "other",
            R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":5}})")
          .status,
      200);
  EXPECT_TRUE(managers(web).contains("kubectl-scale Update"));
  EXPECT_TRUE(managers(web).contains("other Apply"));
}

TEST_F(KubeApply, AnUpdateOwnsWhatItChangesAndNothingElse) {
  put_config("c");
  api.handle({"alice", "PATCH", map_c, merge, R"({"data":{"B":"2"}})", "", "kubectl/v1.32.4 (linux/amd64)"});
  EXPECT_EQ(managers(map_c), (Json{{"kubectl Update", {{"f:data", {{"f:B", Json::object()}}}}}}));
  ask("PATCH", std::string(map_c) + "?fieldManager=bob", R"({"data":{"B":"3"}})", merge);
  EXPECT_EQ(managers(map_c), (Json{{"bob Update", {{"f:data", {{"f:B", Json::object()}}}}}}));
  ask("PATCH", std::string(map_c) + "?fieldManager=bob", R"({"data":{"B":null}})", merge);
  EXPECT_EQ(managers(map_c), Json::object());
}

TEST_F(KubeApply, WhatWasThereBeforeTheFirstApplyHasAnOwner) {
  put_deployment();
  const Answer answer = apply(
      web, "kubectl",
      R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":7}})");
  EXPECT_EQ(
      json(answer)["message"],
      "Apply failed with 1 conflict: conflict with \"before-first-apply\" using apps/v1: .spec.replicas");
}

TEST_F(KubeApply, RefusedConfigurations) {
  expect_status(
      ask("PATCH", map_c, "{}", apply_type), 422, "Invalid",
      "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
  put_deployment();
  EXPECT_THAT(
      apply(web, "a",
            R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"foo":1}})")
          .body,
      HasSubstr(
          "failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.foo: field not "
          "declared in schema"));
  expect_status(
      apply(web, "a", R"({"metadata":{"name":"other"}})"), 400, "BadRequest",
      "the name of the provided object (other) does not match the name of the request (web) for deployments");
}

TEST_F(KubeApply, UnknownAndDuplicateFields) {
  const std::string maps = "/api/v1/namespaces/shop/configmaps";
  const std::string body = R"({"metadata":{"name":"d","colour":"red"},"data":{"A":"1","A":"2"}})";
  expect_status(
      ask("POST", maps + "?fieldValidation=Strict", body), 400, "BadRequest",
      "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: duplicate field "
      "\"data.A\", unknown field \"metadata.colour\"");
  expect_status(
      ask("POST", maps + "?fieldValidation=Loud", body), 422, "Invalid",
      "CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Invalid value: \"Loud\": must be one of "
      "[Ignore Warn Strict]");
  const Answer warned = ask("POST", maps, body);
  EXPECT_EQ(warned.status, 201);
  EXPECT_FALSE(json(warned)["metadata"].contains("colour"));
  using Header = std::pair<std::string, std::string>;
  EXPECT_THAT(warned.headers, ElementsAre(Header{"Warning", R"(299 - "duplicate field \"data.A\"")"},
                                          Header{"Warning", R"(299 - "unknown field \"metadata.colour\"")"}));
  const Answer ignored = ask("PUT", maps + "/d?fieldValidation=Ignore", body);
  EXPECT_EQ(ignored.status, 200);
  EXPECT_TRUE(ignored.headers.empty());
}

TEST_F(KubeApply, AStrictPatchNamesItselfAsTheInvalidValue) {
  put_deployment();
  const Answer answer =
      ask("PATCH", std::string(web) + "?fieldValidation=Strict",
          R"({"spec":{"template":{"spec":{"containers":[{"name":"web","imag":"x"}]}}}})", strategic);
  expect_status(
      answer, 422, "Invalid",
      " \"\" is invalid: patch: Invalid value: "
      "\"map[spec:map[template:map[spec:map[containers:[map[imag:x name:web]]]]]]\": strict decoding error: "
      "unknown field \"spec.template.spec.containers[0].imag\"");
}

}  // namespace
}  // namespace muster::kube
