#include "responders/kubectl/flags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace muster {
namespace {

/// Flags every command has (kubectl options).
constexpr std::array common_flags{FlagSpec{"namespace", 'n'},
                                  FlagSpec{"help", 'h', FlagKind::truth},
                                  FlagSpec{"request-timeout"},
                                  FlagSpec{"v", 'v', FlagKind::whole},
                                  FlagSpec{"context"},
                                  FlagSpec{"warnings-as-errors", 0, FlagKind::truth},
                                  FlagSpec{"insecure-skip-tls-verify", 0, FlagKind::truth}};

/// Flags of the real kubectl that this console does not have: named as such, not as unknown. Those that
/// choose a cluster or an identity are among them: the console has one of each.
constexpr std::array<std::string_view, 18> not_built_flags{"cluster",
                                                           "user",
                                                           "kubeconfig",
                                                           "server",
                                                           "token",
                                                           "as",
                                                           "as-group",
                                                           "as-uid",
                                                           "tls-server-name",
                                                           "cache-dir",
                                                           "prune",
                                                           "kustomize",
                                                           "applyset",
                                                           "certificate-authority",
                                                           "client-key",
                                                           "client-certificate",
                                                           "profile",
                                                           "log-flush-frequency"};

bool is_not_built(std::string_view name) {
  return std::find(not_built_flags.begin(), not_built_flags.end(), name) != not_built_flags.end();
}

template <class Matches>
const FlagSpec* find_flag(std::span<const FlagSpec> known, Matches matches) {
  const auto found = std::find_if(known.begin(), known.end(), matches);
  if (found != known.end()) return &*found;
  const auto common = std::find_if(common_flags.begin(), common_flags.end(), matches);
  return common != common_flags.end() ? &*common : nullptr;
}

std::optional<std::int64_t> read_whole(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

bool read_truth(std::string_view text) {
  return text == "true" || text == "1" || text == "t" || text == "T";
}

class FlagParser {
 public:
  FlagParser(std::span<const std::string> args, std::span<const FlagSpec> known)
      : args_(args), known_(known) {}

  Result<ParsedArguments> parse() {
    for (; next_ < args_.size(); ++next_) {
      const std::string& arg = args_[next_];
      if (arg == "--") {
        parsed_.after_dashes.assign(args_.begin() + static_cast<std::ptrdiff_t>(next_) + 1, args_.end());
        break;
      }
      Result<void> read;
      if (arg.starts_with("--"))
        read = long_flag(arg.substr(2));
      else if (arg.size() > 1 && arg.front() == '-')
        read = letters(arg);
      else
        parsed_.words.push_back(arg);
      if (!read) return read.error();
    }
    return std::move(parsed_);
  }

 private:
  Result<void> long_flag(const std::string& arg) {
    const auto equals = arg.find('=');
    const std::string name = arg.substr(0, equals);
    const FlagSpec* flag = find_flag(known_, [&](const FlagSpec& f) { return f.name == name; });
    if (flag == nullptr && is_not_built(name)) {
      if (parsed_.not_built.empty()) parsed_.not_built = "--" + name;
      return {};
    }
    if (flag == nullptr) return invalid_input("unknown flag: --" + name);
    if (equals != std::string::npos) return store(*flag, "--" + name, arg.substr(equals + 1));
    if (flag->kind == FlagKind::truth) return store(*flag, "--" + name, "true");
    if (flag->kind == FlagKind::choice) return store(*flag, "--" + name, "unchanged");
    if (next_ + 1 >= args_.size()) return invalid_input("flag needs an argument: --" + name);
    return store(*flag, "--" + name, args_[++next_]);
  }

  Result<void> letters(const std::string& arg) {
    for (std::size_t i = 1; i < arg.size(); ++i) {
      const char letter = arg[i];
      const FlagSpec* flag = find_flag(known_, [&](const FlagSpec& f) { return f.letter == letter; });
      if (flag == nullptr && (letter == 'k' || letter == 's')) {
        if (parsed_.not_built.empty()) parsed_.not_built = std::string("-") + letter;
        return {};
      }
      if (flag == nullptr)
        return invalid_input(fmt::format("unknown shorthand flag: '{}' in {}", letter, arg));
      const std::string shown = fmt::format("-{}, --{}", letter, flag->name);
      std::string rest = arg.substr(i + 1);
      if (rest.starts_with('=')) return store(*flag, shown, rest.substr(1));
      if (flag->kind == FlagKind::truth) {
        const auto stored = store(*flag, shown, "true");
        if (!stored) return stored;
        continue;
      }
      if (!rest.empty()) return store(*flag, shown, rest);
      if (next_ + 1 >= args_.size())
        return invalid_input(fmt::format("flag needs an argument: '{}' in {}", letter, arg));
      return store(*flag, shown, args_[++next_]);
    }
    return {};
  }

  Result<void> store(const FlagSpec& flag, const std::string& shown, std::string value) {
    const auto invalid = [&](const std::string& why) {
      return invalid_input(fmt::format("invalid argument \"{}\" for \"{}\" flag: {}", value, shown, why));
    };
    if (flag.kind == FlagKind::whole && !read_whole(value))
      return invalid(fmt::format("strconv.ParseInt: parsing \"{}\": invalid syntax", value));
    if (flag.kind == FlagKind::duration && value != "0" && !parse_duration(value))
      return invalid(fmt::format("time: invalid duration \"{}\"", value));
    if (flag.kind == FlagKind::truth && !read_truth(value) && value != "false" && value != "0" &&
        value != "f")
      return invalid(fmt::format("strconv.ParseBool: parsing \"{}\": invalid syntax", value));
    parsed_.flags.add(flag.name, std::move(value));
    return {};
  }

  std::span<const std::string> args_;
  std::span<const FlagSpec> known_;
  std::size_t next_ = 0;
  ParsedArguments parsed_;
};

}  // namespace

std::string FlagValues::text(std::string_view name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string(otherwise) : found->second.back();
}

std::vector<std::string> FlagValues::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

bool FlagValues::truth(std::string_view name, bool otherwise) const {
  return has(name) ? read_truth(text(name)) : otherwise;
}

std::int64_t FlagValues::whole(std::string_view name, std::int64_t otherwise) const {
  return has(name) ? read_whole(text(name)).value_or(otherwise) : otherwise;
}

SimDuration FlagValues::duration(std::string_view name, SimDuration otherwise) const {
  if (!has(name)) return otherwise;
  const auto read = parse_duration(text(name));
  return read ? *read : SimDuration{};
}

Result<ParsedArguments> parse_flags(std::span<const std::string> args, std::span<const FlagSpec> known) {
  return FlagParser(args, known).parse();
}

std::vector<std::size_t> leading_words(std::span<const std::string> args, std::size_t count) {
  static constexpr std::array<std::string_view, 8> valued{
      "-n", "--namespace", "--context", "--kubeconfig", "--user", "--cluster", "-v", "--request-timeout"};
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < args.size() && found.size() < count; ++i) {
    if (args[i] == "--") break;
    if (std::find(valued.begin(), valued.end(), args[i]) != valued.end())
      ++i;
    else if (!args[i].starts_with('-'))
      found.push_back(i);
  }
  return found;
}

}  // namespace muster
