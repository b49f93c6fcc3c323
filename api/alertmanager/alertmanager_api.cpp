#include "api/alertmanager/alertmanager_api.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/kube/fields_json.hpp"
#include "telemetry/promql/label_pool.hpp"

namespace muster {
namespace {

using alertmanager::Alertmanager;
using alertmanager::HeldAlert;
using alertmanager::Matcher;
using alertmanager::Silence;
using kube::Json;

struct AlertmanagerCall {
  const Request& request;
  const Url& url;
  SimTime now;
  Epoch epoch;
  Alertmanager& alertmanager;

  std::string time(SimTime at) const {
    const std::string micro = format_rfc3339_micro(epoch, at);  // Alertmanager prints milliseconds
    return micro.substr(0, micro.find('.') + 4) + "Z";
  }
};

Answer json_answer(const Json& body) {
  Answer answer;
  answer.body = kube::print_json(body);
  return answer;
}

/// Errors are a JSON string; those that the router of its framework makes are objects.
Answer error_text(int status, const std::string& message) {
  Answer answer = json_answer(message);
  answer.status = status;
  return answer;
}
Answer error_object(int code, const std::string& message) {
  Answer answer = json_answer({{"code", code}, {"message", message}});
  answer.status = code;
  return answer;
}

Json labels_json(const Labels& labels) {
  Json json = Json::object();
  for (const auto& [name, value] : labels) json[name] = value;
  return json;
}

bool is_regex(const Matcher& matcher) {
  return matcher.kind == Matcher::Kind::regex || matcher.kind == Matcher::Kind::not_regex;
}
bool is_equal(const Matcher& matcher) {
  return matcher.kind == Matcher::Kind::equal || matcher.kind == Matcher::Kind::regex;
}

Json silence_json(const AlertmanagerCall& call, const Silence& silence) {
  Json matchers = Json::array();
  for (const Matcher& matcher : silence.matchers)
    matchers.push_back({{"name", matcher.name},
                        {"value", matcher.value},
                        {"isRegex", is_regex(matcher)},
                        {"isEqual", is_equal(matcher)}});
  return {{"id", silence.id},
          {"status", {{"state", silence.state(call.now)}}},
          {"matchers", std::move(matchers)},
          {"startsAt", call.time(silence.starts_at)},
          {"endsAt", call.time(silence.ends_at)},
          {"updatedAt", call.time(silence.updated_at)},
          {"createdBy", silence.created_by},
          {"comment", silence.comment}};
}

/// All `filter` parameters; Url keeps only the first of them.
Result<std::vector<Matcher>> filters(const Request& request) {
  std::vector<Matcher> all;
  std::size_t at = request.path.find('?');
  while (at != std::string::npos) {
    const std::size_t next = request.path.find('&', at + 1);
    const auto one = parse_url("/?" + request.path.substr(at + 1, next - at - 1));
    at = next;
    if (!one || one->parameter("filter").empty()) continue;
    auto some = alertmanager::parse_matchers(one->parameter("filter"));
    if (!some) return some.error();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

/// A silence is shown if every filter is one of its own matchers, or fits the value that it names.
bool shows(const Silence& silence, const std::vector<Matcher>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const Matcher& filter) {
    return std::any_of(silence.matchers.begin(), silence.matchers.end(), [&](const Matcher& own) {
      const bool same = own.kind == filter.kind && own.value == filter.value;
      return own.name == filter.name && (same || filter.matches(own.value));
    });
  });
}

Answer list_silences(const AlertmanagerCall& call) {
  const auto wanted = filters(call.request);
  if (!wanted) return error_text(400, wanted.error().message);
  Json list = Json::array();
  for (const Silence& silence : call.alertmanager.silences().all())
    if (shows(silence, *wanted)) list.push_back(silence_json(call, silence));
  return json_answer(list);
}

/// RFC 3339; a fraction of a second is dropped.
std::optional<SimTime> time_of(const AlertmanagerCall& call, const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_string()) return std::nullopt;
  std::string text = found->get<std::string>();
  if (const std::size_t dot = text.find('.'); dot != std::string::npos)
    text.erase(dot, text.find_first_not_of("0123456789", dot + 1) - dot);
  const auto at = parse_epoch(text);
  if (!at) return std::nullopt;
  return SimTime{std::chrono::seconds{at->unix_seconds - call.epoch.unix_seconds}};
}

Result<std::vector<Matcher>> matchers_of(const Json& body) {
  std::vector<Matcher> matchers;
  const auto list = body.find("matchers");
  if (list == body.end() || !list->is_array()) return invalid_input("matchers in body is required");
  for (const Json& one : *list) {
    if (!one.is_object() || !one.value("name", Json()).is_string() || !one.value("value", Json()).is_string())
      return invalid_input("a matcher needs name and value");
    const bool regex = one.value("isRegex", false), equal = one.value("isEqual", true);
    const Matcher::Kind kind = regex ? (equal ? Matcher::Kind::regex : Matcher::Kind::not_regex)
                                     : (equal ? Matcher::Kind::equal : Matcher::Kind::not_equal);
    auto matcher = alertmanager::make_matcher(one["name"], one["value"], kind);
    if (!matcher) return matcher.error();
    matchers.push_back(std::move(*matcher));
  }
  return matchers;
}

std::string text_of(const Json& body, const char* key) {
  const auto found = body.find(key);
  return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Answer post_silence(const AlertmanagerCall& call) {
  const auto body = kube::parse_json(call.request.body);
  if (!body || !body->is_object())
    return error_object(400, "parsing silence body failed: expected a JSON object");
  Silence silence;
  auto matchers = matchers_of(*body);
  if (!matchers) return error_text(400, matchers.error().message);
  silence.matchers = std::move(*matchers);
  for (const auto& [key, at] :
       {std::pair{"startsAt", &silence.starts_at}, std::pair{"endsAt", &silence.ends_at}}) {
    const auto time = time_of(call, *body, key);
    if (!time) return error_object(422, fmt::format("{} in body must be of type date-time", key));
    *at = *time;
  }
  silence.id = text_of(*body, "id");
  silence.created_by = text_of(*body, "createdBy");
  silence.comment = text_of(*body, "comment");
  const auto id = call.alertmanager.silences().set(std::move(silence), call.now);
  if (!id) return error_text(id.error().code == ErrorCode::not_found ? 404 : 400, id.error().message);
  return json_answer({{"silenceID", *id}});
}

Answer one_silence(const AlertmanagerCall& call, const std::string& id) {
  const Silence* silence = call.alertmanager.silences().find(id);
  if (!silence) return error_object(404, "silence not found");
  if (call.request.verb == "GET") return json_answer(silence_json(call, *silence));
  if (call.request.verb != "DELETE") return error_object(405, "method not allowed");
  const auto ended = call.alertmanager.silences().expire(id, call.now);
  if (!ended) return error_text(500, ended.error().message);
  Answer answer;
  answer.body = "";
  return answer;
}

Json alert_json(const AlertmanagerCall& call, const HeldAlert& alert) {
  Json receivers = Json::array();
  for (const std::string& receiver : alert.receivers) receivers.push_back({{"name", receiver}});
  return {{"fingerprint", alertmanager::fingerprint(alert.labels)},
          {"labels", labels_json(alert.labels)},
          {"annotations", labels_json(alert.annotations)},
          {"startsAt", call.time(alert.starts_at)},
          {"updatedAt", call.time(alert.updated_at)},
          {"receivers", std::move(receivers)},
          {"status",
           {{"state", alert.active() ? "active" : "suppressed"},
            {"silencedBy", alert.silenced_by},
            {"inhibitedBy", alert.inhibited_by}}}};
}

Answer list_alerts(const AlertmanagerCall& call) {
  const auto wanted = filters(call.request);
  if (!wanted) return error_text(400, wanted.error().message);
  const auto hidden = [&](const char* key) { return call.url.parameter(key) == "false"; };
  Json list = Json::array();
  Answer answer;
  for (const HeldAlert& alert : call.alertmanager.alerts(call.now)) {
    if (!alertmanager::match_all(*wanted, alert.labels)) continue;
    if (hidden("active") && alert.active()) continue;
    if (hidden("silenced") && !alert.silenced_by.empty()) continue;
    if (hidden("inhibited") && !alert.inhibited_by.empty()) continue;
    list.push_back(alert_json(call, alert));
    const std::string clue = "alert/" + std::string(promql::label_value(alert.labels, "alertname"));
    const bool known = std::find(answer.clues.begin(), answer.clues.end(), clue) != answer.clues.end();
    if (!known) answer.clues.push_back(clue);
  }
  answer.body = kube::print_json(list);
  return answer;
}

Answer list_receivers(const AlertmanagerCall& call) {
  Json list = Json::array();
  for (const auto& receiver : call.alertmanager.config().receivers) list.push_back({{"name", receiver.name}});
  return json_answer(list);
}

Answer status(const AlertmanagerCall& call) {
  return json_answer({{"cluster", {{"status", "disabled"}, {"peers", Json::array()}}},
                      {"config", {{"original", ""}}},
                      {"uptime", call.time(sim_start)},
                      {"versionInfo",
                       {{"branch", ""},
                        {"buildDate", ""},
                        {"buildUser", ""},
                        {"goVersion", ""},
                        {"revision", ""},
                        {"version", "0.25.0"}}}});  // whose API this is
}

}  // namespace

Answer handle_alertmanager(const Request& request, const Url& url, SimTime now, Epoch epoch,
                           Alertmanager& alertmanager) {
  const AlertmanagerCall call{request, url, now, epoch, alertmanager};
  const auto& path = url.segments;  // "api", "v2", word, id
  const std::string word = path.size() > 2 ? path[2] : "";
  if (word == "silence" && path.size() == 4) return one_silence(call, path[3]);
  if (path.size() != 3) return error_object(404, fmt::format("path {} was not found", url.path));
  if (word == "silences" && request.verb == "POST") return post_silence(call);
  const bool known = word == "silences" || word == "alerts" || word == "receivers" || word == "status";
  if (!known) return error_object(404, fmt::format("path {} was not found", url.path));
  if (request.verb != "GET")
    return error_object(405, fmt::format("method {} is not allowed, but [GET] are", request.verb));
  if (word == "silences") return list_silences(call);
  if (word == "alerts") return list_alerts(call);
  return word == "receivers" ? list_receivers(call) : status(call);
}

}  // namespace muster
