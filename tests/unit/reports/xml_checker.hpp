// Says why a text is not well-formed XML, or nothing. Small on purpose: elements, attributes, text, the five
// entities and character references; no CDATA, no comments, no processing but the declaration.
#pragma once

#include <string>
#include <string_view>

namespace muster {

std::string xml_fault(std::string_view text);

}  // namespace muster
