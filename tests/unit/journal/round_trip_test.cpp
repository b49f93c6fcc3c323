// What was recorded is what is read, for records of every type with arbitrary content.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "journal/fact/names.hpp"
#include "journal/line_builder.hpp"
#include "journal/record_fields.hpp"
#include "journal/write_record.hpp"
#include "tests/unit/journal/sample_journal.hpp"

namespace muster {
namespace {

/// Fills every field of a record with something arbitrary.
class ArbitraryFields {
 public:
  void operator()(std::string_view, std::string& value) { value = bytes(); }
  void operator()(std::string_view, bool& value) { value = *rc::gen::arbitrary<bool>(); }
  void operator()(std::string_view, SimTime& value) {
    value = time_from_nanoseconds(*rc::gen::inRange<std::int64_t>(0, INT64_MAX));
  }
  void operator()(std::string_view, std::vector<std::string>& values) {
    for (int i = few(); i > 0; --i) values.push_back(bytes());
  }
  void operator()(std::string_view, std::vector<InputFile>& inputs) {
    for (int i = few(); i > 0; --i) {
      const std::string name = bytes();
      inputs.push_back({name, bytes()});
    }
  }
  void operator()(std::string_view, std::vector<EndpointTraffic>& endpoints) {
    for (int i = few(); i > 0; --i) {
      EndpointTraffic& endpoint = endpoints.emplace_back();
      endpoint.endpoint = bytes();
      endpoint.feature = bytes();
      for (std::uint32_t& count : endpoint.outcomes) count = *rc::gen::arbitrary<std::uint32_t>();
    }
  }
  void operator()(std::string_view, LatencyHistogram& histogram) {
    for (int i = few(); i > 0; --i) {
      const auto latency = SimDuration(*rc::gen::inRange<std::int64_t>(0, 60'000'000'000));
      histogram.add(latency, *rc::gen::inRange<std::uint32_t>(1, 1000));
    }
  }
  template <class Number>
  requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>) void operator()(std::string_view,
                                                                                        Number& value) {
    value = *rc::gen::arbitrary<Number>();
  }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void operator()(std::string_view, Enum& value) {
    value = static_cast<Enum>(*rc::gen::inRange<std::size_t>(0, names_of<Enum>().size()));
  }

 private:
  static int few() { return *rc::gen::inRange(0, 5); }
  static std::string bytes() { return *rc::gen::arbitrary<std::string>(); }
};

template <class Body>
Body arbitrary() {
  Body body;
  ArbitraryFields fields;
  visit_fields(body, fields);
  return body;
}

std::string line_of(Record record) {
  LineBuilder line;
  build_hashed_part(line, record);
  return line.line();
}

/// Writes a journal with the one body, reads it back, and compares the record.
template <class Body>
void survives() {
  const Body body = arbitrary<Body>();
  Header header = arbitrary<Header>();
  header.format = journal_format_version;
  std::string text;
  JournalWriter writer(
      [&](std::string_view line) {
        text += line;
        return Result<void>();
      },
      header);
  const SimTime at = time_from_nanoseconds(*rc::gen::inRange<std::int64_t>(0, INT64_MAX));
  writer.record(at, body);
  RC_ASSERT(writer.seal(at).has_value());
  const Result<Journal> journal = read_journal(text, "j");
  if (!journal) RC_FAIL(journal.error().text());
  RC_ASSERT(journal->records.size() == 3u);
  RC_ASSERT(journal->records[1].at == at);
  if constexpr (std::is_same_v<Body, RequestRecord>) {
    RC_ASSERT(journal->records[1].request()->body == body.body);
    RC_ASSERT(line_of({1, at, body}) == line_of(journal->records[1]));
  } else {
    RC_ASSERT(journal->records[1].template fact<Body>() != nullptr);
    RC_ASSERT(line_of({1, at, Fact(body)}) == line_of(journal->records[1]));
  }
}

template <class Body>
class RoundTrip : public testing::Test {};

template <class>
struct TypesOf;
template <class... Facts>
struct TypesOf<std::variant<Facts...>> {
  using Types = testing::Types<RequestRecord, Facts...>;
};
TYPED_TEST_SUITE(RoundTrip, TypesOf<Fact>::Types);

TYPED_TEST(RoundTrip, EveryContentSurvives) {
  EXPECT_TRUE(rc::check([] { survives<TypeParam>(); }));
}

}  // namespace
}  // namespace muster
