#include "responders/requests/request_list_responder.hpp"

#include "responders/text/json_value.hpp"

namespace muster {
namespace {

/// "PATCH /apis/...", with the note before it if there is one.
std::string told_as(const ListedRequest& request) {
  const std::string sent = request.verb + " " + request.path;
  return request.note.empty() ? sent : fmt::format("{} ({})", request.note, sent);
}

/// The message of a Status or of the desk; else the first line.
std::string reason_of(const Answer& answer) {
  const auto json = parse_json(answer.body);
  if (json && (*json)["message"].is_string()) return (*json)["message"].text();
  return answer.body.substr(0, answer.body.find('\n'));
}

}  // namespace

Task<void> RequestListResponder::play(ResponderHost& host) {
  for (std::size_t i = 0; i < list_.requests.size(); ++i) {
    const ListedRequest& request = list_.requests[i];
    sleep_for until_due(host, request.at - host.now());
    co_await until_due;
    if (i == 0) tell(host, ResponderChange::began, 0, fmt::format("{} requests", list_.requests.size()));
    send(host, request);
  }
  tell(host, ResponderChange::finished, 0, fmt::format("{} requests", list_.requests.size()));
}

void RequestListResponder::send(ResponderHost& host, const ListedRequest& request) const {
  tell(host, ResponderChange::step, request.line, told_as(request));
  const Answer answer =
      host.submit(Request{actor_, request.verb, request.path, request.content_type, request.body});
  if (answer.status < 400) return;
  tell(host, ResponderChange::step, request.line,
       fmt::format("{} {}: refused with {}: {}", request.verb, request.path, answer.status,
                   reason_of(answer)));
}

void RequestListResponder::tell(ResponderHost& host, ResponderChange change, int line,
                                std::string text) const {
  host.tell(ResponderFact{name_, change, list_.file, line, std::move(text)});
}

}  // namespace muster
