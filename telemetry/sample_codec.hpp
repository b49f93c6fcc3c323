// Samples in few bits: differences of differences for times; changed bits, or a small whole difference, for
// values.
//
// T. Pelkonen et al., "Gorilla: A Fast, Scalable, In-Memory Time Series Database", VLDB 2015, section 4.1,
// with the bit widths of prometheus/prometheus v2.42 tsdb/chunkenc/xor.go. Every `run_length` samples a run
// begins that can be read on its own, as one of Prometheus' chunks can.
#pragma once

#include <cstdint>
#include <vector>

#include "telemetry/bit_stream.hpp"
#include "telemetry/sample.hpp"

namespace muster {

/// What the next sample's bits refer to.
struct CodecState {
  std::int64_t at_ms = 0, delta_ms = 0;
  std::uint64_t value_bits = 0;
  std::uint8_t leading = no_window, length = 0;  ///< of the last window of changed bits
  static constexpr std::uint8_t no_window = 0xff;
};

/// The samples of one series, in order of time.
class PackedSamples {
 public:
  static constexpr std::uint32_t run_length = 120;  // as tsdb/head_append.go, samplesPerChunk

  void append(Sample sample);
  std::uint32_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  /// The newest sample. At least one.
  Sample back() const { return {last_.at_ms, std::bit_cast<double>(last_.value_bits)}; }
  /// Of the oldest sample. At least one.
  std::int64_t front_ms() const { return runs_.front().at_ms; }
  /// Bytes of the samples with the index of their runs.
  std::size_t bytes_used() const { return bits_.bytes_used() + runs_.size() * sizeof(Run); }
  std::size_t bytes_held() const { return bits_.bytes_held() + runs_.capacity() * sizeof(Run); }

  struct Run {
    std::int64_t at_ms;  ///< of its first sample
    std::uint32_t byte;  ///< where it begins
  };
  const BitStream& bits() const { return bits_; }
  const std::vector<Run>& runs() const { return runs_; }
  /// From the same three of another; only for reading. The bits may be wrong: SampleReader::inside() tells.
  static PackedSamples of_parts(std::uint32_t count, std::vector<Run> runs, BitStream bits);

 private:
  friend class SampleReader;
  void put_time(std::int64_t delta_of_delta);
  void put_value(std::uint64_t value_bits);
  bool put_difference(std::int64_t whole, unsigned limit);

  BitStream bits_;
  std::vector<Run> runs_;
  CodecState last_;
  std::uint32_t count_ = 0;
};

/// Reads one series forwards. Samples appended later are read too.
class SampleReader {
 public:
  /// `samples` outlives the reader and stays where it is.
  explicit SampleReader(const PackedSamples& samples) : samples_(&samples) {}
  /// The next sample; false at the present end. Samples appended later are read by later calls.
  bool next(Sample& sample);
  /// False if what was read last lies behind the last bit: the samples are damaged.
  bool inside() const { return reader_.position <= samples_->bits_.size(); }
  /// Goes to the beginning of the run that holds the first sample at or after `at_ms`; never past that
  /// sample. Only forwards unless `back`.
  void seek(std::int64_t at_ms, bool back);

 private:
  void begin_run();
  std::int64_t take_delta_of_delta();
  void take_value();

  const PackedSamples* samples_;
  BitReader reader_;
  CodecState state_;
  std::uint32_t taken_ = 0;
};

}  // namespace muster
