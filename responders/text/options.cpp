#include "responders/text/options.hpp"

#include <algorithm>

namespace muster {
namespace {

class OptionWalk {
 public:
  OptionWalk(std::span<const std::string> args, std::span<const OptionSpec> known)
      : args_(args), known_(known) {}

  GivenOptions read() {
    bool only_operands = false;
    for (; next_ < args_.size(); ++next_) {
      const std::string& arg = args_[next_];
      if (only_operands || arg.size() < 2 || arg.front() != '-')
        given_.all.push_back({nullptr, arg});
      else if (arg == "--")
        only_operands = true;
      else if (arg.starts_with("--"))
        long_option(arg);
      else
        letters(arg);
    }
    return std::move(given_);
  }

 private:
  template <class Matches>
  const OptionSpec* find(Matches matches) const {
    const auto found = std::find_if(known_.begin(), known_.end(), matches);
    return found == known_.end() ? nullptr : &*found;
  }

  void wrong(OptionFault::Kind kind, std::string shown, const std::string& word) {
    if (!given_.fault) given_.fault = {kind, std::move(shown), word};
  }

  void long_option(const std::string& arg) {
    const auto equals = arg.find('=');
    const std::string shown = arg.substr(0, equals);
    const OptionSpec* spec =
        find([&](const OptionSpec& each) { return !each.name.empty() && each.name == shown.substr(2); });
    if (spec == nullptr) return wrong(OptionFault::Kind::unknown, shown, arg);
    if (equals != std::string::npos)
      given_.all.push_back({spec, arg.substr(equals + 1)});
    else if (spec->kind == OptionKind::valued)
      take_next(*spec, shown, arg);
    else
      given_.all.push_back({spec, {}});
  }

  void letters(const std::string& arg) {
    for (std::size_t i = 1; i < arg.size(); ++i) {
      const OptionSpec* spec =
          find([&](const OptionSpec& each) { return each.letter != 0 && each.letter == arg[i]; });
      const std::string shown = "-" + arg.substr(i, 1);
      if (spec == nullptr) return wrong(OptionFault::Kind::unknown, shown, arg);
      if (spec->kind != OptionKind::valued)
        given_.all.push_back({spec, {}});
      else if (i + 1 < arg.size())
        return given_.all.push_back({spec, arg.substr(i + 1)});
      else
        return take_next(*spec, shown, arg);
    }
  }

  void take_next(const OptionSpec& spec, const std::string& shown, const std::string& arg) {
    if (next_ + 1 >= args_.size()) return wrong(OptionFault::Kind::no_value, shown, arg);
    given_.all.push_back({&spec, args_[++next_]});
  }

  std::span<const std::string> args_;
  std::span<const OptionSpec> known_;
  std::size_t next_ = 0;
  GivenOptions given_;
};

}  // namespace

std::vector<std::string> GivenOptions::operands() const {
  std::vector<std::string> words;
  for (const GivenOption& each : all)
    if (each.spec == nullptr) words.push_back(each.value);
  return words;
}

bool GivenOptions::has(char letter) const {
  return std::any_of(all.begin(), all.end(), [&](const GivenOption& each) { return each.is(letter); });
}

std::string getopt_text(const OptionFault& fault) {
  const bool unknown = fault.kind == OptionFault::Kind::unknown;
  if (!fault.shown.starts_with("--"))
    return (unknown ? "invalid option -- '" : "option requires an argument -- '") + fault.shown.substr(1) +
           "'";
  return unknown ? "unrecognized option '" + fault.shown + "'"
                 : "option '" + fault.shown + "' requires an argument";
}

GivenOptions read_options(std::span<const std::string> args, std::span<const OptionSpec> known) {
  return OptionWalk(args, known).read();
}

}  // namespace muster
