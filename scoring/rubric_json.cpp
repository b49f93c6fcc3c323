// Reads the rubric's JSON strictly: an unknown key is a typing error that would silently change a score.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scoring/rubric.hpp"
#include "sim/spelling.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;

std::vector<std::string> keys_of(std::string_view level) {
  std::vector<std::string> keys;
  for (const RubricKey& key : rubric_keys())
    if (key.level == level) keys.emplace_back(key.key);
  return keys;
}

/// Takes fields out of one JSON object; the first thing that is wrong is kept in the shared error.
class ObjectReader {
 public:
  ObjectReader(const Json& object, std::string pointer, std::string_view level, std::optional<Error>& error)
      : object_(object), pointer_(std::move(pointer)), error_(error) {
    if (!object.is_object()) {
      wrong(pointer_, "expected an object");
      return;
    }
    const std::vector<std::string> known = keys_of(level);
    for (const auto& [key, value] : object.items())
      if (std::find(known.begin(), known.end(), key) == known.end())
        wrong(pointer_ + "/" + key, fmt::format("unknown key \"{}\"{}", key, did_you_mean(key, known)));
  }

  void text(const char* key, std::string& value) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_string()) return wrong(at(key), "expected a text");
    value = found->get<std::string>();
  }

  void texts(const char* key, std::vector<std::string>& values) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_array()) return wrong(at(key), "expected a list of texts");
    values.clear();
    for (std::size_t i = 0; i < found->size(); ++i) {
      if (!(*found)[i].is_string()) return wrong(at(key) + "/" + std::to_string(i), "expected a text");
      values.push_back((*found)[i].get<std::string>());
    }
  }

  void duration(const char* key, SimDuration& value, bool zero_allowed = false) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_string()) return wrong(at(key), "expected a duration such as \"15m\"");
    const Result<SimDuration> parsed = parse_duration(found->get_ref<const std::string&>());
    if (!parsed) return wrong(at(key), parsed.error().message);
    if (*parsed < SimDuration::zero() || (*parsed == SimDuration::zero() && !zero_allowed))
      return wrong(at(key), "expected a duration above zero");
    value = *parsed;
  }

  /// A number from `low` to `high`.
  void number(const char* key, double& value, double low, double high) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_number()) return wrong(at(key), "expected a number");
    const auto read = found->get<double>();
    if (!(read >= low && read <= high))
      return wrong(at(key), fmt::format("expected a number from {} to {}", low, high));
    value = read;
  }

  void number(const char* key, std::optional<double>& value, double low, double high) {
    double read = 0;
    if (find(key) == nullptr) return;
    number(key, read, low, high);
    value = read;
  }

  void flag(const char* key, std::optional<bool>& value) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_boolean()) return wrong(at(key), "expected true or false");
    value = found->get<bool>();
  }

  /// Calls `read(element, pointer)` for every element of a list.
  template <class Read>
  void list(const char* key, Read read) {
    const Json* found = find(key);
    if (found == nullptr) return;
    if (!found->is_array()) return wrong(at(key), "expected a list");
    for (std::size_t i = 0; i < found->size(); ++i) read((*found)[i], at(key) + "/" + std::to_string(i));
  }

  const Json* find(const char* key) const {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    return found == object_.end() ? nullptr : &*found;
  }
  std::string at(const char* key) const { return pointer_ + "/" + key; }
  void wrong(const std::string& where, std::string message) {
    if (!error_) error_ = invalid_input("rubric: " + std::move(message), where);
  }

 private:
  const Json& object_;
  std::string pointer_;
  std::optional<Error>& error_;
};

bool has_condition(const SeverityClause& c) {
  return c.error_ratio_above || c.error_ratio_at_most || c.users_affected_above || c.users_affected_at_most ||
         c.p95_times_normal_above || c.outage || c.data_at_risk || c.intruder_active || c.feature_failing ||
         c.critical_feature_failing || c.agent_type_failing || c.trend_worsening;
}

SeverityClause read_clause(const Json& object, const std::string& pointer, std::optional<Error>& error) {
  SeverityClause clause;
  ObjectReader reader(object, pointer, "clause", error);
  reader.text("text", clause.text);
  reader.number("errorRatioAbove", clause.error_ratio_above, 0, 1);
  reader.number("errorRatioAtMost", clause.error_ratio_at_most, 0, 1);
  reader.number("usersAffectedAbove", clause.users_affected_above, 0, 1);
  reader.number("usersAffectedAtMost", clause.users_affected_at_most, 0, 1);
  reader.number("p95TimesNormalAbove", clause.p95_times_normal_above, 0, 1e6);
  reader.flag("outage", clause.outage);
  reader.flag("dataAtRisk", clause.data_at_risk);
  reader.flag("intruderActive", clause.intruder_active);
  reader.flag("featureFailing", clause.feature_failing);
  reader.flag("criticalFeatureFailing", clause.critical_feature_failing);
  reader.flag("agentTypeFailing", clause.agent_type_failing);
  reader.flag("trendWorsening", clause.trend_worsening);
  if (clause.text.empty()) reader.wrong(pointer, "a clause needs a \"text\"");
  if (!has_condition(clause))
    reader.wrong(pointer, "a clause needs a condition, such as \"errorRatioAbove\"");
  return clause;
}

