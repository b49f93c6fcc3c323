#include <fmt/format.h>

#include <charconv>

#include "api/kube/codec_json.hpp"

namespace muster::kube {

void read_int_or_percent(Fields& fields, const char* key, IntOrPercent& out) {
  std::string text;
  fields.int_or_text(key, text);
  if (text.empty()) return;
  const bool percent = text.back() == '%';
  const std::size_t digits = text.size() - (percent ? 1 : 0);
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + digits, value);
  if (read.ec != std::errc{} || read.ptr != text.data() + digits || value < 0) {
    fields.fail(key, fmt::format("\"{}\" is neither a count nor a percentage: expected 1 or \"25%\"", text));
    return;
  }
  out = {value, percent};
}

Json write_int_or_percent(const IntOrPercent& value) {
  if (value.percent) return fmt::format("{}%", value.value);
  return value.value;
}

}  // namespace muster::kube
