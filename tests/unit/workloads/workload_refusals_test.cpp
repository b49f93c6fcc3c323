// What the API server refuses of the other workloads, with the real server's words (pkg/apis/*/validation).
#include <gtest/gtest.h>

#include "api/kube/codec.hpp"
#include "cluster_model/apiserver/object_defaults.hpp"
#include "cluster_model/apiserver/object_validation.hpp"

namespace muster {
namespace {

std::string refusal(const std::string& json) {
  auto object = kube::object_from_json(json, Epoch{});
  if (!object) return object.error().text();
  apply_defaults(*object);
  const auto ok = validate(*object);
  return ok ? "" : ok.error().text();
}

const std::string pods =
    R"("template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}})";

TEST(Refusals, Job) {
  const auto job = [](const std::string& spec) {
    return refusal(R"({"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"j"},"spec":{)" + spec + "}}");
  };
  EXPECT_EQ(job(pods),
            "/spec/template/spec/restartPolicy: Unsupported value: \"Always\": supported values: "
            "\"OnFailure\", \"Never\"");
  const std::string ends =
      R"("template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}})";
  EXPECT_EQ(job(ends), "");
  EXPECT_EQ(job(ends + R"(,"parallelism":-1)"),
            "/spec/parallelism: Invalid value: -1: must be greater than or equal to 0");
  EXPECT_EQ(job(ends + R"(,"completionMode":"Indexed")"),
            "/spec/completionMode: Indexed jobs are not simulated: expected NonIndexed");
}

TEST(Refusals, Selectors) {
  const auto set = [](const std::string& selector) {
    return refusal(
        R"({"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"s"},"spec":{"selector":)" +
        selector + "," + pods + "}}");
  };
  EXPECT_EQ(set(R"({"matchLabels":{"a":"b"}})"), "");
  EXPECT_EQ(set(R"({"matchExpressions":[{"key":"a","operator":"In","values":["x","b"]}]})"), "");
  EXPECT_EQ(set("{}"), "/spec/selector: Required value");
  EXPECT_EQ(set(R"({"matchLabels":{"a":"c"}})"),
            "/spec/template/metadata/labels: Invalid value: `selector` does not match template `labels`");
  EXPECT_EQ(set(R"({"matchExpressions":[{"key":"a","operator":"In"}]})"),
            "/spec/selector/matchExpressions/0/values: Required value: must be specified when `operator` is "
            "'In' or 'NotIn'");
  EXPECT_EQ(
      set(R"({"matchExpressions":[{"key":"a","operator":"Like"}]})"),
      "/spec/selector/matchExpressions/0/operator: Invalid value: \"Like\": not a valid selector operator");
}

TEST(Refusals, Autoscaler) {
  const auto autoscaler = [](const std::string& rest) {
    return refusal(
        R"({"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{
        "scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"})" +
        rest + "}}");
  };
  EXPECT_EQ(autoscaler(R"(,"maxReplicas":3)"), "");
  EXPECT_EQ(autoscaler(R"(,"minReplicas":4,"maxReplicas":3)"),
            "/spec/maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`");
  EXPECT_EQ(autoscaler(R"(,"minReplicas":0,"maxReplicas":3)"),
            "/spec/minReplicas: Invalid value: 0: must be greater than or equal to 1");
  EXPECT_EQ(autoscaler(R"(,"maxReplicas":3,"metrics":[{"type":"Pods","pods":{}}])"),
            "/spec/metrics/0/type: metrics of type Pods are not simulated: expected Resource");
}

TEST(Refusals, ClaimsAndQuotas) {
  EXPECT_EQ(
      refusal(R"({"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"c"},"spec":{}})"),
      "/spec/accessModes: Required value: at least 1 access mode is required");
  EXPECT_EQ(refusal(R"({"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q"},"spec":{
              "hard":{"pods":"1"},"scopes":["BestEffort"]}})"),
            "/spec/scopes: scopes are not simulated");
}

TEST(Refusals, WhatMayNotChange) {
  const auto set = [](const char* service, int replicas) {
    return kube::object_from_json(
               R"({"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"s"},"spec":{
        "selector":{"matchLabels":{"a":"b"}},"serviceName":")" +
                   std::string(service) + R"(","replicas":)" + std::to_string(replicas) + "," + pods + "}}",
               Epoch{})
        .value();
  };
  EXPECT_TRUE(validate_update(set("s", 1), set("s", 2)).has_value());
  EXPECT_EQ(validate_update(set("s", 1), set("t", 1)).error().message.substr(0, 60),
            "Forbidden: updates to statefulset spec for fields other than");
}

}  // namespace
}  // namespace muster
