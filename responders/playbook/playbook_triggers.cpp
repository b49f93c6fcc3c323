// What starts a playbook.
#include <algorithm>

#include "responders/playbook/playbook_run.hpp"
#include "responders/text/json_value.hpp"

namespace muster {
namespace {

const JsonValue& page_in(const JsonValue& body, std::uint64_t number) {
  static const JsonValue none;
  for (const JsonValue& page : body["pages"].items())
    if (page["page"].whole() == static_cast<std::int64_t>(number)) return page;
  return none;
}

bool labels_match(const Trigger& trigger, const JsonValue& labels) {
  return std::all_of(trigger.labels.begin(), trigger.labels.end(),
                     [&](const auto& wanted) { return labels[wanted.first].text() == wanted.second; });
}

}  // namespace

void PlaybookRun::watch_triggers() {
  for (const Trigger& trigger : book_.triggers) watchers_.push_back(watch(trigger));
  for (Task<void>& watcher : watchers_) watcher.start();
}

// A watcher that was too late stays where it is until the drill ends.
Task<void> PlaybookRun::watch(const Trigger& trigger) {
  if (trigger.kind == Trigger::Kind::at) {
    sleep_for until_due(host_, trigger.at - host_.now());
    co_await until_due;
    fire("the time " + format_duration(trigger.at.time_since_epoch()));
    co_return;
  }
  std::uint64_t page = 0;
  while (!fired_) {
    if (trigger.kind == Trigger::Kind::alert) {
      next_alert told(host_, page);
      page = co_await told;
      if (!fired_ && page_matches(trigger, page)) fire(fmt::format("page {}: {}", page, variables_["alert"]));
      continue;
    }
    if (check(trigger.condition).holds) {
      fire(trigger.condition.text);
      co_return;
    }
    sleep_for next_look(host_, trigger.every);
    co_await next_look;
  }
}

void PlaybookRun::fire(std::string cause) {
  if (fired_) return;
  fired_ = true;
  cause_ = std::move(cause);
  if (starter_) host_.resume_at(host_.now(), starter_);
}

bool PlaybookRun::page_matches(const Trigger& trigger, std::uint64_t number) {
  const Answer answer = host_.submit(Request{actor_, "GET", "/desk/v1/pages", {}, {}});
  const auto body = parse_json(answer.body);
  if (!body) return false;
  const JsonValue& page = page_in(*body, number);
  for (const JsonValue& alert : page["alerts"].items()) {
    const bool named = trigger.alert == "*" || trigger.alert == alert.text();
    if (!named || !take_labels(trigger, alert.text())) continue;
    variables_["page"] = fmt::format("{}", number);
    variables_["alert"] = alert.text();
    variables_["priority"] = page["priority"].text();
    return true;
  }
  return false;
}

/// The labels of the first such alert that fits become variables. An alert that has ended since has none.
bool PlaybookRun::take_labels(const Trigger& trigger, const std::string& alert) {
  const Answer answer = host_.submit(Request{actor_, "GET", "/api/v1/alerts", {}, {}});
  const auto body = parse_json(answer.body);
  if (!body) return trigger.labels.empty();
  for (const JsonValue& active : (*body)["data"]["alerts"].items()) {
    const JsonValue& labels = active["labels"];
    if (active["state"].text() != "firing" || labels["alertname"].text() != alert) continue;
    if (!labels_match(trigger, labels)) continue;
    for (const auto& [name, value] : labels.members()) variables_["labels." + name] = value.text();
    return true;
  }
  return trigger.labels.empty();
}

}  // namespace muster
