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
      {"playbook", "playbook:FILE.yaml",
       "automation: triggers, steps, conditions and branches from a YAML file",
       "  Begins when one of its triggers happens, then does its steps: commands of the console, requests, "
       "waits,\n"
       "  checks. Takes `pace` for every command, and judges nothing beyond its conditions. A bare word "
       "names a\n"
       "  shipped playbook (`muster list playbooks`). `muster explain playbook --format json-schema` gives "
       "the\n"
       "  file's JSON Schema, `muster lint FILE.yaml` checks one.\n"},
      {"human", "human:PROFILE.yaml[#RUNBOOK.md]", "a synthetic person: reaction times, beliefs, wrong turns",
       "  Waits for a page, acknowledges, looks around, comes to believe in a cause, and follows the "
       "runbook's\n"
       "  section for it (the system's runbook, if none is named); what does not help is believed less, and "
       "the\n"
       "  next cause is tried. All times and beliefs stand in the profile. A bare word names a shipped one: "
       "oncall.\n"},
      {"exec", "exec:PROGRAM [ARGUMENT]...",
       "an external program that talks JSON lines over its input and output",
       "  Begins with the drill. Virtual time stands still while it thinks, unless --think or a message says "
       "how\n"
       "  long that takes. A crash, a hang or nonsense is its own failure: it stands in the journal and "
       "fails the\n"
       "  gate responderWorked. `muster replay` does not start it. Protocol: docs/exec-protocol.md; "
       "examples:\n"
       "  examples/responder.py, examples/kubectl_bash.py.\n"},
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
