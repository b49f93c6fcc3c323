#include "journal/hash_chain.hpp"

#include <fmt/format.h>

#include "journal/sha256.hpp"
#include "journal/write_record.hpp"

namespace muster {

namespace {

constexpr std::size_t hash_tail = hash_opening.size() + Sha256::hex_digits + hash_closing.size();
constexpr std::uint64_t no_number = ~0ull;

/// The record number that a line claims.
std::uint64_t claimed_number(std::string_view line) {
  constexpr std::string_view opening = "{\"n\":";
  if (!line.starts_with(opening)) return no_number;
  std::uint64_t number = 0;
  std::size_t digits = 0;
  for (char c : line.substr(opening.size())) {
    if (c < '0' || c > '9' || ++digits > 18) break;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return digits == 0 ? no_number : number;
}

bool is_seal(std::string_view line) {
  constexpr std::string_view key = ",\"type\":";
  const std::size_t at = line.find(key);
  return at != std::string_view::npos && line.substr(at + key.size()).starts_with("\"seal\"");
}

/// Goes from line to line; `before` is the hash of the line before.
class ChainReader {
 public:
  ChainReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  Result<std::vector<ChainedLine>> read();

 private:
  bool at_end() const { return offset_ == text_.size(); }
  Result<ChainedLine> next_line() const;
  Result<void> check_hash(const ChainedLine& line);
  Error wrong(const std::string& what) const { return record_error(name_, lines_.size(), offset_, what); }

  std::string_view text_;
  const std::string& name_;
  std::size_t offset_ = 0;
  std::vector<ChainedLine> lines_;
  std::string head_ = std::string(Sha256::hex_digits, '0');
  Sha256 hash_;
};

Result<ChainedLine> ChainReader::next_line() const {
  const std::size_t end = text_.find('\n', offset_);
  if (end == std::string_view::npos)
    return invalid_input(
        fmt::format("the journal was cut in record {}: it ends at byte {} without the end of the line",
                    lines_.size(), text_.size()),
        fmt::format("{}:{}", name_, lines_.size() + 1));
  const std::string_view line = text_.substr(offset_, end - offset_);
  const bool shaped = line.size() > hash_tail && line.ends_with(hash_closing) &&
                      line.substr(line.size() - hash_tail).starts_with(hash_opening);
  if (!shaped && lines_.empty())
    return wrong("is not the header of a journal (changed, or another kind of file)");
  if (!shaped) return wrong("was changed: its line does not end with a hash");
  const std::size_t hashed = line.size() - hash_tail;
  return ChainedLine{line, line.substr(0, hashed),
                     line.substr(hashed + hash_opening.size(), Sha256::hex_digits), offset_};
}

Result<void> ChainReader::check_hash(const ChainedLine& line) {
  hash_.add(head_);
  hash_.add(line.hashed);
  head_ = hash_.finish();
  if (line.hash == head_) return {};
  const std::uint64_t claimed = claimed_number(line.text);
  if (claimed != no_number && claimed != lines_.size())
    return wrong(fmt::format("is missing or was changed: in its place stands record {}", claimed));
  return wrong("was changed: its text does not give its hash");
}

Result<std::vector<ChainedLine>> ChainReader::read() {
  if (text_.empty()) return invalid_input("the file is empty, expected a journal", name_);
  while (!at_end()) {
    if (!lines_.empty() && is_seal(lines_.back().text))
      return wrong("comes after the seal, which must be last");
    Result<ChainedLine> line = next_line();
    if (!line) return line.error();
    if (Result<void> good = check_hash(*line); !good) return good.error();
    offset_ += line->text.size() + 1;
    lines_.push_back(*line);
  }
  if (!is_seal(lines_.back().text))
    return invalid_input(
        fmt::format("the journal is not sealed: it ends at byte {} after record {}; the drill was "
                    "stopped, or the end was cut off",
                    text_.size(), lines_.size() - 1),
        fmt::format("{}:{}", name_, lines_.size()));
  return std::move(lines_);
}

}  // namespace

Result<std::vector<ChainedLine>> verify_chain(std::string_view text, const std::string& name) {
  return ChainReader(text, name).read();
}

Error record_error(const std::string& name, std::size_t record, std::size_t offset, const std::string& what) {
  return invalid_input(fmt::format("record {} (byte {}) {}", record, offset, what),
                       fmt::format("{}:{}", name, record + 1));
}

}  // namespace muster
