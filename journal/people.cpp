#include "journal/people.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace muster {

using Json = nlohmann::json;

const std::string& People::name_of(const std::string& actor) const {
  const auto found = names.find(actor);
  return found == names.end() ? actor : found->second;
}

std::string write_people(const People& people) {
  const Json document = {{"people", Json(people.names)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<People> read_people(std::string_view text, const std::string& name) {
  const Json document = Json::parse(text.begin(), text.end(), nullptr, false);
  if (document.is_discarded()) return invalid_input("this is not JSON", name);
  if (!document.is_object() || document.size() != 1 || !document.contains("people") ||
      !document["people"].is_object())
    return invalid_input("expected one object {\"people\": {\"ACTOR\": \"NAME\"}}", name);
  People people;
  for (const auto& [actor, display] : document["people"].items()) {
    if (!display.is_string())
      return invalid_input(fmt::format("the name of \"{}\" is not a string", actor), name);
    people.names[actor] = display.get<std::string>();
  }
  return people;
}

}  // namespace muster
