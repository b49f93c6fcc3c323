#include "journal/journal.hpp"
#include "journal/sha256.hpp"
#include "journal/write_record.hpp"
#include "sim/assert.hpp"

namespace muster {

struct JournalWriter::State {
  LineSink sink;
  LineBuilder line;
  Sha256 hash;
  std::string head = std::string(Sha256::hex_digits, '0');
  std::uint64_t records = 0;
  SimTime latest = sim_start;
  bool sealed = false;
  Result<void> status;

  void write(SimTime at, RecordBody body);
};

void JournalWriter::State::write(SimTime at, RecordBody body) {
  MUSTER_ASSERT(!sealed, "nothing may follow the seal of a journal");
  MUSTER_ASSERT(at >= latest, "journal records must come in order of time");
  latest = at;
  Record record{records++, at, std::move(body)};
  build_hashed_part(line, record);
  hash.add(head);
  hash.add(line.line());
  head = hash.finish();
  line.raw(hash_opening);
  line.raw(head);
  line.raw(hash_closing);
  line.raw("\n");
  if (!status) return;  // a journal with a hole would be worse than one that stops
  status = sink(line.line());
}

JournalWriter::JournalWriter(LineSink sink, const Header& header) : state_(std::make_unique<State>()) {
  state_->sink = std::move(sink);
  state_->write(sim_start, header);
}

JournalWriter::~JournalWriter() = default;

void JournalWriter::record(SimTime at, Fact fact) {
  state_->write(at, std::move(fact));
}

std::uint64_t JournalWriter::record(SimTime at, RequestRecord request) {
  state_->write(at, std::move(request));
  return state_->records - 1;
}

Result<Seal> JournalWriter::seal(SimTime at) {
  const Seal seal{state_->records, state_->head};
  state_->write(at, seal);
  state_->sealed = true;
  if (!state_->status) return state_->status.error();
  return seal;
}

const std::string& JournalWriter::head() const {
  return state_->head;
}
std::uint64_t JournalWriter::records() const {
  return state_->records;
}
const Result<void>& JournalWriter::status() const {
  return state_->status;
}

}  // namespace muster
