#include "tests/campaign/random_requests.hpp"

#include <fmt/format.h>

namespace muster::campaign {

void RandomRequests::send_one() {
  using Action = void (RandomRequests::*)();
  static const std::vector<Action> actions{
      &RandomRequests::read_something,    &RandomRequests::ask_monitoring,    &RandomRequests::use_desk,
      &RandomRequests::change_deployment, &RandomRequests::change_deployment, &RandomRequests::change_config,
      &RandomRequests::change_pod,        &RandomRequests::change_pod,        &RandomRequests::change_node,
      &RandomRequests::remove_something,  &RandomRequests::create_pod,        &RandomRequests::put_mutated,
      &RandomRequests::send_nonsense};
  (this->*dice_.pick(actions))();
}

Answer RandomRequests::send(const std::string& verb, const std::string& path, const std::string& body,
                            const std::string& type) {
  return host_.submit(Request{actor_, verb, path, body.empty() ? std::string() : type, body});
}

void RandomRequests::patch(const std::string& path, const std::string& body) {
  send("PATCH", path, body, "application/strategic-merge-patch+json");
}

std::optional<JsonValue> RandomRequests::any(const std::string& plural) {
  const std::vector<JsonValue> all = list_all(host_, actor_, resource_named(plural));
  if (all.empty()) return std::nullopt;
  return dice_.pick(all);
}

std::string RandomRequests::path_of(const std::string& plural, const JsonValue& object) const {
  return object_path(resource_named(plural), object);
}

void RandomRequests::read_something() {
  const kube::ResourceType& type = dice_.pick(kube::resource_types());
  send("GET", collection_path(type, dice_.word({"", "shop", "back", "nowhere"})) +
                  dice_.word({"", "?limit=1", "?labelSelector=app%3Dapp0", "?labelSelector=app%20in%20(",
                              "?watch=1", "?fieldSelector=status.phase%3DRunning", "?limit=-1"}));
  if (const auto pod = any("pods"))
    send("GET", path_of("pods", *pod) + dice_.word({"", "/log", "/log?previous=true", "/log?tailLines=3",
                                                    "/log?container=x", "/status"}));
}

void RandomRequests::ask_monitoring() {
  send("GET", "/api/v1/query?query=" +
                  dice_.word({"up", "sum(rate(http_requests_total%5B1m%5D))", "kube_pod_status_phase", "1%2B",
                              "up%5B5m%5D",
                              "histogram_quantile(0.9,rate(http_request_duration_seconds_bucket%5B1m%5D))"}));
  send("GET",
       dice_.word({"/api/v1/alerts", "/api/v1/rules", "/api/v1/series?match%5B%5D=up", "/api/v1/labels"}));
}

void RandomRequests::use_desk() {
  const std::string what =
      dice_.word({"severity", "messages", "status", "notifications", "tickets", "hypotheses", "resolve",
                  "postmortem", "pages/1/acknowledge", "nothing"});
  const std::string body =
      dice_.word({"{}", "{\"text\":\"a\"}", "{\"severity\":\"P1\"}", "{\"channel\":\"c\",\"text\":\"b\"}",
                  "{\"to\":[\"cto\"],\"text\":\"d\"}", "{\"title\":\"e\"}", "[1]", "{\"text\":7}"});
  send(dice_.percent(90) ? "POST" : "DELETE", "/desk/v1/" + what, body);
  send("GET", dice_.word({"/desk/v1/pages", "/desk/v1/incident"}));
}

void RandomRequests::change_deployment() {
  const auto deployment = any("deployments");
  if (!deployment) return;
  const std::string path = path_of("deployments", *deployment);
  const std::string container = (*deployment)["spec"]["template"]["spec"]["containers"].at(0)["name"].text();
  const std::string in_container =
      "{{\"spec\":{{\"template\":{{\"spec\":{{\"containers\":[{{\"name\":\"{}\",{}}}]}}}}}}}}";
  switch (dice_.whole(0, 6)) {
    case 0:
      return patch(path, fmt::format("{{\"spec\":{{\"replicas\":{}}}}}", dice_.whole(0, 12)));
    case 1:
      return patch(
          path,
          fmt::format("{{\"spec\":{{\"template\":{{\"metadata\":{{\"annotations\":{{\"at\":\"{}\"}}}}}}}}}}",
                      nanoseconds_of(host_.now())));
    case 2:
      return patch(path,
                   fmt::format(fmt::runtime(in_container), container,
                               fmt::format("\"image\":\"registry.test/{}:{}\"", container,
                                           dice_.word({"v1", "v2", "slow", "crash", "errors", "gone"}))));
    case 3:
      return patch(path, fmt::format(fmt::runtime(in_container), container,
                                     dice_.word({"\"resources\":{\"requests\":{\"cpu\":\"64\"}}",
                                                 "\"resources\":{\"limits\":{\"memory\":\"1Gi\"}}",
                                                 "\"env\":[{\"name\":\"LEVEL\",\"value\":\"7\"}]"})));
    case 4:
      return patch(path, dice_.word({"{\"spec\":{\"paused\":true}}", "{\"spec\":{\"paused\":false}}"}));
    case 5:
      return patch(
          path, dice_.word({"{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}",
                            "{\"spec\":{\"minReadySeconds\":20}}", "{\"spec\":{\"revisionHistoryLimit\":0}}",
                            "{\"spec\":{\"replicas\":-1}}", "{\"spec\":{\"replicas\":\"two\"}}"}));
    default:
      send("GET", path + "/scale");
      send("PUT", path + "/scale", "{\"spec\":{\"replicas\":2}}");
  }
}

void RandomRequests::change_config() {
  const std::string plural = dice_.word({"configmaps", "secrets"});
  const auto object = any(plural);
  if (!object) return;
  const std::string body =
      plural == "secrets" ? dice_.word({"{\"stringData\":{\"token\":\"x\"}}", "{\"data\":{\"token\":\"%%\"}}",
                                        "{\"stringData\":{\"token\":\"aaaaaaaaaaaaaaaaaaaa\"}}"})
                          : dice_.word({"{\"data\":{\"MODE\":\"off\"}}", "{\"data\":{\"MODE\":\"maybe\"}}",
                                        "{\"data\":null}", "{\"data\":{\"A\":5}}"});
  patch(path_of(plural, *object), body);
}

void RandomRequests::change_pod() {
  const auto pod = any("pods");
  if (!pod) return;
  const std::string path = path_of("pods", *pod);
  switch (dice_.whole(0, 4)) {
    case 0:
      send("DELETE", path);
      return;
    case 1:
      send("DELETE", path + "?gracePeriodSeconds=0");
      return;
    case 2:
      return patch(path, "{\"metadata\":{\"labels\":{\"app\":null}}}");
    case 3:
      return patch(
          path, "{\"metadata\":{\"labels\":{\"app\":\"" + dice_.word({"app0", "app1", "nobody"}) + "\"}}}");
    default:
      send("POST", path + "/eviction",
           "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{}}");
  }
}

void RandomRequests::change_node() {
  const auto node = any("nodes");
  if (!node) return;
  patch(path_of("nodes", *node),
        dice_.word({"{\"spec\":{\"unschedulable\":true}}", "{\"spec\":{\"unschedulable\":false}}",
                    "{\"spec\":{\"taints\":[{\"key\":\"a\",\"effect\":\"NoSchedule\"}]}}",
                    "{\"spec\":{\"taints\":[{\"key\":\"a\",\"effect\":\"NoExecute\"}]}}",
                    "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}"}));
}

void RandomRequests::remove_something() {
  const std::string plural = dice_.word(
      {"replicasets", "replicasets", "configmaps", "secrets", "services", "deployments", "endpointslices"});
  const auto object = any(plural);
  if (!object) return;
  send("DELETE", path_of(plural, *object) +
                     dice_.word({"", "", "?propagationPolicy=Foreground", "?propagationPolicy=Orphan"}));
}

void RandomRequests::create_pod() {
  const std::string spec = dice_.word(
      {"{\"containers\":[{\"name\":\"c\",\"image\":\"registry.test/app0:v1\"}]}",
       "{\"containers\":[{\"name\":\"c\",\"image\":\"busybox\"}],\"restartPolicy\":\"Never\"}",
       "{\"containers\":[{\"name\":\"c\",\"image\":\"x\",\"resources\":{\"requests\":{\"cpu\":\"99\"}}}]}",
       "{\"containers\":[]}"});
  send(
      "POST", "/api/v1/namespaces/" + dice_.word({"shop", "back", "none"}) + "/pods",
      fmt::format(
          "{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":\"bare-{}\",\"labels\":{{\"app\":"
          "\"{}\"}}}},\"spec\":{}}}",
          dice_.whole(0, 9), dice_.word({"app0", "app1", "z"}), spec));
}

/// Reads an object, changes something in it, and writes it back.
void RandomRequests::put_mutated() {
  const std::string plural =
      dice_.word({"deployments", "services", "pods", "configmaps", "replicasets", "nodes"});
  const auto object = any(plural);
  if (object) send("PUT", path_of(plural, *object), to_json(mutated(*object, dice_)));
}

void RandomRequests::send_nonsense() {
  const std::string verb = dice_.word({"GET", "POST", "PUT", "PATCH", "DELETE", "BREW"});
  const std::string path =
      dice_.word({"", "/", "/api", "/apis/apps/v2/deployments", "/api/v1/namespaces/shop/pods/",
                  "/api/v1/namespaces/%zz/pods", "/desk/v2/x", "/api/v1/query", "//", "/healthz",
                  "/apis/apps/v1/namespaces/shop/deployments/app0"});
  const std::string body = dice_.word({"", "{", "null", "[]", "{\"a\":{\"a\":{\"a\":1}}}", "\xff\xfe", "0",
                                       "{\"spec\":{\"replicas\":1e300}}"});
  send(verb, path, body, dice_.word({"application/json", "application/json-patch+json", "text/x", ""}));
}

}  // namespace muster::campaign
