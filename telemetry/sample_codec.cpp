#include "telemetry/sample_codec.hpp"

#include <algorithm>
#include <cmath>

#include "sim/assert.hpp"

namespace muster {

namespace {

constexpr std::uint64_t stale_bits = 0x7ff0000000000002ull;  // prometheus/prometheus model/value/value.go

// How a difference of differences is written: a prefix of ones, then so many bits (xor.go).
struct Width {
  unsigned prefix, prefix_bits, bits;
};
constexpr Width widths[] = {{0b10, 2, 14}, {0b110, 3, 17}, {0b1110, 4, 20}};

// How a small whole difference of values is written, behind the prefix 111: one bit, then so many. The XOR of
// two counters that differ by little is long where their sum crosses a power of two; most samples are
// counters.
constexpr unsigned difference_bits[] = {7, 14};

constexpr unsigned leading_field = 5, length_field = 6;  // bits
constexpr unsigned most_leading = 31;                    // what the field can say

bool fits(std::int64_t number, unsigned bits) {
  const std::int64_t half = std::int64_t{1} << (bits - 1);
  return -half < number && number <= half;
}

std::uint64_t lowest(std::int64_t number, unsigned bits) {
  return static_cast<std::uint64_t>(number) & ((1ull << bits) - 1);
}

/// The number whose lowest bits were written.
std::int64_t signed_number(std::uint64_t lowest_bits, unsigned bits) {
  const auto number = static_cast<std::int64_t>(lowest_bits);
  const std::int64_t half = std::int64_t{1} << (bits - 1);
  return number > half ? number - 2 * half : number;
}

/// What to add to `before` to get `after`, exactly, if it is small and whole; else 0.
std::int64_t whole_difference(std::uint64_t before, std::uint64_t after) {
  constexpr double most = 8191;
  const double difference = std::bit_cast<double>(after) - std::bit_cast<double>(before);
  if (!(std::fabs(difference) <= most)) return 0;
  const auto whole = static_cast<std::int64_t>(difference);
  const double again = std::bit_cast<double>(before) + static_cast<double>(whole);
  return std::bit_cast<std::uint64_t>(again) == after ? whole : 0;
}

}  // namespace

double stale_marker() {
  return std::bit_cast<double>(stale_bits);
}
bool is_stale_marker(double value) {
  return std::bit_cast<std::uint64_t>(value) == stale_bits;
}

void PackedSamples::append(Sample sample) {
  MUSTER_ASSERT(empty() || last_.at_ms < sample.at_ms, "samples come in order of time");
  const auto value_bits = std::bit_cast<std::uint64_t>(sample.value);
  if (count_ % run_length == 0) {
    bits_.align();
    runs_.push_back({sample.at_ms, static_cast<std::uint32_t>(bits_.size() / 8)});
    bits_.put_word(value_bits);
    last_ = {sample.at_ms, 0, value_bits};
  } else {
    const std::int64_t delta = sample.at_ms - last_.at_ms;
    put_time(delta - last_.delta_ms);
    put_value(value_bits);
    last_.at_ms = sample.at_ms;
    last_.delta_ms = delta;
    last_.value_bits = value_bits;
  }
  ++count_;
}

PackedSamples PackedSamples::of_parts(std::uint32_t count, std::vector<Run> runs, BitStream bits) {
  PackedSamples samples;
  samples.count_ = count;
  samples.runs_ = std::move(runs);
  samples.bits_ = std::move(bits);
  return samples;
}

void PackedSamples::put_time(std::int64_t delta_of_delta) {
  if (delta_of_delta == 0) return bits_.put(0, 1);
  for (const Width& width : widths) {
    if (!fits(delta_of_delta, width.bits)) continue;
    bits_.put(width.prefix, width.prefix_bits);
    return bits_.put(lowest(delta_of_delta, width.bits), width.bits);
  }
  bits_.put(0b1111, 4);
  bits_.put_word(static_cast<std::uint64_t>(delta_of_delta));
}

void PackedSamples::put_value(std::uint64_t value_bits) {
  const std::uint64_t changed = value_bits ^ last_.value_bits;
  if (changed == 0) return bits_.put(0, 1);
  const unsigned leading = std::min<unsigned>(static_cast<unsigned>(std::countl_zero(changed)), most_leading);
  const auto trailing = static_cast<unsigned>(std::countr_zero(changed));
  const unsigned window_trailing = 64u - last_.leading - last_.length;
  const bool inside =
      last_.leading != CodecState::no_window && leading >= last_.leading && trailing >= window_trailing;
  const unsigned as_bits =
      inside ? 2u + last_.length : 3u + leading_field + length_field + 64u - leading - trailing;
  if (put_difference(whole_difference(last_.value_bits, value_bits), as_bits)) return;
  if (inside) {
    bits_.put(0b10, 2);
  } else {
    last_.leading = static_cast<std::uint8_t>(leading);
    last_.length = static_cast<std::uint8_t>(64 - leading - trailing);
    bits_.put(0b110, 3);
    bits_.put(leading, leading_field);
    bits_.put(last_.length & 63u, length_field);  // 64 is written as 0
  }
  const unsigned length = last_.length;
  const std::uint64_t bits = changed >> (64u - last_.leading - length);
  if (length > 32) bits_.put(bits >> 32, length - 32);
  bits_.put(length > 32 ? bits & 0xffffffffu : bits, std::min(length, 32u));
}

/// False: there is no such difference, or it does not take less than `limit` bits.
bool PackedSamples::put_difference(std::int64_t whole, unsigned limit) {
  if (whole == 0) return false;
  for (const unsigned form : {0u, 1u}) {
    const unsigned bits = difference_bits[form];
    if (!fits(whole, bits)) continue;
    if (4 + bits >= limit) return false;
    bits_.put(0b1110u | form, 4);
    bits_.put(lowest(whole, bits), bits);
    return true;
  }
  return false;
}

bool SampleReader::next(Sample& sample) {
  if (taken_ == samples_->count_) return false;
  if (taken_ % PackedSamples::run_length == 0) {
    begin_run();
  } else {
    state_.delta_ms += take_delta_of_delta();
    state_.at_ms += state_.delta_ms;
    take_value();
  }
  ++taken_;
  sample = {state_.at_ms, std::bit_cast<double>(state_.value_bits)};
  return true;
}

void SampleReader::begin_run() {
  const PackedSamples::Run& run = samples_->runs_[taken_ / PackedSamples::run_length];
  reader_.position = std::uint64_t{run.byte} * 8;
  state_ = {run.at_ms, 0, reader_.take_word(samples_->bits_.data())};
}

std::int64_t SampleReader::take_delta_of_delta() {
  const std::uint8_t* data = samples_->bits_.data();
  if (!reader_.take(data, 1)) return 0;
  for (const Width& width : widths) {
    if (reader_.take(data, 1)) continue;
    return signed_number(reader_.take(data, width.bits), width.bits);
  }
  return static_cast<std::int64_t>(reader_.take_word(data));
}

void SampleReader::take_value() {
  const std::uint8_t* data = samples_->bits_.data();
  if (!reader_.take(data, 1)) return;
  if (reader_.take(data, 1)) {
    if (reader_.take(data, 1)) {
      const unsigned bits = difference_bits[reader_.take(data, 1)];
      const auto whole = static_cast<double>(signed_number(reader_.take(data, bits), bits));
      state_.value_bits = std::bit_cast<std::uint64_t>(std::bit_cast<double>(state_.value_bits) + whole);
      return;
    }
    state_.leading = static_cast<std::uint8_t>(reader_.take(data, leading_field));
    const std::uint64_t length = reader_.take(data, length_field);
    state_.length = static_cast<std::uint8_t>(length == 0 ? 64 : length);
  }
  const unsigned length = state_.length;
  std::uint64_t bits = length > 32 ? reader_.take(data, length - 32) << 32 : 0;
  bits |= reader_.take(data, std::min(length, 32u));
  state_.value_bits ^= bits << (64u - state_.leading - length);
}

void SampleReader::seek(std::int64_t at_ms, bool back) {
  const auto& runs = samples_->runs_;
  const auto after = std::upper_bound(runs.begin(), runs.end(), at_ms,
                                      [](std::int64_t at, const auto& run) { return at < run.at_ms; });
  const auto before = static_cast<std::uint32_t>(after == runs.begin() ? 0 : after - runs.begin() - 1);
  const std::uint32_t target = before * PackedSamples::run_length;
  if (back || target > taken_) taken_ = target;
}

}  // namespace muster
