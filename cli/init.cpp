// muster init MANIFEST...: drafts the behaviour profile of a user's own system.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "cli/options.hpp"
#include "scenarios/draft/draft_profile.hpp"

namespace muster::cli {
namespace {

using Takes = OptionSpec::Takes;

const std::vector<OptionSpec>& init_options() {
  static const std::vector<OptionSpec> options{
      {"out", Takes::one_value, "FILE", "where to write the draft; default: standard output"},
      {"name", Takes::one_value, "NAME", "of the system; default: that of the first workload"},
      {"help", Takes::nothing, "", "this text"},
  };
  return options;
}

/// Write aside, then give it its name; a file that is there is somebody's work.
Result<void> write_new(const std::string& path, const std::string& text) {
  std::error_code error;
  if (std::filesystem::exists(path, error))
    return invalid_input("exists already; name another file with --out", path);
  const std::string aside = path + ".part";
  std::FILE* file = std::fopen(aside.c_str(), "wb");
  if (!file) return Error{ErrorCode::unavailable, "cannot be written", path};
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = std::fclose(file) == 0;
  if (written && closed) std::filesystem::rename(aside, path, error);
  if (written && closed && !error) return {};
  std::filesystem::remove(aside, error);
  return Error{ErrorCode::unavailable, "cannot be written to its end", path};
}

}  // namespace

int init_command(const Arguments& arguments) {
  Result<ParsedOptions> parsed = parse_options(arguments, init_options(), {"MANIFEST files or folders..."});
  if (!parsed) return report_error(parsed.error());
  if (parsed->has("help")) {
    fmt::print("{}", help_text("muster init MANIFEST... [--out FILE]",
                               "Drafts the behaviour profile of your system from its Kubernetes manifests.",
                               init_options()));
    return exit_passed;
  }
  const Result<ProfileDraft> draft = draft_profile(parsed->positional, parsed->get("name"));
  if (!draft) return report_error(draft.error());
  for (const std::string& note : draft->notes) fmt::print(stderr, "note: {}\n", note);
  if (!parsed->has("out")) {
    fmt::print("{}", draft->text);
    return exit_passed;
  }
  if (Result<void> written = write_new(parsed->get("out"), draft->text); !written)
    return report_error(written.error());
  fmt::print("wrote {}; look for CHECK in it\n", parsed->get("out"));
  return exit_passed;
}

}  // namespace muster::cli
