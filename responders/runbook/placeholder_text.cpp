#include "responders/runbook/placeholder_text.hpp"

#include "responders/runbook/observations.hpp"

namespace muster {

std::string without_placeholders(std::string_view text) {
  Observations any;
  for (const std::string& name : placeholders_in(text)) any.bind(name, "1");
  return fill_placeholders(text, any).text;
}

}  // namespace muster