SeverityLevel read_level(const Json& object, const std::string& pointer, std::optional<Error>& error) {
  SeverityLevel level;
  ObjectReader reader(object, pointer, "severity", error);
  reader.text("name", level.name);
  reader.duration("respondWithin", level.respond_within);
  reader.duration("updateEvery", level.update_every, true);
  reader.texts("notify", level.notify);
  reader.list("clauses", [&](const Json& clause, const std::string& where) {
    level.clauses.push_back(read_clause(clause, where, error));
  });
  if (level.name.empty()) reader.wrong(pointer, "a severity level needs a \"name\"");
  if (level.respond_within == SimDuration::zero())
    reader.wrong(pointer, "a severity level needs \"respondWithin\"");
  if (level.clauses.empty()) reader.wrong(pointer, "a severity level needs \"clauses\"");
  return level;
}

void read_levels(ObjectReader& reader, Rubric& rubric, std::optional<Error>& error) {
  reader.list("severity", [&](const Json& object, const std::string& where) {
    SeverityLevel level = read_level(object, where, error);
    for (const SeverityLevel& other : rubric.severity)
      if (other.name == level.name)
        reader.wrong(where, fmt::format("there are two levels \"{}\"", level.name));
    rubric.severity.push_back(std::move(level));
  });
  if (rubric.severity.empty())
    reader.wrong("/severity", "expected a list of severity levels, most severe first");
}

void read_weights(ObjectReader& reader, Rubric& rubric) {
  rubric.weights = {{"outcome", 50}, {"process", 30}, {"craft", 20}};
  const Json* weights = reader.find("weights");
  if (weights == nullptr) return;
  if (!weights->is_object())
    return reader.wrong("/weights", "expected outcome, process and craft in per cent");
  rubric.weights.clear();
  int sum = 0;
  for (const auto& [group, weight] : weights->items()) {
    const std::string where = "/weights/" + group;
    const std::vector<std::string> groups{"outcome", "process", "craft"};
    if (std::find(groups.begin(), groups.end(), group) == groups.end())
      return reader.wrong(where, fmt::format("unknown group \"{}\"{}", group, did_you_mean(group, groups)));
    if (!weight.is_number_integer() || weight < 0 || weight > 100)
      return reader.wrong(where, "expected a whole number from 0 to 100");
    sum += rubric.weights[group] = weight.get<int>();
  }
  if (sum == 0) reader.wrong("/weights", "at least one weight must be above 0");
}

/// "no_data_lost" -> "noDataLost".
std::string camel_case(std::string_view words) {
  std::string camel;
  bool raise = false;
  for (char c : words) {
    if (c == '_')
      raise = true;
    else
      camel += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (c != '_') raise = false;
  }
  return camel;
}

void read_gates(ObjectReader& reader, Rubric& rubric) {
  const std::vector<std::string>& known = gate_names();
  rubric.gates = {known[0], known[1], known[2]};
  reader.texts("gates", rubric.gates);
  for (std::size_t i = 0; i < rubric.gates.size(); ++i) {
    const std::string gate = camel_case(rubric.gates[i]);
    if (std::find(known.begin(), known.end(), gate) == known.end())
      return reader.wrong("/gates/" + std::to_string(i),
                          fmt::format("unknown gate \"{}\"{}", rubric.gates[i], did_you_mean(gate, known)));
    rubric.gates[i] = gate;
  }
}

}  // namespace

Result<Rubric> parse_rubric(std::string_view json) {
  const Json document = Json::parse(json.begin(), json.end(), nullptr, false);
  if (document.is_discarded()) return invalid_input("rubric: this is not JSON");
  std::optional<Error> error;
  Rubric rubric;
  ObjectReader reader(document, "", "rubric", error);
  read_levels(reader, rubric, error);
  reader.duration("evaluationWindow", rubric.evaluation_window);
  reader.text("gaps", rubric.gaps);
  reader.number("errorShareMax", rubric.error_share_max, 0, 1);
  reader.duration("p95Max", rubric.p95_max);
  reader.duration("restoredWindow", rubric.restored_window);
  reader.number("availabilityObjective", rubric.availability_objective, 0, 0.999999999);
  reader.texts("criticalFeatures", rubric.critical_features);
  reader.number("featureFailingAbove", rubric.feature_failing_above, 0, 1);
  read_weights(reader, rubric);
  read_gates(reader, rubric);
  reader.texts("hypothesisMatches", rubric.hypothesis_matches);
  if (error) return *error;
  return rubric;
}

}  // namespace muster
