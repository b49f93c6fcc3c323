// POST pods/NAME/portforward: what `kubectl port-forward` reaches, as requests with one answer each. The body
// {} asks whether the pod's node can be reached at all; {"port":8000,"method":"GET","path":"/health"} is one
// request to whoever listens on the pod's loopback interface. A port without a listener is said in the
// kubelet's words.
#include <fmt/format.h>

#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

/// kubernetes/kubernetes staging/src/k8s.io/kubelet/pkg/cri/streaming/portforward/httpstream.go, with the
/// reason that containerd gives (internal/cri/server/sandbox_portforward_linux.go). The sandbox has the pod's
/// uid here.
std::string nobody_listens(const std::string& sandbox, int port) {
  return fmt::format(
      "error forwarding port {1} to pod {0}, uid : failed to execute portforward in network namespace "
      "\"/var/run/netns/cni-{0}\": failed to connect to localhost:{1} inside namespace \"{0}\", IPv4: dial "
      "tcp4 "
      "127.0.0.1:{1}: connect: connection refused IPv6 dial tcp6 [::1]:{1}: connect: connection refused ",
      sandbox, port);
}

}  // namespace

Answer forward_to_pod(const Call& call, Cluster& cluster) {
  const ObjectPtr pod = cluster.objects().find(call.path.key());
  if (!pod) return not_found(call.type(), call.path.name);
  std::optional<Answer> problem;
  const Json body = read_body_json(call.request, problem);
  if (problem) return *problem;
  const auto& state = pod->as<Pod>();
  if (state.spec.node_name.empty())
    return bad_request(fmt::format("pod {} does not have a host assigned", call.path.name));
  if (!cluster.reaches(state.spec.node_name))
    return failure(
        500, "InternalError",
        fmt::format("error dialing backend: dial tcp {}:10250: i/o timeout", state.status.host_ip));
  if (!body.contains("port")) return json_answer(200, {{"kind", "ForwardAnswer"}});
  const Json method = body.value("method", Json("GET"));
  if (!body["port"].is_number_integer() || !body.value("path", Json()).is_string() || !method.is_string())
    return bad_request("port must be a number, method and path texts");
  const int port = body["port"].get<int>();
  const auto answer = cluster.ask_port(call.path.key(), port, method, body["path"]);
  if (!answer)
    return failure(500, "InternalError",
                   answer.error().code == ErrorCode::conflict ? nobody_listens(pod->meta.uid, port)
                                                              : answer.error().message);
  return json_answer(200, {{"kind", "ForwardAnswer"},
                           {"status", answer->status},
                           {"contentType", answer->content_type},
                           {"body", answer->body}});
}

}  // namespace muster::kube
