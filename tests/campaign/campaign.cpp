// The random-world campaign: many small systems drawn from seeds, each disturbed by random faults and
// requests, then put right. Every invariant holds at every second, two plays of a seed are equal byte for
// byte, and every world converges. Usage: campaign [--from SEED] [--count N] [--keep DIR] [--tell]
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "sim/assert_context.hpp"
#include "tests/campaign/random_world.hpp"

namespace muster::campaign {
namespace {

struct Options {
  std::uint64_t from = 1, count = 1;
  std::string keep;   ///< folder for the files and the journal of the seeds, or empty
  bool tell = false;  ///< one line per seed
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : "";
    if (name == "--tell") {
      options.tell = true;
      continue;
    }
    ++i;
    if (name == "--from")
      options.from = std::strtoull(value, nullptr, 10);
    else if (name == "--count")
      options.count = std::strtoull(value, nullptr, 10);
    else if (name == "--keep")
      options.keep = value;
    else {
      fmt::print(stderr,
                 "campaign: unknown option \"{}\"; usage: campaign [--from SEED] [--count N] [--keep DIR] "
                 "[--tell]\n",
                 name);
      std::exit(2);
    }
  }
  return options;
}

std::string again(std::uint64_t seed) {
  return fmt::format("seed {0}; plays it again: campaign --from {0} --keep DIR --tell", seed);
}

bool fail(std::uint64_t seed, const std::string& why) {
  fmt::print("FAILED {}\n  {}\n", again(seed), why);
  return false;
}

std::string folder_of_seed(const Options& options, std::uint64_t seed) {
  const auto root = options.keep.empty() ? std::filesystem::temp_directory_path() /
                                               fmt::format("muster-campaign-{}", options.from)
                                         : std::filesystem::path(options.keep);
  return (root / fmt::format("seed-{}", seed)).string();
}

void keep_journal(const Options& options, const std::string& folder, const Played& played) {
  if (options.keep.empty()) {
    std::filesystem::remove_all(folder);
    return;
  }
  std::FILE* file = std::fopen((folder + "/journal.jsonl").c_str(), "wb");
  if (!file) return;
  std::fwrite(played.journal.data(), 1, played.journal.size(), file);
  std::fclose(file);
}

bool play_seed(const Options& options, std::uint64_t seed) {
  const AssertContext context([seed] { return again(seed); });
  const std::string folder = folder_of_seed(options, seed);
  const auto scenario = write_world(seed, folder);
  if (!scenario) return fail(seed, scenario.error().text());
  const Played first = play_world(*scenario, seed), second = play_world(*scenario, seed);
  keep_journal(options, folder, first);
  if (options.tell)
    fmt::print("seed {}: fingerprint {}, {} bytes of journal, converged at {}\n", seed, first.fingerprint,
               first.journal.size(), format_clock(first.ended));
  if (first.fingerprint != second.fingerprint) return fail(seed, "two plays have different fingerprints");
  if (first.journal != second.journal) return fail(seed, "two plays have different journals");
  if (!first.complaints.empty())
    return fail(seed, fmt::format("has not converged at {}: {}", format_clock(first.ended),
                                  fmt::join(first.complaints, "; ")));
  return true;
}

}  // namespace
}  // namespace muster::campaign

int main(int argc, char** argv) {
  const auto options = muster::campaign::read_options(argc, argv);
  std::uint64_t failed = 0;
  for (std::uint64_t seed = options.from; seed < options.from + options.count; ++seed)
    failed += !muster::campaign::play_seed(options, seed);
  fmt::print("{} worlds from seed {}, {} failed\n", options.count, options.from, failed);
  return failed == 0 ? 0 : 1;
}
