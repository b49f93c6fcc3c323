// DELETE of a collection: everything that labelSelector and fieldSelector pick.
#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

// The answer is the list of what was there, as the generic registry gives it (kubernetes/apiserver
// pkg/endpoints/handlers/delete.go, DeleteCollection).
Answer delete_collection(const Call& call, Cluster& cluster) {
  if (call.url.flag("watch")) return bad_request("watch is no parameter of a deletion");
  Answer listed = get_collection(call, cluster);
  if (!listed.ok()) return listed;
  const Json list = Json::parse(listed.body);
  for (const Json& object : list["items"]) {
    Call one{call.request, call.url, call.path};
    one.path.name = object["metadata"]["name"].get<std::string>();
    one.path.namespace_ = object["metadata"].value("namespace", std::string());
    const Answer answer = delete_object(one, cluster);
    if (!answer.ok() && answer.status != 404) return answer;
  }
  return listed;
}

}  // namespace muster::kube
