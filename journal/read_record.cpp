#include "journal/read_record.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "journal/fact/names.hpp"
#include "journal/record_fields.hpp"
#include "journal/sha256.hpp"

namespace muster {

namespace {

using Json = nlohmann::json;

bool read(const Json& value, std::string& text) {
  if (value.is_string()) {
    text = value.get_ref<const std::string&>();
    return true;
  }
  // Bytes that are not UTF-8 were written as {"hex":"..."}.
  if (!value.is_object() || value.size() != 1 || !value.contains("hex") || !value["hex"].is_string())
    return false;
  return bytes_of_hex(value["hex"].get_ref<const std::string&>(), text);
}

bool read(const Json& value, bool& flag) {
  if (value.is_boolean()) flag = value.get<bool>();
  return value.is_boolean();
}

template <class Number>
requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>) bool read(const Json& value,
                                                                                Number& number) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned()) {
    const auto wide = value.get<std::uint64_t>();
    number = static_cast<Number>(wide);
    return std::in_range<Number>(wide);
  }
  const auto wide = value.get<std::int64_t>();
  number = static_cast<Number>(wide);
  return std::in_range<Number>(wide);
}

bool read(const Json& value, SimTime& at) {
  std::int64_t ns = 0;
  const bool good = read(value, ns);
  at = time_from_nanoseconds(ns);
  return good;
}

template <class Enum>
requires std::is_enum_v<Enum>
bool read(const Json& value, Enum& result) {
  if (!value.is_string()) return false;
  const auto names = names_of<Enum>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (value.get_ref<const std::string&>() != names[i]) continue;
    result = static_cast<Enum>(i);
    return true;
  }
  return false;
}

bool read(const Json& value, InputFile& input) {
  return value.is_object() && value.contains("name") && value.contains("sha256") &&
         read(value["name"], input.name) && read(value["sha256"], input.sha256);
}

bool read(const Json& value, EndpointTraffic& endpoint) {
  if (!value.is_array() || value.size() < 2 || value.size() > 2 + outcome_count) return false;
  if (!read(value[0], endpoint.endpoint) || !read(value[1], endpoint.feature)) return false;
  for (std::size_t i = 2; i < value.size(); ++i)
    if (!read(value[i], endpoint.outcomes[i - 2])) return false;
  return true;
}

template <class Element>
bool read(const Json& value, std::vector<Element>& elements) {
  if (!value.is_array()) return false;
  elements.reserve(value.size());
  for (const Json& element : value)
    if (!read(element, elements.emplace_back())) return false;
  return true;
}

bool read(const Json& value, LatencyHistogram& histogram) {
  static const std::uint64_t highest = LatencyHistogram::bucket_of(SimDuration::max());
  if (!value.is_array() || value.size() % 2 != 0) return false;
  std::vector<std::pair<std::uint16_t, std::uint32_t>> buckets;
  std::uint64_t bucket = 0;
  for (std::size_t i = 0; i < value.size(); i += 2) {
    std::uint16_t distance = 0;
    std::uint32_t count = 0;
    if (!read(value[i], distance) || !read(value[i + 1], count) || count == 0) return false;
    if (i > 0 && distance == 0) return false;
    bucket += distance;
    if (bucket > highest) return false;
    buckets.emplace_back(static_cast<std::uint16_t>(bucket), count);
  }
  histogram = LatencyHistogram::from_sparse(buckets);
  return true;
}

template <class T>
std::string kind_of() {
  if constexpr (std::is_same_v<T, std::string>) return "a string";
  if constexpr (std::is_same_v<T, bool>) return "true or false";
  if constexpr (std::is_integral_v<T> || std::is_same_v<T, SimTime>) return "a whole number in range";
  if constexpr (std::is_enum_v<T>) return "one of its known words";
  return "a list of the documented shape";
}

/// Takes the fields out of a JSON object; an absent field is zero, false or empty.
class FieldReader {
 public:
  explicit FieldReader(const Json& object) : object_(object), known_{"n", "t", "type", "hash"} {}

  template <class T>
  void operator()(std::string_view key, T& member) {
    known_.push_back(key);
    member = T{};
    const auto found = object_.find(key);
    if (found == object_.end()) return;
    if (!read(*found, member) && problem_.empty())
      problem_ = fmt::format("has a field \"{}\" that is not {}", key, kind_of<T>());
  }

  /// Empty if every field was understood.
  std::string problem() const {
    if (!problem_.empty()) return problem_;
    for (const auto& [key, value] : object_.items())
      if (std::find(known_.begin(), known_.end(), key) == known_.end())
        return fmt::format("has an unknown field \"{}\"", key);
    return "";
  }

 private:
  const Json& object_;
  std::vector<std::string_view> known_;
  std::string problem_;
};

template <class Body>
Result<RecordBody> read_body(const Json& object) {
  Body body;
  FieldReader reader(object);
  visit_fields(body, reader);
  if constexpr (std::is_same_v<Body, Header>) {
    if (body.format != journal_format_version)
      return invalid_input(fmt::format("is of another format: version {}, and this program reads version {}",
                                       body.format, journal_format_version));
  }
  if (std::string problem = reader.problem(); !problem.empty()) return invalid_input(std::move(problem));
  if constexpr (std::is_constructible_v<Fact, Body>)
    return RecordBody(Fact(std::move(body)));
  else
    return RecordBody(std::move(body));
}

template <std::size_t index = 0>
Result<RecordBody> read_fact(const Json& object, std::string_view type) {
  if constexpr (index == std::variant_size_v<Fact>) {
    return invalid_input(fmt::format("has an unknown type \"{}\"", type));
  } else {
    using Candidate = std::variant_alternative_t<index, Fact>;
    if (type == record_type<Candidate>) return read_body<Candidate>(object);
    return read_fact<index + 1>(object, type);
  }
}

Result<RecordBody> read_any_body(const Json& object, std::string_view type) {
  if (type == record_type<Header>) return read_body<Header>(object);
  if (type == record_type<RequestRecord>) return read_body<RequestRecord>(object);
  if (type == record_type<Seal>) return read_body<Seal>(object);
  return read_fact(object, type);
}

}  // namespace

Result<Record> parse_record(std::string_view line) {
  const Json object = Json::parse(line.begin(), line.end(), nullptr, false);
  if (!object.is_object()) return invalid_input("is not a JSON object");
  Record record;
  const auto number = object.find("n");
  const auto at = object.find("t");
  const auto type = object.find("type");
  if (number == object.end() || !read(*number, record.number)) return invalid_input("has no number \"n\"");
  if (at == object.end() || !read(*at, record.at)) return invalid_input("has no time \"t\"");
  if (type == object.end() || !type->is_string()) return invalid_input("has no \"type\"");
  Result<RecordBody> body = read_any_body(object, type->get_ref<const std::string&>());
  if (!body) return body.error();
  record.body = std::move(body).value();
  return record;
}

}  // namespace muster
