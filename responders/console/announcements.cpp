#include "responders/console/announcements.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/text/json_value.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

Result<JsonValue> ask(Session& session, const char* path) {
  const Answer answer = session.host.submit(Request{session.actor, "GET", path, {}, {}});
  if (!answer.ok()) return Error{ErrorCode::unavailable, answer.body, {}};
  return parse_json(answer.body);
}

std::string texts(const JsonValue& list) {
  std::vector<std::string> all;
  for (const JsonValue& each : list.items()) all.push_back(display_text(each));
  return join(all, ", ");
}

/// "HighErrorRate{service="web"}": the alert by what tells it from its like.
std::string alert_text(const JsonValue& labels) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : labels.members())
    if (name == "service" || name == "deployment" || name == "node" || name == "pod" || name == "instance")
      parts.push_back(fmt::format("{}=\"{}\"", name, value.text()));
  const std::string& name = labels["alertname"].text();
  return parts.empty() ? name : fmt::format("{}{{{}}}", name, join(parts, ","));
}

}  // namespace

Task<void> Announcements::listen() {
  for (;;) {
    next_page paged(session_.host);
    const std::uint64_t page = co_await paged;
    pages_.push_back(page);
  }
}

std::string Announcements::news() {
  std::string text = new_pages();
  return text + changed_alerts();
}

std::string Announcements::new_pages() {
  if (pages_.empty()) return {};
  const auto told = std::exchange(pages_, {});
  const auto desk = ask(session_, "/desk/v1/pages");
  std::string text;
  if (!desk) return text;
  for (const JsonValue& page : (*desk)["pages"].items()) {
    const auto number = static_cast<std::uint64_t>(page["page"].whole());
    if (std::find(told.begin(), told.end(), number) == told.end()) continue;
    text += fmt::format("*** page {} at {}: {} ({})\n", number, page["at"].text(), texts(page["alerts"]),
                        page["priority"].text().empty() ? "no priority" : page["priority"].text());
  }
  return text;
}

std::string Announcements::changed_alerts() {
  const auto board = ask(session_, "/api/v1/alerts");
  std::string text;
  if (!board) return text;
  std::set<std::string> firing;
  for (const JsonValue& alert : (*board)["data"]["alerts"].items())
    if (alert["state"].text() == "firing") firing.insert(alert_text(alert["labels"]));
  for (const std::string& alert : firing)
    if (!firing_.contains(alert)) text += "*** firing: " + alert + "\n";
  for (const std::string& alert : firing_)
    if (!firing.contains(alert)) text += "*** resolved: " + alert + "\n";
  firing_ = std::move(firing);
  return text;
}

}  // namespace muster
