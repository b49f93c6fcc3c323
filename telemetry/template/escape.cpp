// Texts made safe for other languages, as Go's text/template and net/url do.
#include <fmt/format.h>

#include "telemetry/template/nodes.hpp"

namespace muster::text_template {

std::string escaped_for_url(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.~").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else if (c == ' ')
      out += '+';
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}
std::string escaped_for_html(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const std::string_view name = c == '"'    ? "&#34;"
                                  : c == '\'' ? "&#39;"
                                  : c == '&'  ? "&amp;"
                                  : c == '<'  ? "&lt;"
                                  : c == '>'  ? "&gt;"
                                              : "";
    name.empty() ? out += c : out += name;
  }
  return out;
}

std::string escaped_for_js(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '\'' || c == '"')
      out += {'\\', c};
    else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '=')
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

}  // namespace muster::text_template
