// Random Kubernetes objects for property tests: modelled and unmodelled fields, each there or not.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace muster::kube {

using Json = nlohmann::json;

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}

  Json object(const std::string& kind) {
    Json json{{"kind", kind}, {"metadata", metadata(true)}};
    json["apiVersion"] = kind == "Deployment" || kind == "ReplicaSet" ? "apps/v1"
                         : kind == "EndpointSlice"                    ? "discovery.k8s.io/v1"
                         : kind == "NetworkPolicy"                    ? "networking.k8s.io/v1"
                                                                      : "v1";
    if (kind == "Pod") json["spec"] = pod_spec();
    if (kind == "Deployment" || kind == "ReplicaSet") json["spec"] = workload(kind == "Deployment");
    if (kind == "Service") json["spec"] = service();
    if (kind == "ConfigMap") json["data"] = text_map();
    if (kind == "Secret") json["data"] = {{"k", coin() ? "eA==" : "Zm9vYmFy"}};
    if (kind == "Node") json["spec"] = node_spec();
    if (kind == "EndpointSlice") slice(json);
    if (kind == "Event") event(json);
    if (coin()) json["unknownTop"] = anything(3);
    if (coin() && kind != "ConfigMap" && kind != "Secret") json["status"]["unknownStatus"] = anything(2);
    return json;
  }

 private:
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33) % limit;
  }
  bool coin() { return below(2) == 0; }
  std::string word() {
    static const char* const words[] = {"web",       "a-1", "x", "shop", "naïve", "with \"quotes\"",
                                        "new\nline", "8080"};
    return words[below(8)];
  }
  Json text_map() {
    Json json{{"key", word()}};
    if (coin()) json["a/b~c"] = word();
    return json;
  }
  /// JSON without nulls, empty lists and empty texts, which the API's own types cannot tell from absent.
  Json anything(int depth) {
    switch (below(depth > 0 ? 6 : 4)) {
      case 0:
        return word();
      case 1:
        return below(1000);
      case 2:
        return coin();
      case 3:
        return 0.5;
      case 4: {
        Json list = Json::array({anything(depth - 1)});
        if (coin()) list.push_back(anything(depth - 1));
        return list;
      }
      default:
        return Json{{"u" + std::to_string(below(5)), anything(depth - 1)}, {"v", anything(depth - 1)}};
    }
  }
  void maybe(Json& json, const char* key, Json value) {
    if (coin()) json[key] = std::move(value);
  }

  Json metadata(bool named) {
    Json json = Json::object();
    if (named) json["name"] = "n" + std::to_string(below(100));
    maybe(json, "namespace", "shop");
    maybe(json, "labels", text_map());
    maybe(json, "annotations", text_map());
    maybe(json, "generateName", "n");
    maybe(json, "creationTimestamp", "2025-11-01T14:00:00Z");
    maybe(json, "finalizers", Json::array({"a", "b"}));
    if (coin()) {
      json["ownerReferences"] = Json::array(
          {{{"apiVersion", "v1"}, {"kind", "K"}, {"name", "o"}, {"uid", "u"}, {"controller", coin()}}});
      maybe(json["ownerReferences"][0], "blockOwnerDeletion", coin());
    }
    maybe(json, "managedFields", Json::array({anything(2)}));
    return json;
  }

  Json probe() {
    Json json{{"periodSeconds", below(20)}};
    switch (below(4)) {
      case 0:
        json["httpGet"] = {{"path", "/p"}, {"port", 8080}, {"scheme", "HTTP"}};
        break;
      case 1:
        json["tcpSocket"] = {{"port", "http"}};
        break;
      case 2:
        json["exec"] = {{"command", Json::array({"ls"})}};
        break;
      default:
        json["grpc"] = {{"port", 5}};
    }
    maybe(json, "initialDelaySeconds", 3);
    maybe(json, "terminationGracePeriodSeconds", 9);
    return json;
  }
  Json variable() {
    Json json{{"name", "V" + std::to_string(below(9))}};
    switch (below(4)) {
      case 0:
        json["value"] = word();
        break;
      case 1:
        json["valueFrom"]["configMapKeyRef"] = {{"name", word()}, {"key", "k"}, {"optional", coin()}};
        break;
      case 2:
        json["valueFrom"]["secretKeyRef"] = {{"name", word()}, {"key", "k"}};
        break;
      default:
        json["valueFrom"]["resourceFieldRef"] = {{"resource", "limits.cpu"}, {"divisor", "1m"}};
    }
    return json;
  }
  Json container() {
    Json json{{"name", "c" + std::to_string(below(9))}, {"image", "i:1"}};
    if (coin()) json["env"] = Json::array({variable(), variable()});
    if (coin())
      json["envFrom"] = Json::array({{{coin() ? "secretRef" : "configMapRef", {{"name", word()}}}}});
    if (coin()) {
      json["ports"] = Json::array({{{"containerPort", 80}}, {{"containerPort", 81}, {"name", "m"}}});
      maybe(json["ports"][1], "protocol", "UDP");
    }
    if (coin()) json["resources"]["limits"] = {{"cpu", "250m"}, {"memory", "512Mi"}};
    if (coin()) json["resources"]["requests"] = {{"memory", "2G"}, {"ephemeral-storage", "1Gi"}};
    if (coin()) json["readinessProbe"] = probe();
    if (coin()) json["startupProbe"] = probe();
    maybe(json, "securityContext", Json::object());
    maybe(json, "command", Json::array({"run", "fast"}));
    maybe(json, "unknown", anything(3));
    return json;
  }
  Json pod_spec() {
    Json json{{"containers", Json::array({container()})}};
    if (coin()) json["containers"].push_back(container());
    maybe(json, "restartPolicy", "Never");
    maybe(json, "nodeSelector", text_map());
    maybe(json, "terminationGracePeriodSeconds", 5);
    maybe(json, "volumes", Json::array({{{"name", "v"}, {"emptyDir", Json::object()}}}));
    maybe(json, "unknown", anything(3));
    return json;
  }
  Json workload(bool deployment) {
    Json json{{"template", {{"metadata", metadata(false)}, {"spec", pod_spec()}}}};
    json["selector"]["matchLabels"] = text_map();
    maybe(json, "replicas", below(9));
    maybe(json, "minReadySeconds", 4);
    maybe(json, "unknown", anything(2));
    if (!deployment) return json;
    if (coin()) {
      json["strategy"] = {{"type", "RollingUpdate"},
                          {"rollingUpdate", {{"maxSurge", "30%"}, {"maxUnavailable", 0}}}};
    } else {
      json["strategy"] = {{"type", "Recreate"}};
    }
    return json;
  }
  Json service() {
    Json json{{"ports", Json::array({{{"port", 80}, {"targetPort", coin() ? Json(8080) : Json("http")}}})}};
    maybe(json["ports"][0], "nodePort", 30000);
    maybe(json, "selector", text_map());
    maybe(json, "clusterIPs", Json::array({"1.2.3.4"}));
    return json;
  }
  Json node_spec() {
    Json json{{"podCIDR", "10.0.0.0/24"}};
    if (coin()) json["unschedulable"] = true;
    maybe(json, "taints", Json::array({{{"key", "k"}, {"effect", "NoSchedule"}}}));
    return json;
  }
  void slice(Json& json) {
    json["addressType"] = "IPv4";
    json["ports"] = Json::array({{{"port", 80}, {"name", "http"}, {"protocol", "TCP"}}});
    json["endpoints"] =
        Json::array({{{"addresses", Json::array({"10.0.0.1"})}, {"conditions", {{"ready", coin()}}}}});
    maybe(json["endpoints"][0], "zone", "z1");
    if (coin()) json["endpoints"][0]["targetRef"] = {{"kind", "Pod"}, {"name", "p"}, {"uid", "u"}};
  }
  void event(Json& json) {
    json["involvedObject"] = {{"kind", coin() ? "Pod" : "Deployment"}, {"name", "p"}, {"namespace", "shop"}};
    json["reason"] = word();
    json["message"] = word();
    json["count"] = below(5);
    maybe(json, "source", {{"component", "kubelet"}});
    maybe(json, "action", "Binding");
  }

  std::uint64_t state_;
};

}  // namespace muster::kube
