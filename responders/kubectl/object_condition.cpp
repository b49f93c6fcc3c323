#include "responders/kubectl/object_condition.hpp"

namespace muster {

const JsonValue& condition(const JsonValue& object, std::string_view type) {
  static const JsonValue none;
  for (const auto& each : object["status"]["conditions"].items())
    if (each["type"].text() == type) return each;
  return none;
}

std::string condition_status(const JsonValue& object, std::string_view type) {
  return condition(object, type)["status"].text();
}

}  // namespace muster
