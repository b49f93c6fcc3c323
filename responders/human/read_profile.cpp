#include <algorithm>
#include <charconv>

#include "responders/human/profile.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

PaceTime read_time(const YamlNode& node, ReadContext& context) {
  FieldReader reader(node, human_format().table("time"), context);
  PaceTime time;
  time.median = reader.duration("median");
  time.p95 = reader.duration("p95", time.median);
  if (time.p95 < time.median) reader.fail("p95", "\"p95\" is shorter than the median");
  reader.finish();
  return time;
}

void read_stages(FieldReader& reader, HumanProfile& profile) {
  profile.stages = human_stages();
  for_each_entry(reader.node("stages"), reader.context(), [&](const YamlNode& key, const YamlNode& value) {
    std::vector<std::string> names;
    for (const auto& [name, time] : human_stages()) names.push_back(name);
    if (!human_stages().contains(key.scalar))
      reader.context().fail(
          key, fmt::format("unknown stage \"{}\"{}", key.scalar, expected_one_of(key.scalar, names)));
    profile.stages[key.scalar] = read_time(value, reader.context());
  });
}

void read_night(FieldReader& outer, HumanProfile& profile) {
  const YamlNode* node = outer.node("night");
  if (node == nullptr) return;
  FieldReader reader(*node, human_format().table("night"), outer.context());
  profile.night_from = reader.whole("from");
  profile.night_to = reader.whole("to");
  profile.night_factor = reader.number("factor", 1.5);
  reader.finish();
}

void read_notify(FieldReader& outer, HumanProfile& profile) {
  for_each_entry(outer.node("notify"), outer.context(), [&](const YamlNode& key, const YamlNode& value) {
    FieldReader reader(value, human_format().table("roles"), outer.context());
    profile.notify[key.scalar] = reader.texts("to");
    reader.finish();
  });
}

PossibleCause read_cause(const YamlNode& node, ReadContext& context) {
  FieldReader reader(node, human_format().table("cause"), context);
  PossibleCause cause;
  cause.name = reader.text("name");
  cause.prior = reader.number("prior");
  cause.hypothesis = reader.text("hypothesis");
  cause.sections = reader.texts("sections");
  cause.improvise = reader.texts("improvise");
  cause.effect = reader.text("effect");
  cause.instead = reader.texts("instead");
  reader.finish();
  return cause;
}

double probability(const std::string& text, FieldReader& reader) {
  double value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool valid = error == std::errc() && end == text.data() + text.size() && value > 0 && value < 1;
  if (!valid)
    reader.fail(
        "likely",
        fmt::format("\"{}\" is no probability; expected a number between 0 and 1, both excluded", text));
  return valid ? value : 0.5;
}

Sign read_sign(const YamlNode& node, const HumanProfile& profile, ReadContext& context) {
  FieldReader reader(node, human_format().table("sign"), context);
  Sign sign;
  sign.matches = reader.text("matches");
  if (const auto checked = check_expression(sign.matches); !checked)
    reader.fail("matches", checked.error().message);
  std::vector<std::string> names;
  for (const PossibleCause& cause : profile.causes) names.push_back(cause.name);
  for (const auto& [name, text] : reader.text_map("likely")) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      reader.fail("likely", fmt::format("unknown cause \"{}\"{}", name, expected_one_of(name, names)));
    sign.likelihoods[name] = probability(text, reader);
  }
  sign.otherwise = reader.share("otherwise");
  if (sign.otherwise <= 0 || sign.otherwise >= 1)
    reader.fail("otherwise", "\"otherwise\" must lie between 0 and 1, both excluded: nothing is certain");
  reader.finish();
  return sign;
}

Look read_look(const YamlNode& node, const HumanProfile& profile, ReadContext& context) {
  FieldReader reader(node, human_format().table("look"), context);
  Look look;
  reader.chosen();
  look.command = reader.text("run");
  look.query = reader.text("query");
  for (const YamlNode& item : reader.items("signs")) look.signs.push_back(read_sign(item, profile, context));
  reader.finish();
  return look;
}

void read_numbers(FieldReader& reader, HumanProfile& profile) {
  reader.whole("muster");
  profile.name = reader.text("profile");
  profile.summary = reader.text("summary");
  profile.pager_delay = reader.duration("pagerDelay");
  profile.skill_sigma = reader.number("skill", 0.25);
  profile.typo = reader.share("typo", 0.02);
  profile.wrong_namespace = reader.share("wrongNamespace", 0.01);
  profile.notice = reader.share("notice", 1);
  profile.act_above = reader.share("actAbove", 0.7);
  profile.looks_at_least = reader.whole("looksAtLeast", 1);
  profile.failed_remedy = reader.share("failedRemedy", 0.1);
  profile.patience = reader.duration("patience", 5min);
  profile.update_every = reader.duration("updateEvery", 25min);
  for (const auto& [name, value] : reader.text_map("variables")) profile.variables[name] = value;
}

}  // namespace

Result<HumanProfile> read_human_profile(std::string_view text, const std::string& file) {
  const auto document = read_yaml(text, file);
  if (!document) return document.error();
  ReadContext context{file, {}};
  HumanProfile profile;
  profile.file = file;
  FieldReader reader(*document, human_format().tables.front(), context);
  read_numbers(reader, profile);
  read_stages(reader, profile);
  read_night(reader, profile);
  read_notify(reader, profile);
  if (const YamlNode* healthy = reader.node("healthy")) profile.healthy = read_condition(*healthy, context);
  for (const YamlNode& item : reader.items("causes")) profile.causes.push_back(read_cause(item, context));
  for (const YamlNode& item : reader.items("looks"))
    profile.looks.push_back(read_look(item, profile, context));
  double weight = 0;
  for (const PossibleCause& cause : profile.causes) weight += cause.prior;
  if (reader.has("causes") && weight <= 0) reader.fail("causes", "no cause has a prior above 0");
  reader.finish();
  if (context.first_error) return *context.first_error;
  return profile;
}

}  // namespace muster
