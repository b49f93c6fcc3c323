// The two functions that kubectl adds to Go's (k8s.io/cli-runtime/pkg/printers/template.go).
#include "telemetry/template/nodes.hpp"

namespace muster::text_template {
namespace {

/// Of a character of base64 (RFC 4648, 4), -1 of any other.
int sextet_of(char c) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = alphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

Result<Value> item_exists(const std::vector<Value>& arguments, const Context&) {
  Value value = arguments[0];
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (value.kind != Value::Kind::map && value.kind != Value::Kind::list) return Value::of(false);
    auto inner = at_index(value, arguments[i]);
    if (!inner || inner->kind == Value::Kind::nothing) return Value::of(false);
    value = std::move(*inner);
  }
  return Value::of(true);
}

Result<Value> decode_base64(const std::vector<Value>& arguments, const Context&) {
  const std::string text = arguments[0].shown();
  std::string bytes;
  unsigned held = 0;
  int bits = 0;
  const std::size_t end = std::min(text.find('='), text.size());
  for (std::size_t i = 0; i < end; ++i) {
    const int sextet = sextet_of(text[i]);
    if (sextet < 0)
      return invalid_input(
          "error calling base64decode: base64 decode failed: illegal base64 data at input byte " +
          std::to_string(i));
    held = (held << 6 | static_cast<unsigned>(sextet)) & 0xffffu;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 0xffu);
  }
  return Value::of(std::move(bytes));
}

}  // namespace muster::text_template
