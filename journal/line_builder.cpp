#include "journal/line_builder.hpp"

#include <fmt/format.h>

#include "journal/sha256.hpp"

namespace muster {

void LineBuilder::begin(std::uint64_t number_of_record, SimTime at, std::string_view type) {
  line_.clear();
  line_ += "{\"n\":";
  number(number_of_record);
  line_ += ",\"t\":";
  line_ += fmt::format_int(nanoseconds_of(at)).c_str();
  line_ += ",\"type\":\"";
  line_ += type;
  line_ += '"';
}

void LineBuilder::open_field(std::string_view key) {
  line_ += ",\"";
  line_ += key;
  line_ += "\":";
}

void LineBuilder::number(std::uint64_t value) {
  const fmt::format_int text(value);
  line_.append(text.data(), text.size());
}

void LineBuilder::number_field(std::string_view key, std::uint64_t value) {
  open_field(key);
  number(value);
}

void LineBuilder::number_field(std::string_view key, std::int64_t value) {
  open_field(key);
  const fmt::format_int text(value);
  line_.append(text.data(), text.size());
}

void LineBuilder::operator()(std::string_view key, const std::string& value) {
  if (value.empty()) return;
  open_field(key);
  string(value);
}

void LineBuilder::operator()(std::string_view key, bool value) {
  if (!value) return;
  open_field(key);
  line_ += "true";
}

void LineBuilder::operator()(std::string_view key, SimTime value) {
  if (value != sim_start) number_field(key, nanoseconds_of(value));
}

void LineBuilder::operator()(std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  open_field(key);
  for (std::size_t i = 0; i < values.size(); ++i) {
    line_ += i == 0 ? '[' : ',';
    string(values[i]);
  }
  line_ += ']';
}

void LineBuilder::operator()(std::string_view key, const std::vector<InputFile>& inputs) {
  if (inputs.empty()) return;
  open_field(key);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    line_ += i == 0 ? '[' : ',';
    line_ += "{\"name\":";
    string(inputs[i].name);
    line_ += ",\"sha256\":";
    string(inputs[i].sha256);
    line_ += '}';
  }
  line_ += ']';
}

// One array per endpoint: name, feature, then the counts by outcome without the zeros at the end.
void LineBuilder::operator()(std::string_view key, const std::vector<EndpointTraffic>& endpoints) {
  if (endpoints.empty()) return;
  open_field(key);
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    line_ += i == 0 ? "[[" : ",[";
    string(endpoints[i].endpoint);
    line_ += ',';
    string(endpoints[i].feature);
    std::size_t used = endpoints[i].outcomes.size();
    while (used > 0 && endpoints[i].outcomes[used - 1] == 0) --used;
    for (std::size_t outcome = 0; outcome < used; ++outcome) {
      line_ += ',';
      number(endpoints[i].outcomes[outcome]);
    }
    line_ += ']';
  }
  line_ += ']';
}

// A flat array: distance from the bucket before, count, distance, count, ...
void LineBuilder::operator()(std::string_view key, const LatencyHistogram& histogram) {
  if (histogram.empty()) return;
  open_field(key);
  char separator = '[';
  unsigned before = 0;
  for (const auto& [bucket, count] : histogram.sparse()) {
    line_ += separator;
    number(bucket - before);
    line_ += ',';
    number(count);
    before = bucket;
    separator = ',';
  }
  line_ += ']';
}

namespace {

void append_escaped(std::string& line, std::string_view text) {
  std::size_t plain_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    line.append(text.substr(plain_from, i - plain_from));
    plain_from = i + 1;
    switch (byte) {
      case '"':
        line += "\\\"";
        break;
      case '\\':
        line += "\\\\";
        break;
      case '\n':
        line += "\\n";
        break;
      case '\t':
        line += "\\t";
        break;
      case '\r':
        line += "\\r";
        break;
      default:
        line += fmt::format("\\u{:04x}", byte);
    }
  }
  line.append(text.substr(plain_from));
}

/// Length of the well-formed UTF-8 sequence at the front of `bytes`; 0 if there is none.
std::size_t utf8_sequence(std::string_view bytes) {
  const auto at = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return 0;
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;  // no overlong forms
  const unsigned char high = lead == 0xED   ? 0x9F
                             : lead == 0xF4 ? 0x8F
                                            : 0xBF;  // no surrogates, none above 10FFFF
  if (at(1) < low || at(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (at(i) < 0x80 || at(i) > 0xBF) return 0;
  return length;
}

}  // namespace

void LineBuilder::string(std::string_view text) {
  if (is_utf8(text)) {
    line_ += '"';
    append_escaped(line_, text);
    line_ += '"';
  } else {
    line_ += "{\"hex\":\"";
    line_ += hex_of(text);
    line_ += "\"}";
  }
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = utf8_sequence(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

}  // namespace muster
