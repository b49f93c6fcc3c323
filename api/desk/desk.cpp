#include "api/desk/desk.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "api/desk/desk_form.hpp"
#include "api/kube/fields_json.hpp"
#include "api/url.hpp"
#include "sim/spelling.hpp"

namespace muster {

namespace {

using kube::Json;

Answer answer_with(int status, const Json& body) {
  Answer answer;
  answer.status = status;
  answer.body = kube::print_json(body);
  return answer;
}

Answer problem(int status, const std::string& message) {
  return answer_with(status, {{"message", message}});
}

Answer wrong_verb(const std::string& verb, const char* expected) {
  return problem(405, fmt::format("{} is not allowed here; expected {}", verb, expected));
}

Answer unknown_desk_path(const std::vector<std::string>& segments) {
  const std::string word = segments.size() > 2 ? segments[2] : "";
  return problem(404, fmt::format("the desk has no \"{}\"{}", word, did_you_mean(word, desk_paths())));
}

Json entry_json(const DeskFact& fact, SimTime at, Epoch epoch) {
  Json json{{"at", format_rfc3339(epoch, at)}, {"actor", fact.actor}, {"action", to_string(fact.action)}};
  kube::put(json, "severity", fact.severity);
  kube::put(json, "to", fact.to);
  kube::put(json, "text", fact.text);
  kube::put_nonzero(json, "page", static_cast<std::int64_t>(fact.page));
  return json;
}

}  // namespace

void Desk::deliver(SimTime at, PageFact page) {
  MUSTER_ASSERT(page.page == pages_.size() + 1, "pages are numbered from 1 without gaps");
  facts_.record(at, page);
  InboxPage entry;
  entry.fact = std::move(page);
  entry.at = at;
  pages_.push_back(std::move(entry));
}

void Desk::note(SimTime now, DeskFact fact) {
  facts_.record(now, fact);
  log_.push_back({now, std::move(fact)});
}

Answer Desk::handle(const Request& request, SimTime now, Epoch epoch) {
  const auto url = parse_url(request.path);
  if (!url) return problem(400, "the path has a broken percent sequence");
  const auto& path = url->segments;
  const bool read = request.verb == "GET";
  if (path.size() == 3 && (path[2] == "pages" || path[2] == "incident")) {
    if (!read) return wrong_verb(request.verb, "GET");
    return path[2] == "pages" ? pages_answer(epoch) : incident_answer(epoch);
  }
  const bool acknowledges = path.size() == 5 && path[2] == "pages" && path[4] == "acknowledge";
  if (!acknowledges && (path.size() != 3 || !find_desk_form(path[2]))) return unknown_desk_path(path);
  if (request.verb != "POST") return wrong_verb(request.verb, "POST");
  return acknowledges ? acknowledge(path[3], request.actor, now) : write(request, path[2], now);
}

Answer Desk::acknowledge(const std::string& number, const std::string& actor, SimTime now) {
  std::uint64_t page = 0;
  const auto end = number.data() + number.size();
  const auto parsed = std::from_chars(number.data(), end, page);
  if (parsed.ec != std::errc{} || parsed.ptr != end || page == 0 || page > pages_.size()) {
    return problem(404, fmt::format("there is no page {}; so far there are {}", number, pages_.size()));
  }
  InboxPage& entry = pages_[page - 1];
  if (!entry.acknowledged_by.empty()) {
    return problem(409, fmt::format("page {} was acknowledged before, by {}", page, entry.acknowledged_by));
  }
  entry.acknowledged_by = actor;
  entry.acknowledged_at = now;
  DeskFact fact;
  fact.action = DeskAction::acknowledged;
  fact.actor = actor;
  fact.page = page;
  note(now, std::move(fact));
  return answer_with(200, {{"page", page}, {"acknowledged_by", actor}});
}

Answer Desk::write(const Request& request, const std::string& what, SimTime now) {
  Result<DeskFact> fact = read_desk_form(*find_desk_form(what), request.body, request.actor);
  if (!fact) return problem(400, fact.error().message);
  if (fact->action == DeskAction::resolved && resolved_) {
    return problem(409, "the incident is resolved already; declare a severity to open it again");
  }
  if (fact->action == DeskAction::declared) {
    severity_ = fact->severity;
    resolved_ = false;
  }
  resolved_ = resolved_ || fact->action == DeskAction::resolved;
  const char* action = to_string(fact->action);
  note(now, *std::move(fact));
  return answer_with(201, {{"entry", log_.size()}, {"action", action}});
}

Answer Desk::pages_answer(Epoch epoch) const {
  Json pages = Json::array();
  std::set<std::string> clues;
  for (const InboxPage& entry : pages_) {
    Json json{{"page", entry.fact.page},
              {"at", format_rfc3339(epoch, entry.at)},
              {"alerts", entry.fact.alerts},
              {"to", entry.fact.to},
              {"priority", entry.fact.priority}};
    if (!entry.acknowledged_by.empty()) {
      json["acknowledged_by"] = entry.acknowledged_by;
      json["acknowledged_at"] = format_rfc3339(epoch, entry.acknowledged_at);
    }
    for (const std::string& alert : entry.fact.alerts) clues.insert("alert/" + alert);
    pages.push_back(std::move(json));
  }
  Answer answer = answer_with(200, {{"pages", std::move(pages)}});
  answer.clues.assign(clues.begin(), clues.end());
  return answer;
}

Answer Desk::incident_answer(Epoch epoch) const {
  const bool begun = !severity_.empty() || !pages_.empty() || !log_.empty();
  Json log = Json::array();
  for (const Entry& entry : log_) log.push_back(entry_json(entry.fact, entry.at, epoch));
  Json body{{"state", resolved_ ? "resolved" : begun ? "open" : "none"}, {"log", std::move(log)}};
  body["severity"] = severity_.empty() ? Json() : Json(severity_);
  return answer_with(200, body);
}

}  // namespace muster
