// Makes any text safe to stand in a page, an XML file or a terminal. Names and messages of a drill come from
// people and programs, and may hold markup, control characters or broken UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace muster::reports {

/// For element content and quoted attributes of HTML and XML: & < > " ' become entities, characters that
/// XML 1.0 forbids are left out, broken UTF-8 becomes U+FFFD.
std::string escape_markup(std::string_view text);

/// For a terminal: one line, without control characters (an escape sequence could rewrite what is shown).
std::string plain_line(std::string_view text);

/// Characters (code points) of valid UTF-8; the columns it takes, but for wide and combining ones.
std::size_t columns(std::string_view text);

}  // namespace muster::reports
