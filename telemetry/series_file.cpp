#include "telemetry/series_file.hpp"

#include <algorithm>
#include <map>

namespace muster {

namespace {

constexpr std::string_view magic = "muster series 2\n";
constexpr std::size_t checksum_bytes = 8;

std::uint64_t checksum(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ull;  // FNV-1a, 64 bits (draft-eastlake-fnv)
  for (const char letter : text) hash = (hash ^ static_cast<std::uint8_t>(letter)) * 0x100000001b3ull;
  return hash;
}

class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  void time(std::int64_t ms) {
    number(static_cast<std::uint64_t>(ms) << 1 ^ static_cast<std::uint64_t>(ms >> 63));
  }
  void bytes(std::string_view bytes) { out_ += bytes; }
  void text(const std::string& text) {
    number(text.size());
    bytes(text);
  }
  std::string finish() {
    const std::uint64_t sum = checksum(out_);
    for (int shift = 56; shift >= 0; shift -= 8) out_ += static_cast<char>(sum >> shift & 0xff);
    return std::move(out_);
  }

 private:
  std::string out_;
};

/// After the first number that is not there, `good` is false and all others are zero.
class SeriesReader {
 public:
  explicit SeriesReader(std::string_view rest) : rest_(rest) {}
  bool good = true;

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; good && shift < 64; shift += 7) {
      const auto byte = rest_.empty() ? std::uint8_t{0x80} : static_cast<std::uint8_t>(rest_.front());
      good = !rest_.empty();
      if (good) rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    good = false;
    return 0;
  }
  std::int64_t time() {
    const std::uint64_t coded = number();
    return static_cast<std::int64_t>(coded >> 1 ^ (0 - (coded & 1)));
  }
  /// A number of things that take at least one byte each.
  std::uint64_t count() {
    const std::uint64_t value = number();
    good = good && value <= rest_.size();
    return good ? value : 0;
  }
  std::string_view bytes(std::uint64_t size) {
    good = good && size <= rest_.size();
    if (!good) return {};
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view rest_;
};

std::map<std::string_view, std::uint64_t> texts_of(const SeriesStore& store) {
  std::map<std::string_view, std::uint64_t> texts;
  for (SeriesId id = 0; id < store.series_count(); ++id) {
    for (const auto& [name, value] : store.labels(id)) {
      texts.emplace(name, 0);
      texts.emplace(value, 0);
    }
  }
  std::uint64_t number = 0;
  for (auto& [text, at] : texts) at = number++;
  return texts;
}

void write_one(Writer& out, const PackedSamples& samples) {
  out.number(samples.size());
  out.number(samples.runs().size());
  for (const PackedSamples::Run& run : samples.runs()) {
    out.time(run.at_ms);
    out.number(run.byte);
  }
  out.number(samples.bits().size());
  out.bytes({reinterpret_cast<const char*>(samples.bits().data()), samples.bits().bytes_used()});
}

PackedSamples read_one(SeriesReader& in) {
  const std::uint64_t count = in.number(), run_count = in.count();
  in.good = in.good && run_count == (count + PackedSamples::run_length - 1) / PackedSamples::run_length;
  std::vector<PackedSamples::Run> runs;
  for (std::uint64_t i = 0; i < run_count && in.good; ++i) {
    const std::int64_t at_ms = in.time();
    runs.push_back({at_ms, static_cast<std::uint32_t>(in.number())});
  }
  const std::uint64_t bits = in.number();
  const std::string_view bytes = in.bytes(bits / 8 + (bits % 8 ? 1 : 0));
  for (const PackedSamples::Run& run : runs) in.good = in.good && run.byte < bytes.size();
  if (!in.good) return {};
  BitStream stream;
  stream.assign(reinterpret_cast<const std::uint8_t*>(bytes.data()), bits);
  return PackedSamples::of_parts(static_cast<std::uint32_t>(count), std::move(runs), std::move(stream));
}

Labels read_labels(SeriesReader& in, const std::vector<std::string_view>& texts) {
  Labels labels;
  const std::uint64_t count = in.count();
  for (std::uint64_t i = 0; i < count && in.good; ++i) {
    const std::uint64_t name = in.number(), value = in.number();
    in.good = in.good && name < texts.size() && value < texts.size();
    if (in.good) labels.emplace_back(texts[name], texts[value]);
  }
  in.good = in.good && std::is_sorted(labels.begin(), labels.end());
  return labels;
}

// Unpacks and packs again: what the file says is then known to be in order.
void add_series(SeriesReader& in, const std::vector<std::string_view>& texts, SeriesStore& store) {
  const Labels labels = read_labels(in, texts);
  if (!in.good) return;
  const SeriesId id = store.intern(labels);
  const PackedSamples samples = read_one(in);
  in.good = in.good && store.empty(id);
  SampleReader reader(samples);
  for (Sample sample; in.good && reader.next(sample);) {
    in.good = reader.inside() && (store.empty(id) || store.last(id).at_ms < sample.at_ms);
    if (in.good) store.append(id, sample.at_ms, sample.value);
  }
}

Error damaged(const std::string& name) {
  return invalid_input(name + " is damaged; `muster run` writes it anew");
}

}  // namespace

std::string write_series(const SeriesStore& store, const Recording& recording) {
  Writer out;
  out.bytes(magic);
  out.time(recording.epoch.unix_seconds);
  out.time(nanoseconds_of(recording.end) / 1'000'000);
  out.time(recording.interval.count() / 1'000'000);
  const auto texts = texts_of(store);
  out.number(texts.size());
  for (const auto& [text, number] : texts) out.text(std::string(text));
  out.number(store.series_count());
  for (SeriesId id = 0; id < store.series_count(); ++id) {
    out.number(store.labels(id).size());
    for (const auto& [name, value] : store.labels(id)) {
      out.number(texts.at(name));
      out.number(texts.at(value));
    }
    write_one(out, store.packed(id));
  }
  return out.finish();
}

Result<Recording> read_series(std::string_view file, const std::string& name, SeriesStore& store) {
  if (file.substr(0, magic.size()) != magic)
    return invalid_input(name + " is not a file of recorded series of this version");
  if (file.size() < magic.size() + checksum_bytes) return damaged(name);
  const std::string_view body = file.substr(0, file.size() - checksum_bytes);
  std::uint64_t sum = 0;
  for (const char byte : file.substr(body.size())) sum = sum << 8 | static_cast<std::uint8_t>(byte);
  if (sum != checksum(body)) return damaged(name);
  SeriesReader in(body.substr(magic.size()));
  Recording recording;
  recording.epoch.unix_seconds = in.time();
  recording.end = sim_start + std::chrono::milliseconds(in.time());
  recording.interval = std::chrono::milliseconds(in.time());
  std::vector<std::string_view> texts(static_cast<std::size_t>(in.count()));
  for (std::string_view& text : texts) text = in.bytes(in.number());
  const std::uint64_t series = in.count();
  for (std::uint64_t i = 0; i < series && in.good; ++i) add_series(in, texts, store);
  if (!in.good) return damaged(name);
  if (!store.full().empty()) return invalid_input(name + " holds more than " + store.full());
  return recording;
}

}  // namespace muster
