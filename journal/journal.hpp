// The append-only, hash-chained journal of one drill. One JSON object per line:
//   {"n":17,"t":<ns>,"type":"pod", ...,"hash":"<64 hex>"}
// hash = SHA-256(previous hash as 64 hex digits + the line up to `,"hash"`); the header's previous hash is 64
// zeros. Format: docs/journal.md.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/fact_sink.hpp"
#include "journal/record.hpp"
#include "sim/result.hpp"

namespace muster {

/// Where finished lines go ('\n' included). An error stops the run: a lost record is a lost drill.
using LineSink = std::function<Result<void>(std::string_view line)>;

class JournalWriter final : public FactSink {
 public:
  /// Writes the header as record 0.
  JournalWriter(LineSink sink, const Header& header);
  ~JournalWriter() override;

  void record(SimTime at, Fact fact) override;
  /// Returns the number of the record.
  std::uint64_t record(SimTime at, RequestRecord request);
  /// Writes the seal; nothing may follow. Error: the first write error of the sink, if any.
  Result<Seal> seal(SimTime at);
  /// Chain hash of the last record written, 64 hex digits.
  const std::string& head() const;
  std::uint64_t records() const;       ///< written so far, the header included
  const Result<void>& status() const;  ///< the first write error

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct Journal {
  Header header;
  std::vector<Record> records;  ///< [number], header and seal included
  Seal seal;
};

/// Reads and verifies. Every changed bit and every cut is an invalid_input error that names the line and the
/// byte offset ("journal.jsonl: record 17 (byte 4211) was changed ..."). An unsealed journal is an error too.
Result<Journal> read_journal(std::string_view text, const std::string& name);
Result<Journal> read_journal_file(const std::string& path);

/// Ed25519 signature of the seal (count and head) with a PEM private key; hex. For --sign.
Result<std::string> sign_seal(const Seal& seal, const std::string& private_key_pem_path);
/// True if `signature_hex` belongs to the seal under the PEM public key.
Result<bool> verify_seal(const Seal& seal, const std::string& signature_hex,
                         const std::string& public_key_pem_path);

/// SHA-256 as 64 hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace muster
