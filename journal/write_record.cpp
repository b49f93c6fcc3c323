#include "journal/write_record.hpp"

#include "journal/record_fields.hpp"

namespace muster {

namespace {

template <class Body>
void build(LineBuilder& line, const Record& record, Body& body) {
  if constexpr (std::is_same_v<Body, Fact>) {
    std::visit([&](auto& fact) { build(line, record, fact); }, body);
  } else {
    line.begin(record.number, record.at, record_type<Body>);
    visit_fields(body, line);
  }
}

}  // namespace

void build_hashed_part(LineBuilder& line, Record& record) {
  std::visit([&](auto& body) { build(line, record, body); }, record.body);
}

}  // namespace muster
