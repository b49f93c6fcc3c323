#include "telemetry/alertmanager/config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/assert.hpp"
#include "telemetry/promql/label_pool.hpp"
#include "telemetry/promql/literal.hpp"

namespace muster::alertmanager {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

/// Splits at commas that stand in no quotes.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      parts.back() += text[i++];
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == ',' && !quoted) {
      parts.emplace_back();
      continue;
    }
    parts.back() += text[i];
  }
  return parts;
}

Result<Matcher> parse_matcher(const std::string& text) {
  const std::size_t at = text.find_first_of("=!");
  const auto bad = [&] {
    return invalid_input(fmt::format(
        "bad matcher format: {}; expected a form such as severity=\"critical\" or service=~\"a|b\"", text));
  };
  if (at == std::string::npos) return bad();
  const std::string_view rest = std::string_view(text).substr(at);
  Matcher::Kind kind = Matcher::Kind::equal;
  std::size_t length = 2;
  if (rest.starts_with("=~")) {
    kind = Matcher::Kind::regex;
  } else if (rest.starts_with("!~")) {
    kind = Matcher::Kind::not_regex;
  } else if (rest.starts_with("!=")) {
    kind = Matcher::Kind::not_equal;
  } else if (rest[0] == '=') {
    length = 1;
  } else {
    return bad();
  }
  std::string value = trimmed(rest.substr(length));
  if (!value.empty() && value[0] == '"') {
    const auto inside = promql::unquote(value);
    if (!inside) return bad();
    value = *inside;
  }
  return make_matcher(trimmed(std::string_view(text).substr(0, at)), value, kind);
}

void add_routes(const Route& route, const Labels& labels, std::vector<const Route*>& found) {
  const std::size_t before = found.size();
  for (const Route& child : route.routes) {
    if (!match_all(child.matchers, labels)) continue;
    add_routes(child, labels, found);
    if (!child.goes_on) break;
  }
  if (found.size() == before) found.push_back(&route);
}

}  // namespace

bool match_all(const std::vector<Matcher>& matchers, const Labels& labels) {
  return std::all_of(matchers.begin(), matchers.end(), [&](const Matcher& matcher) {
    return matcher.matches(promql::label_value(labels, matcher.name));
  });
}

Result<Matcher> make_matcher(const std::string& name, const std::string& value, Matcher::Kind kind) {
  if (!promql::is_label_name(name)) return invalid_input(fmt::format("invalid label name \"{}\"", name));
  Matcher matcher{kind, name, value, nullptr};
  if (kind == Matcher::Kind::regex || kind == Matcher::Kind::not_regex) {
    auto pattern = promql::Pattern::compile(value);
    if (!pattern) return pattern.error();
    matcher.pattern = *pattern;
  }
  return matcher;
}

Result<std::vector<Matcher>> parse_matchers(const std::string& text) {
  std::string inside = trimmed(text);
  if (inside.starts_with('{') && inside.ends_with('}')) inside = trimmed(inside.substr(1, inside.size() - 2));
  std::vector<Matcher> matchers;
  for (const std::string& part : parts_of(inside)) {
    if (trimmed(part).empty()) continue;  // a comma at the end
    auto matcher = parse_matcher(trimmed(part));
    if (!matcher) return matcher.error();
    matchers.push_back(std::move(*matcher));
  }
  if (matchers.empty()) return invalid_input(fmt::format("no matcher in \"{}\"", text));
  return matchers;
}

const Receiver& Config::receiver(const std::string& name) const {
  const auto found = std::find_if(receivers.begin(), receivers.end(),
                                  [&](const Receiver& receiver) { return receiver.name == name; });
  MUSTER_ASSERT(found != receivers.end(), "a route names a receiver that the loader has not seen");
  return *found;
}

Config pager_for_critical() {
  Config config;
  config.receivers = {{"nobody", false, false}, {"on-call", true, true}};
  config.route.receiver = "nobody";
  Route& critical = config.route.routes.emplace_back();
  critical.receiver = "on-call";
  critical.matchers = {{Matcher::Kind::equal, "severity", "critical", nullptr}};
  return config;
}

std::vector<const Route*> routes_of(const Route& root, const Labels& labels) {
  std::vector<const Route*> found;
  add_routes(root, labels, found);
  return found;
}

}  // namespace muster::alertmanager
