// Values that an environment variable of the process may replace: `8` or `{env: WEB_CONCURRENCY, default:
// 8}`.
#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

/// The environment variable, if the key is a map with one; its `default` is then read from `map`.
const YamlNode* replaced(MapReader& parent, const std::string& key) {
  const YamlNode* node = parent.node(key);
  return node && node->is_map() ? node : nullptr;
}

}  // namespace

Setting number_setting(MapReader& parent, const std::string& key, double least, double most,
                       double fallback) {
  const YamlNode* node = replaced(parent, key);
  if (!node) return {parent.number(key, least, most, fallback), ""};
  MapReader map(*node, "a setting", parent.context());
  Setting setting;
  setting.env = map.text("env");
  setting.value = map.number("default", least, most);
  map.finish();
  return setting;
}

Setting duration_setting(MapReader& parent, const std::string& key) {
  const YamlNode* node = replaced(parent, key);
  if (!node) return {seconds_of(positive_time(parent, key, SimDuration{0})), ""};
  MapReader map(*node, "a setting", parent.context());
  Setting setting;
  setting.env = map.text("env");
  setting.value = seconds_of(map.duration("default"));
  map.finish();
  return setting;
}

Setting switch_setting(MapReader& parent, const std::string& key, bool fallback) {
  const YamlNode* node = replaced(parent, key);
  if (!node) return {parent.flag(key, fallback) ? 1.0 : 0.0, ""};
  MapReader map(*node, "a switch", parent.context());
  Setting setting;
  setting.env = map.text("env");
  setting.value = map.flag("default", true) ? 1 : 0;
  map.finish();
  return setting;
}

}  // namespace muster
