#include "cluster_model/surroundings.hpp"

#include "cluster_model/control_plane.hpp"
#include "sim/assert.hpp"

namespace muster {

Surroundings::Surroundings(const SurroundingsParts& parts)
    : processes(parts.store, parts.control.nodes()),
      agents(parts.engine, parts.facts, parts.store, parts.logs, parts.disks, processes, parts.profile.agents,
             parts.seed),
      evidence(parts.engine, parts.facts),
      intruder({parts.engine, parts.facts, parts.store, parts.network, processes, parts.logs, audit, evidence,
                parts.vault,
                [this](Object object) {
                  MUSTER_ASSERT(writer, "the intruder writes before there is an API server");
                  return writer(std::move(object));
                }},
               parts.profile.intruder, parts.seed),
      shell({parts.engine, parts.store, parts.control.nodes(), parts.disks, processes, agents, parts.control,
             parts.seed}) {
  shell.guests = [this](const Process& process) { return intruder.guests(process); };
  shell.sockets = [this](const Process& process) { return intruder.sockets(process); };
  shell.read_out = [this](const Process& process, Trace trace, const std::string&) {
    intruder.read_out(process, trace);
  };
  shell.entered = [this](const Process& process, const std::string&) { intruder.disturbed(process.uid); };
}

void Surroundings::start() {
  agents.start();
}

void Surroundings::check_invariants() const {
  agents.check_invariants();
}

}  // namespace muster
