// An alertmanager.yml, strictly: what it says that is not built is refused where it stands.
#include <fmt/format.h>

#include <algorithm>

#include "telemetry/alertmanager/config.hpp"
#include "telemetry/map_reader.hpp"
#include "telemetry/promql/literal.hpp"
#include "telemetry/yaml.hpp"

namespace muster::alertmanager {
namespace {

// config/notifiers.go; the first four wake people.
constexpr const char* notifier_keys[] = {
    "pagerduty_configs", "opsgenie_configs", "victorops_configs", "pushover_configs", "email_configs",
    "slack_configs",     "webhook_configs",  "wechat_configs",    "sns_configs",      "telegram_configs",
    "discord_configs",   "webex_configs",    "msteams_configs",   "jira_configs"};
constexpr std::size_t waking_notifiers = 4;

class Reader {
 public:
  explicit Reader(ReadContext& context) : context_(context) {}

  Config read(const YamlNode& root);

 private:
  void read_receivers(MapReader& map, Config& config);
  Route read_route(const YamlNode& node, const Route* parent, const Config& config);
  void read_grouping(MapReader& map, Route& route);
  SimDuration read_duration(MapReader& map, const std::string& key, SimDuration inherited, bool may_be_zero);
  InhibitRule read_rule(const YamlNode& node);
  void read_matchers(MapReader& map, const std::string& prefix, std::vector<Matcher>& matchers);
  void read_old_matchers(MapReader& map, const std::string& key, Matcher::Kind kind,
                         std::vector<Matcher>& matchers);
  void add(const YamlNode& node, Result<std::vector<Matcher>> some, std::vector<Matcher>& matchers);

