#include "drill/submit.hpp"

namespace muster {

// The record stands after the facts that the request caused at once, because its status is known only then.
Answer submit_and_record(Simulation& simulation, JournalWriter& journal, Request request) {
  Answer answer = simulation.handle(request);
  journal.record(simulation.now(), RequestRecord{std::move(request.actor), std::move(request.verb),
                                                 std::move(request.path), std::move(request.content_type),
                                                 std::move(request.body), answer.status, answer.clues});
  return answer;
}

}  // namespace muster
