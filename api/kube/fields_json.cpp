#include "api/kube/fields_json.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "api/kube/quantity.hpp"

namespace muster::kube {

namespace {

const char* found_words(const Json& json) {
  if (json.is_string()) return "a string";
  if (json.is_number()) return "a number";
  if (json.is_boolean()) return "true or false";
  if (json.is_array()) return "a list";
  if (json.is_object()) return "a mapping";
  return "null";
}

const char* go_name(const Json& json) {
  if (json.is_number()) return "number";
  if (json.is_boolean()) return "bool";
  return json.type_name();
}

/// JSON pointers write "~" and "/" within a key as "~0" and "~1" (RFC 6901).
std::string escaped(const std::string& key) {
  std::string text;
  for (const char c : key) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

/// RFC 3339 with an optional fraction; parse_epoch reads whole seconds.
std::optional<SimTime> read_time(const std::string& text, Epoch epoch) {
  std::string whole = text;
  std::int64_t nanoseconds = 0;
  if (const std::size_t point = text.find('.'); point != std::string::npos) {
    std::size_t end = point + 1;
    std::int64_t unit = 100'000'000;
    for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end, unit /= 10) {
      nanoseconds += (text[end] - '0') * unit;
    }
    if (end == point + 1) return std::nullopt;
    whole.erase(point, end - point);
  }
  const Result<Epoch> at = parse_epoch(whole);
  if (!at) return std::nullopt;
  return SimTime{std::chrono::seconds{at->unix_seconds - epoch.unix_seconds} + SimDuration{nanoseconds}};
}

}  // namespace

Fields::Fields(Json& object, std::string pointer, Decoding& decoding)
    : object_(object), pointer_(std::move(pointer)), decoding_(decoding) {
  if (object_.is_object()) return;
  wrong_type({}, object_, "a mapping", "struct");
  object_ = Json::object();
}

std::string Fields::pointer(const std::string& key) const {
  return key.empty() ? pointer_ : pointer_ + "/" + escaped(key);
}

void Fields::fail(const std::string& key, std::string message, std::string go_words) {
  if (decoding_.error) return;
  decoding_.error = DecodeError{pointer(key), std::move(message), std::move(go_words)};
}

void Fields::wrong_type(const std::string& key, const Json& found, const char* expected,
                        const char* go_type) {
  fail(key, fmt::format("expected {} but found {}", expected, found_words(found)),
       fmt::format("json: cannot unmarshal {} into Go value of type {}", go_name(found), go_type));
}

std::optional<Json> Fields::take(const char* key, bool (Json::*is)() const noexcept, const char* expected,
                                 const char* go_type) {
  const auto found = object_.find(key);
  if (found == object_.end()) return std::nullopt;
  Json value = std::move(*found);
  object_.erase(found);
  if ((value.*is)()) return value;
  wrong_type(key, value, expected, go_type);
  return std::nullopt;
}

void Fields::text(const char* key, std::string& out) {
  if (auto value = take(key, &Json::is_string, "a string", "string")) out = value->get<std::string>();
}

void Fields::drop_default(const char* key, const char* value) {
  const auto found = object_.find(key);
  if (found != object_.end() && *found == value) object_.erase(found);
}

void Fields::flag(const char* key, bool& out) {
  if (auto value = take(key, &Json::is_boolean, "true or false", "bool")) out = value->get<bool>();
}

void Fields::optional_flag(const char* key, bool& out) {
  const auto found = object_.find(key);
  if (found != object_.end() && found->is_boolean() && !found->get<bool>()) {
    out = false;
  } else {
    flag(key, out);
  }
}

void Fields::whole(const char* key, std::int64_t& out) {
  const auto value = take(key, &Json::is_number_integer, "a whole number", "int64");
  if (!value) return;
  if (value->is_number_unsigned() && value->get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) {
    fail(key, "expected a smaller number");
  } else {
    out = value->get<std::int64_t>();
  }
}

void Fields::whole(const char* key, int& out) {
  const auto value = take(key, &Json::is_number_integer, "a whole number", "int32");
  if (!value) return;
  const bool fits = value->is_number_unsigned()
                        ? value->get<std::uint64_t>() <= std::numeric_limits<std::int32_t>::max()
                        : value->get<std::int64_t>() >= std::numeric_limits<std::int32_t>::min();
  if (fits) {
    out = value->get<int>();
  } else {
    fail(key, "expected a number of at most 31 bits",
         fmt::format("json: cannot unmarshal number {} into Go value of type int32", value->dump()));
  }
}

void Fields::seconds(const char* key, SimDuration& out) {
  std::int64_t value = whole_seconds(out);
  whole(key, value);
  constexpr std::int64_t century = 100LL * 366 * 24 * 3600;
  if (value < -century || value > century) return fail(key, "expected a number of seconds below a century");
  out = std::chrono::seconds{value};
}

void Fields::time(const char* key, std::optional<SimTime>& out) {
  const auto value = take(key, &Json::is_string, "a time such as 2025-11-01T14:20:00Z", "Time");
  if (!value) return;
  out = read_time(value->get<std::string>(), decoding_.epoch);
  if (out) return;
  fail(key, fmt::format("\"{}\" is not a time: expected one such as 2025-11-01T14:20:00Z",
                        value->get<std::string>()));
}

void Fields::time(const char* key, SimTime& out) {
  std::optional<SimTime> read;
  time(key, read);
  if (read) out = *read;
}

void Fields::int_or_text(const char* key, std::string& out) {
  const auto found = object_.find(key);
  if (found == object_.end()) return;
  if (found->is_number_integer()) {
    out = found->dump();
    object_.erase(found);
  } else if (found->is_string()) {
    text(key, out);
  } else {
    wrong_type(key, *found, "a whole number or a string", "intstr.IntOrString");
  }
}

void Fields::texts(const char* key, StringMap& out) {
  auto values = take(key, &Json::is_object, "a mapping of strings", "map[string]string");
  if (!values) return;
  for (const auto& [name, value] : values->items()) {
    if (value.is_string()) {
      out[name] = value.get<std::string>();
    } else if (!value.is_null()) {
      Fields(*values, pointer(key), decoding_)
          .fail(name,
                fmt::format("expected a string but found {}; put the value in quotes", found_words(value)),
                fmt::format("json: cannot unmarshal {} into Go value of type string", go_name(value)));
    }
  }
}

void Fields::texts(const char* key, std::vector<std::string>& out) {
  const auto values = take(key, &Json::is_array, "a list of strings", "[]string");
  if (!values) return;
  for (const Json& value : *values) {
    if (!value.is_string()) return wrong_type(key, value, "a list of strings", "string");
    out.push_back(value.get<std::string>());
  }
}

void Fields::quantity(const char* key, bool is_cpu, std::optional<std::int64_t>& out) {
  const auto found = object_.find(key);
  if (found == object_.end()) return;
  if (!found->is_string() && !found->is_number()) {
    return wrong_type(key, *found, "a quantity such as 250m or 512Mi", "resource.Quantity");
  }
  const std::string text = found->is_string() ? found->get<std::string>() : found->dump();
  const Result<std::int64_t> value = is_cpu ? parse_cpu(text) : parse_amount(text);
  object_.erase(found);
  if (value) {
    out = *value;
  } else {
    fail(key, value.error().message,
         "quantities must match the regular expression "
         "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  }
}

void Fields::cpu(const char* key, std::optional<std::int64_t>& out) {
  quantity(key, true, out);
}

void Fields::amount(const char* key, std::optional<std::int64_t>& out) {
  quantity(key, false, out);
}

void Fields::object(const char* key, const std::function<void(Fields&)>& read) {
  const auto found = object_.find(key);
  if (found == object_.end()) return;
  Fields inner(*found, pointer(key), decoding_);
  read(inner);
  if (inner.empty()) object_.erase(key);
}

void Fields::each(const char* key, const std::function<void(Fields&)>& read) {
  const auto found = object_.find(key);
  if (found == object_.end()) return;
  if (!found->is_array()) return wrong_type(key, *found, "a list", "slice");
  bool remains = false;
  for (std::size_t i = 0; i < found->size(); ++i) {
    Fields element((*found)[i], fmt::format("{}/{}", pointer(key), i), decoding_);
    read(element);
    remains = remains || !element.empty();
  }
  if (!remains) object_.erase(key);
}

Unmodelled Fields::rest() {
  if (object_.empty()) return nullptr;
  auto text = std::make_shared<const std::string>(print_json(object_));
  object_.clear();
  return text;
}

}  // namespace muster::kube