  ReadContext& context_;
};

void Reader::add(const YamlNode& node, Result<std::vector<Matcher>> some, std::vector<Matcher>& matchers) {
  if (!some) return context_.fail(node, some.error().message);
  for (Matcher& matcher : *some) matchers.push_back(std::move(matcher));
}

/// `matchers:` as a list or one text; with the prefix "source_" or "target_" in inhibition rules.
void Reader::read_matchers(MapReader& map, const std::string& prefix, std::vector<Matcher>& matchers) {
  if (const YamlNode* node = map.node(prefix + "matchers")) {
    if (node->is_scalar()) add(*node, parse_matchers(node->scalar), matchers);
    for (const YamlNode& item : node->items) {
      if (!item.is_scalar())
        return context_.fail(item, "expected a matcher as text, found " + found_text(item));
      add(item, parse_matchers(item.scalar), matchers);
    }
  }
  read_old_matchers(map, prefix + "match", Matcher::Kind::equal, matchers);
  read_old_matchers(map, prefix + "match_re", Matcher::Kind::regex, matchers);
}

/// `match: {severity: critical}`, as files before 0.22 have it.
void Reader::read_old_matchers(MapReader& map, const std::string& key, Matcher::Kind kind,
                               std::vector<Matcher>& matchers) {
  const YamlNode* node = map.node(key);
  if (!node || node->is_null()) return;
  if (!node->is_map()) return context_.fail(*node, "expected a map of labels, found " + found_text(*node));
  for (const auto& [name, value] : node->entries) {
    auto matcher = make_matcher(name.scalar, value.scalar, kind);
    if (!matcher) return context_.fail(name, matcher.error().message);
    matchers.push_back(std::move(*matcher));
  }
}

void Reader::read_receivers(MapReader& map, Config& config) {
  for (const YamlNode& node : map.items("receivers", "a list of receivers")) {
    MapReader one(node, "a receiver", context_);
    Receiver receiver;
    receiver.name = one.text("name");
    for (std::size_t i = 0; i < std::size(notifier_keys); ++i) {
      if (one.items(notifier_keys[i]).empty()) continue;
      receiver.reaches = true;
      receiver.pages = receiver.pages || i < waking_notifiers;
    }
    for (const Receiver& other : config.receivers)
      if (other.name == receiver.name)
        one.fail("name", fmt::format("notification config name \"{}\" is not unique", receiver.name));
    one.finish();
    config.receivers.push_back(std::move(receiver));
  }
}

SimDuration Reader::read_duration(MapReader& map, const std::string& key, SimDuration inherited,
                                  bool may_be_zero) {
  const YamlNode* node = map.node(key);
  if (!node || node->is_null()) return inherited;
  const auto ms = node->is_scalar() ? promql::parse_duration_ms(node->scalar) : std::nullopt;
  if (!ms) {
    map.fail(key, fmt::format("not a valid duration for \"{}\": {}; expected a form such as 30s or 4h", key,
                              found_text(*node)));
    return inherited;
  }
  if (*ms == 0 && !may_be_zero) map.fail(key, fmt::format("{} cannot be zero", key));
  return std::chrono::milliseconds(*ms);
}

void Reader::read_grouping(MapReader& map, Route& route) {
  if (!map.node("group_by")) return;
  route.group_by = map.texts("group_by");
  std::sort(route.group_by.begin(), route.group_by.end());
  if (const auto twice = std::adjacent_find(route.group_by.begin(), route.group_by.end());
      twice != route.group_by.end())
    map.fail("group_by", fmt::format("duplicated label \"{}\" in group_by", *twice));
  route.group_by_all = std::binary_search(route.group_by.begin(), route.group_by.end(), "...");
  if (route.group_by_all && route.group_by.size() > 1)
    map.fail("group_by", "cannot have wildcard group_by (\"...\") and other labels at the same time");
  for (const std::string& label : route.group_by)
    if (!route.group_by_all && !promql::is_label_name(label))
      map.fail("group_by", fmt::format("invalid label name \"{}\" in group_by list", label));
  if (route.group_by_all) route.group_by.clear();
}

/// What a route does not say it has from its parent; only receiver, grouping and times are inherited.
Route Reader::read_route(const YamlNode& node, const Route* parent, const Config& config) {
  MapReader map(node, "a route", context_);
  Route route;
  if (parent) route = *parent;
  route.matchers.clear();
  route.routes.clear();
  route.receiver = map.text("receiver", parent ? std::optional(parent->receiver) : std::nullopt);
  read_matchers(map, "", route.matchers);
  route.goes_on = map.flag("continue", false);
  if (!parent && !route.matchers.empty()) context_.fail(node, "root route must not have any matchers");
  if (!parent && route.goes_on) map.fail("continue", "cannot have continue in root route");
  read_grouping(map, route);
  route.group_wait = read_duration(map, "group_wait", route.group_wait, true);
  route.group_interval = read_duration(map, "group_interval", route.group_interval, false);
  route.repeat_interval = read_duration(map, "repeat_interval", route.repeat_interval, false);
  for (const char* key : {"mute_time_intervals", "active_time_intervals"})
    if (map.node(key))
      map.fail(key, fmt::format("\"{}\" is not built: routes here know no time of day", key));
  std::vector<std::string> names;
  for (const Receiver& receiver : config.receivers) names.push_back(receiver.name);
  if (!names.empty() && !context_.first_error &&
      std::find(names.begin(), names.end(), route.receiver) == names.end())
    map.fail("receiver", fmt::format("undefined receiver \"{}\" used in route{}", route.receiver,
                                     expected_one_of(route.receiver, names)));
  for (const YamlNode& child : map.items("routes")) route.routes.push_back(read_route(child, &route, config));
  map.finish();
  return route;
}

InhibitRule Reader::read_rule(const YamlNode& node) {
  MapReader map(node, "an inhibition rule", context_);
  InhibitRule rule;
  read_matchers(map, "source_", rule.source);
  read_matchers(map, "target_", rule.target);
  rule.equal = map.texts("equal");
  (void)map.text("name", "");
  map.finish();
  return rule;
}

Config Reader::read(const YamlNode& root) {
  MapReader map(root, "an Alertmanager configuration", context_);
  Config config;
  for (const char* key : {"global", "templates"}) (void)map.node(key);
  for (const char* key : {"time_intervals", "mute_time_intervals"})
    if (const YamlNode* node = map.node(key); node && !node->items.empty())
      map.fail(key, fmt::format("\"{}\" is not built: routes here know no time of day", key));
  read_receivers(map, config);
  if (const YamlNode* route = map.node("route", "the route that every alert takes"))
    config.route = read_route(*route, nullptr, config);
  for (const YamlNode& rule : map.items("inhibit_rules")) config.inhibit_rules.push_back(read_rule(rule));
  map.finish();
  return config;
}

}  // namespace

Result<Config> load_config(std::string_view yaml, const std::string& file) {
  auto root = read_yaml(yaml, file);
  if (!root) return root.error();
  ReadContext context{file, {}};
  Config config = Reader(context).read(*root);
  if (context.first_error) return *context.first_error;
  return config;
}

}  // namespace muster::alertmanager
