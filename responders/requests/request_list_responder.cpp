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

void RequestListResponder::send(ResponderHost& host, const ListedRequest& listed) {
  ListedRequest request = listed;
  request.path = filled(host, std::move(request.path));
  tell(host, ResponderChange::step, request.line, told_as(request));
  const Answer answer =
      host.submit(Request{actor_, request.verb, request.path, request.content_type, request.body});
  if (answer.status < 400) return;
  tell(host, ResponderChange::step, request.line,
       fmt::format("{} {}: refused with {}: {}", request.verb, request.path, answer.status,
                   reason_of(answer)));
}

std::string RequestListResponder::filled(ResponderHost& host, std::string path) {
  while (const auto i = first_name(path, list_.names)) {
    const std::string place = "{" + list_.names[*i].name + "}";
    path.replace(path.find(place), place.size(), found_name(host, list_.names[*i]));
  }
  return path;
}

/// What was found once is kept, like a name on a note. What is not found is sent as "unknown",
/// which the API answers with its own 404.
const std::string& RequestListResponder::found_name(ResponderHost& host, const LookedUpName& wanted) {
  if (const auto known = found_.find(wanted.name); known != found_.end()) return known->second;
  tell(host, ResponderChange::step, wanted.line, fmt::format("{}: GET {}", wanted.name, wanted.list));
  const Answer answer = host.submit(Request{actor_, "GET", wanted.list, "", ""});
  const auto json = parse_json(answer.body);
  if (json)
    for (const JsonValue& item : (*json)["items"].items()) {
      const std::string& name = item["metadata"]["name"].text();
      if (!name.empty() && name.starts_with(wanted.prefix)) return found_[wanted.name] = name;
    }
  tell(host, ResponderChange::step, wanted.line, fmt::format("{}: not found", wanted.name));
  static const std::string nothing = "unknown";
  return nothing;
}

void RequestListResponder::tell(ResponderHost& host, ResponderChange change, int line,
                                std::string text) const {
  host.tell(ResponderFact{name_, change, list_.file, line, std::move(text)});
}

}  // namespace muster
