#include <fmt/format.h>

#include "journal/hash_chain.hpp"
#include "journal/journal.hpp"
#include "journal/read_file.hpp"
#include "journal/read_record.hpp"
#include "journal/write_record.hpp"

namespace muster {

namespace {

/// What is wrong with a record where it stands, or nothing.
std::string wrong_place(const Record& record, const std::vector<Record>& before) {
  if (record.number != before.size()) return fmt::format("is numbered {}", record.number);
  if (std::holds_alternative<Header>(record.body) != before.empty())
    return before.empty() ? "is not a header, which must come first" : "is a second header";
  if (!before.empty() && record.at < before.back().at) return "is earlier than the record before it";
  return "";
}

// Equal bytes: no field twice, none out of order, no other spelling of a number. What the writer would not
// have written cannot hide behind a correct chain.
std::string not_canonical(Record& record, const ChainedLine& line, LineBuilder& builder) {
  build_hashed_part(builder, record);
  return builder.line() == line.hashed ? "" : "is not written as this format writes it";
}

std::string wrong_seal(const Record& record, const std::vector<ChainedLine>& lines) {
  const Seal* seal = std::get_if<Seal>(&record.body);
  if (seal == nullptr) return "";
  if (seal->records != record.number)
    return fmt::format("is a seal over {} records, but {} come before it", seal->records, record.number);
  if (record.number == 0 || seal->head != lines[record.number - 1].hash)
    return "is a seal over another journal: its head is not the hash before it";
  return "";
}

Result<std::vector<Record>> read_records(const std::vector<ChainedLine>& lines, const std::string& name) {
  std::vector<Record> records;
  records.reserve(lines.size());
  LineBuilder builder;
  for (const ChainedLine& line : lines) {
    Result<Record> record = parse_record(line.text);
    std::string wrong = record ? wrong_place(*record, records) : record.error().message;
    if (wrong.empty()) wrong = not_canonical(*record, line, builder);
    if (wrong.empty()) wrong = wrong_seal(*record, lines);
    if (!wrong.empty()) return record_error(name, records.size(), line.offset, wrong);
    records.push_back(std::move(record).value());
  }
  return records;
}

}  // namespace

Result<Journal> read_journal(std::string_view text, const std::string& name) {
  const Result<std::vector<ChainedLine>> lines = verify_chain(text, name);
  if (!lines) return lines.error();
  Result<std::vector<Record>> records = read_records(*lines, name);
  if (!records) return records.error();
  const Seal* seal = std::get_if<Seal>(&records->back().body);
  if (seal == nullptr)
    return record_error(name, records->size() - 1, lines->back().offset, "is not the seal");
  Journal journal;
  journal.header = std::get<Header>(records->front().body);
  journal.seal = *seal;
  journal.records = std::move(records).value();
  return journal;
}

Result<Journal> read_journal_file(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  return read_journal(*text, path);
}

}  // namespace muster
