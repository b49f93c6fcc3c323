// kubectl version.
#include "responders/kubectl/handlers.hpp"

namespace muster::kubectl_handlers {

void version(KubectlCall& call) {
  // The client whose requests and output this console follows, and the Kustomize built into it.
  call.print("Client Version: v1.32.4");
  call.print("Kustomize Version: v5.5.0");
  if (call.flags.truth("client")) return;
  const ApiReply reply = call.api.get("/version");
  if (!reply.ok()) return call.fail(reply);
  call.print("Server Version: " + reply.body["gitVersion"].text());
}

}  // namespace muster::kubectl_handlers
