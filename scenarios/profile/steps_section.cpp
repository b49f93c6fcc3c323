// The steps of an endpoint.
#include <fmt/format.h>

#include "scenarios/profile/sections.hpp"

namespace muster {
namespace {

const std::vector<std::string> step_words = {"work",  "cpu",      "call",     "database", "provider",
                                             "cache", "parallel", "sequence", "choice",   "queue"};

/// "auth POST /check" -> target "auth", operation "POST /check".
void read_target(MapReader& map, const std::string& key, Step& step) {
  const std::string text = map.text(key);
  const std::size_t space = text.find(' ');
  step.target = text.substr(0, space);
  if (space != std::string::npos) step.operation = text.substr(space + 1);
  if (step.operation.empty() && !text.empty())
    map.fail(key, fmt::format("\"{}\": expected whom to ask and, after a space, for what", text));
}

void read_cache(MapReader& parent, Step& step) {
  const YamlNode* node = parent.node("cache");
  MapReader map(*node, "a cache", parent.context());
  step.cache.name = map.text("name");
  step.cache.share = map.share("share", 1.0);
  step.cache.keys = map.number("keys", 1, 1e9, step.cache.keys);
  step.steps = read_steps(map, "steps");
  map.finish();
}

void read_choice(MapReader& parent, Step& step) {
  double sum = 0;
  for (const YamlNode& item : parent.items("choice", "a list of branches with their share")) {
    MapReader map(item, "a branch", parent.context());
    Step branch;
    branch.kind = Step::Kind::sequence;
    branch.share = map.share("share");
    branch.steps = read_steps(map, "steps");
    map.finish();
    sum += branch.share;
    step.steps.push_back(std::move(branch));
  }
  if (sum > 1 + 1e-9) parent.fail("choice", "the shares of a choice sum up to more than all");
}

void read_kind(MapReader& map, const std::string& word, Step& step) {
  using enum Step::Kind;
  if (word == "work" || word == "cpu") {
    step.kind = word == "work" ? work : cpu;
    step.time = service_time(map, word);
  } else if (word == "call" || word == "queue") {
    step.kind = word == "call" ? call : queue;
    read_target(map, word, step);
  } else if (word == "database" || word == "provider") {
    step.kind = backend;
    read_target(map, word, step);
  } else if (word == "cache") {
    step.kind = cache;
    read_cache(map, step);
  } else if (word == "choice") {
    step.kind = choice;
    read_choice(map, step);
  } else {
    step.kind = word == "parallel" ? parallel : sequence;
    step.steps = read_steps(map, word);
  }
}

Step read_step(const YamlNode& node, ReadContext& errors) {
  MapReader map(node, "a step", errors);
  Step step;
  std::string found;
  for (const std::string& word : step_words) {
    if (!map.node(word)) continue;
    if (!found.empty()) map.fail(word, fmt::format("a step is one thing: \"{}\" or \"{}\"", found, word));
    found = word;
  }
  if (found.empty() && node.is_map()) {
    const std::string wrong = node.entries.empty() ? "" : node.entries.front().first.scalar;
    errors.fail(node, fmt::format("a step without a kind{}", expected_one_of(wrong, step_words)));
  }
  if (!found.empty()) read_kind(map, found, step);
  step.times = static_cast<int>(map.whole("times", 1, 1000, 1));
  step.policy = map.text("policy", "");
  if (map.node("when")) step.when = switch_setting(map, "when", true);
  step.optional = map.flag("optional", false);
  step.otherwise = read_steps(map, "otherwise");
  map.finish();
  return step;
}

}  // namespace

std::vector<Step> read_steps(MapReader& parent, const std::string& key) {
  std::vector<Step> steps;
  for (const YamlNode& item : parent.items(key)) steps.push_back(read_step(item, parent.context()));
  return steps;
}

}  // namespace muster
