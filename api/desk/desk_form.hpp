// The forms of the desk: which fields each body has, checked strictly, and the fact that it becomes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/fact/people.hpp"
#include "sim/result.hpp"

namespace muster {

inline constexpr std::size_t desk_text_max = 100'000;  ///< bytes of one field; a post-mortem fits

enum class FormField { text, optional_text, title, channel, to, component, severity, optional_severity };

struct DeskForm {
  const char* path;  ///< last segment: "messages"
  DeskAction action;
  std::vector<FormField> fields;
};

/// Null if there is no such form.
const DeskForm* find_desk_form(std::string_view path);
/// The words that may stand behind /desk/v1/.
std::vector<std::string> desk_paths();

/// Reads a body. An empty body counts as {}. Error: invalid_input, one sentence with the nearest valid word.
Result<DeskFact> read_desk_form(const DeskForm& form, std::string_view body, const std::string& actor);

}  // namespace muster
