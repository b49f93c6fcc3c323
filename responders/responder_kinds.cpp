#include "responders/responder_kinds.hpp"

namespace muster {

const std::vector<ResponderKind>& responder_kinds() {
  static const std::vector<ResponderKind> kinds{
      {"none", "none", "nobody responds", "  The baseline: what the incident does by itself.\n"},
      {"console", "console[:FOLDER]", "whoever types at the prompt, or what a pipe brings",
       "  kubectl, psql, gcloud, aws, curl, promtool, the incident desk and a small shell, in virtual time: "
       "each\n"
       "  command takes the time a person takes, `sleep 5m` lets more pass. Pages are told before the "
       "prompt.\n"
       "  At the end of the input the drill plays on to its end and is scored. `help` lists the commands.\n"},
      {"runbook", "runbook:FILE.md[#HEADING]", "somebody who does what the section of the runbook says",
       "  Waits for a page, acknowledges it, then follows the sections named, in that order, or the whole\n"
       "  file: types its commands, asks its queries, posts its messages. Takes the time a person takes.\n"},
      {"requests", "requests:FILE.yaml", "a fixed list of requests at given times, whatever happens",
       "  Waits for nobody and looks at no answer; what is refused is recorded and the list goes on.\n\n"
       "  muster: 1\n"
       "  requests:\n"
       "    - at: 12m                 time from the start of the drill, before its horizon\n"
       "      note: undo the release  why (optional)\n"
       "      verb: PATCH             GET, POST, PUT, PATCH or DELETE\n"
       "      path: /apis/apps/v1/namespaces/shop/deployments/web\n"
       "      body: {spec: {replicas: 5}}   a map or list is sent as JSON, a text as it stands (optional)\n"
       "      contentType: ...        default: JSON; of a PATCH strategic merge, or JSON Patch for a list\n"},
  };
  return kinds;
}

const ResponderKind* find_responder_kind(std::string_view name) {
  const std::string_view word = name.substr(0, name.find(':'));
  for (const ResponderKind& kind : responder_kinds())
    if (word == kind.name) return &kind;
  return nullptr;
}

}  // namespace muster
