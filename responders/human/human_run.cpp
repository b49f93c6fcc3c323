// What a synthetic person does: the course of an incident. How it does the single things: human_hands.cpp.
#include "responders/human/human_run.hpp"

#include <utility>

#include "responders/text/json_value.hpp"
#include "sim/distributions.hpp"

namespace muster {

HumanRun::HumanRun(const HumanPlan& plan, ResponderHost& host, const std::string& actor)
    : plan_(plan),
      profile_(plan.profile),
      host_(host),
      actor_(actor),
      entity_("responder/" + actor),
      console_(host, actor),
      belief_(plan.profile.causes) {
  const auto known = profile_.variables.find("namespace");
  if (known != profile_.variables.end()) console_.session().kube_namespace = known->second;
  skill_ = lognormal(luck("skill"), 0, profile_.skill_sigma);
}

Task<void> HumanRun::respond(std::uint64_t page) {
  tell(ResponderChange::began, 0, fmt::format("page {}", page));
  Task<void> taking = take_it(page);
  co_await taking;
  for (int attempt = 1; attempt <= human_attempts; ++attempt) {
    Task<std::size_t> diagnosing = diagnose();
    const std::size_t believed = co_await diagnosing;
    Task<bool> curing = cure(profile_.causes[believed]);
    const bool better = co_await curing;
    if (better) {
      Task<bool> verifying = verify();
      const bool done = co_await verifying;
      if (done) co_return;
    }
    tell(ResponderChange::step, 0, "that did not help: " + profile_.causes[believed].name);
    belief_.discount(believed, profile_.failed_remedy);
  }
  Task<void> handing = say("notify engineering-lead \"handing over: nothing I tried has helped\"");
  co_await handing;
  tell(ResponderChange::finished, 0, "handed over");
}

Task<void> HumanRun::take_it(std::uint64_t page) {
  sleep_for ringing(host_, profile_.pager_delay);
  co_await ringing;
  sleep_for waking(host_, draw(is_night() ? "acknowledgeAtNight" : "acknowledge"));
  co_await waking;
  Task<CommandResult> acknowledging = console_.run(fmt::format("ack {}", page));
  co_await acknowledging;
  const double slower = is_night() ? profile_.night_factor : 1;
  sleep_for going(host_, duration_from_seconds(seconds_of(draw("keyboard")) * slower));
  co_await going;
  Task<void> declaring = declare(page);
  co_await declaring;
}

Task<void> HumanRun::declare(std::uint64_t page) {
  const Answer answer = host_.submit(Request{actor_, "GET", "/desk/v1/pages", {}, {}});
  const auto body = parse_json(answer.body);
  const JsonValue none;
  const JsonValue& shown = body ? (*body)["pages"].at(page - 1) : none;
  const std::string priority = shown["priority"].text().empty() ? "P1" : shown["priority"].text();
  const std::string alert = shown["alerts"].at(0).text();
  Task<void> declaring = say(fmt::format("declare {} \"{}\"", priority, alert));
  co_await declaring;
  const auto roles = profile_.notify.find(priority);
  if (roles != profile_.notify.end() && !roles->second.empty()) {
    Task<void> notifying = say(
        fmt::format("notify {} \"{}: {}, looking into it\"", fmt::join(roles->second, " "), priority, alert));
    co_await notifying;
  }
  sleep_for writing(host_, draw("statusUpdate"));
  co_await writing;
  Task<void> updating = say("status \"We are looking into a disturbance of the service.\"");
  co_await updating;
  last_update_ = host_.now();
}

/// The time to find the cause is one draw, spread over the looks; typing and reading come on top.
Task<std::size_t> HumanRun::diagnose() {
  const std::vector<std::size_t> order = order_of_looks();
  const SimDuration whole = draw("diagnoseByRunbook");
  const SimDuration each = whole / static_cast<std::int64_t>(order.size() + 1);
  std::int64_t looked = 0;
  for (const std::size_t index : order) {
    sleep_for looking(host_, each);
    co_await looking;
    sleep_for typing(host_, draw("type"));
    co_await typing;
    Task<void> look = look_at(profile_.looks[index]);
    co_await look;
    sleep_for reading(host_, draw("look"));
    co_await reading;
    if (++looked >= profile_.looks_at_least && belief_.strongest() >= profile_.act_above) break;
  }
  sleep_for deciding(host_, whole - each * looked);
  co_await deciding;
  const std::size_t believed = belief_.draw(luck("decision"));
  const PossibleCause& cause = profile_.causes[believed];
  tell(ResponderChange::step, 0,
       fmt::format("believes {} ({:.0f} %) after {} looks", cause.name,
                   100 * belief_.probabilities()[believed], looked));
  const auto words = fill_variables(cause.hypothesis, profile_.variables);
  Task<void> saying = say(fmt::format("hypothesis \"{}\"", words ? *words : cause.hypothesis));
  co_await saying;
  co_return believed;
}

/// What was done and helped not only speaks against the cause if it has done something: P(no help | any
/// cause) is 1 for a cure without effect, and Bayes' rule leaves all beliefs where they were.
Task<bool> HumanRun::cure(const PossibleCause& cause) {
  Task<std::string> looking = effect_of(cause);
  const std::string before = co_await looking;
  Task<void> acting = act_on(cause);
  co_await acting;
  for (int further = 0;; ++further) {
    Task<bool> settling = settles();
    const bool better = co_await settling;
    if (better || further == human_further) co_return better;
    Task<bool> going = go_further(cause, before);
    const bool went = co_await going;
    if (!went) co_return false;
  }
}

/// False: the cure had its effect, or there is nothing else to do. Who compares two outputs does not miss it.
Task<bool> HumanRun::go_further(const PossibleCause& cause, const std::string& before) {
  if (before.empty() || cause.instead.empty()) co_return false;
  Task<std::string> looking = effect_of(cause);
  const std::string after = co_await looking;
  if (after != before) co_return false;
  tell(ResponderChange::step, 0, "the cure for " + cause.name + " has changed nothing");
  sleep_for thinking(host_, draw("read"));
  co_await thinking;
  Task<std::optional<int>> typing = type_all(cause.instead);
  const std::optional<int> carried_out = co_await typing;
  co_return carried_out.has_value();
}

/// By the runbook; without a section for it, by what one knows, after longer thinking.
Task<void> HumanRun::act_on(const PossibleCause& cause) {
  Task<void> updating = update_if_due();
  co_await updating;
  int carried_out = 0;
  if (const RunbookSection* section = section_for(cause)) {
    tell(ResponderChange::step, section->line, "follows \"" + section->title + "\"");
    Task<int> following = follow(*section);
    carried_out = co_await following;
  } else {
    tell(ResponderChange::step, 0, "the runbook has nothing for " + cause.name);
    sleep_for thinking(host_, draw("diagnoseByKnowledge"));
    co_await thinking;
  }
  if (carried_out > 0) co_return;
  Task<int> improvising = improvise(cause);
  co_await improvising;
}

Task<void> HumanRun::update_if_due() {
  if (host_.now() - last_update_ < profile_.update_every) co_return;
  sleep_for writing(host_, draw("statusUpdate"));
  co_await writing;
  Task<void> saying = say("status \"We are still working on it.\"");
  co_await saying;
  last_update_ = host_.now();
}

/// Monitoring lags behind what was done: looks again and again, as long as patience lasts. Who has already
/// waited in vain for a command to end has seen enough.
Task<bool> HumanRun::settles() {
  const SimDuration longest = draw("settle");
  const SimTime deadline = host_.now() + (std::exchange(gave_up_, false) ? SimDuration::zero() : longest);
  while (!healthy()) {
    if (host_.now() >= deadline) co_return false;
    sleep_for next_look(host_, std::min<SimDuration>(30s, deadline - host_.now()));
    co_await next_look;
  }
  co_return true;
}

/// Watches for as long as closing asks for. False: it broke again meanwhile.
Task<bool> HumanRun::verify() {
  Task<void> telling = say("status \"It looks better; we are watching it.\"");
  co_await telling;
  last_update_ = host_.now();
  sleep_for watching(host_, draw("verify"));
  co_await watching;
  if (!healthy()) co_return false;
  Task<void> closing = say("resolve \"normal since the last change\"");
  co_await closing;
  tell(ResponderChange::finished, 0, "resolved");
  co_return true;
}

}  // namespace muster
