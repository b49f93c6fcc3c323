#include "responders/condition/variables.hpp"

#include <algorithm>

#include "responders/text/lines.hpp"
#include "sim/spelling.hpp"

namespace muster {
namespace {

bool is_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

struct Place {
  std::size_t begin = std::string_view::npos, end = 0;  // of the braces
  std::string name;
};

// Braces around something else ("{{.Name}} x", a Go template) are plain text.
Place next_place(std::string_view text, std::size_t from) {
  for (auto open = text.find("{{", from); open != text.npos; open = text.find("{{", open + 2)) {
    const auto close = text.find("}}", open);
    if (close == text.npos) return {};
    const auto name = trimmed(text.substr(open + 2, close - open - 2));
    if (is_name(name) && name.front() != '.') return {open, close + 2, std::string(name)};
  }
  return {};
}

}  // namespace

std::vector<std::string> variables_in(std::string_view text) {
  std::vector<std::string> names;
  for (Place place = next_place(text, 0); place.begin != text.npos; place = next_place(text, place.end))
    if (std::find(names.begin(), names.end(), place.name) == names.end()) names.push_back(place.name);
  return names;
}

Result<std::string> fill_variables(std::string_view text, const Variables& values) {
  std::string filled;
  std::size_t done = 0;
  for (Place place = next_place(text, 0); place.begin != text.npos; place = next_place(text, place.end)) {
    const auto found = values.find(place.name);
    if (found == values.end()) {
      std::vector<std::string> known;
      for (const auto& [name, value] : values) known.push_back(name);
      return invalid_input(fmt::format("no variable \"{}\"{}", place.name, did_you_mean(place.name, known)));
    }
    filled += text.substr(done, place.begin - done);
    filled += found->second;
    done = place.end;
  }
  return filled + std::string(text.substr(done));
}

}  // namespace muster
