#include "cli/options.hpp"

#include <fmt/format.h>

#include <boost/program_options.hpp>

#include "sim/spelling.hpp"

namespace muster::cli {
namespace po = boost::program_options;
namespace {

using Takes = OptionSpec::Takes;
using Values = std::vector<std::string>;

po::options_description describe(const std::vector<OptionSpec>& specs) {
  po::options_description description;
  description.add_options()("positional", po::value<Values>());
  for (const OptionSpec& spec : specs) {
    if (spec.takes == Takes::nothing) {
      description.add_options()(spec.name, spec.help);
    } else {
      description.add_options()(spec.name, po::value<Values>(), spec.help);
    }
  }
  return description;
}

Error unknown_option(const std::string& given, const std::vector<OptionSpec>& specs) {
  std::vector<std::string> names;
  for (const OptionSpec& spec : specs) names.push_back(std::string("--") + spec.name);
  const std::string nearest = nearest_word(given, names);
  return invalid_input(
      fmt::format("unknown option \"{}\"{}", given,
                  nearest.empty() ? "; try --help" : fmt::format("; did you mean \"{}\"?", nearest)));
}

Result<void> check_counts(const ParsedOptions& parsed, const std::vector<OptionSpec>& specs,
                          const std::vector<std::string>& names) {
  for (const OptionSpec& spec : specs) {
    if (spec.takes == Takes::one_value && parsed.all(spec.name).size() > 1) {
      return invalid_input(fmt::format("--{} may be given once", spec.name));
    }
  }
  if (parsed.positional.size() < names.size()) {
    return invalid_input(fmt::format("expected {}", names[parsed.positional.size()]));
  }
  const bool any_number = !names.empty() && names.back().ends_with("...");
  if (parsed.positional.size() > names.size() && !any_number) {
    return invalid_input(fmt::format("unexpected argument \"{}\"", parsed.positional[names.size()]));
  }
  return {};
}

ParsedOptions collect(const po::parsed_options& options) {
  ParsedOptions parsed;
  for (const po::option& option : options.options) {
    if (option.string_key == "positional") {
      parsed.positional.insert(parsed.positional.end(), option.value.begin(), option.value.end());
    } else {
      Values& values = parsed.values[option.string_key];
      values.insert(values.end(), option.value.begin(), option.value.end());
    }
  }
  return parsed;
}

}  // namespace

std::string ParsedOptions::get(const std::string& name, const std::string& otherwise) const {
  const auto found = values.find(name);
  return found == values.end() || found->second.empty() ? otherwise : found->second.back();
}

std::vector<std::string> ParsedOptions::all(const std::string& name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

Result<ParsedOptions> parse_options(const Arguments& arguments, const std::vector<OptionSpec>& specs,
                                    const std::vector<std::string>& positional_names) {
  namespace style = po::command_line_style;
  po::positional_options_description positional;
  positional.add("positional", -1);
  try {
    const po::parsed_options options =
        po::command_line_parser(arguments)
            .options(describe(specs))
            .positional(positional)
            .style(style::allow_long | style::long_allow_adjacent | style::long_allow_next)
            .run();
    ParsedOptions parsed = collect(options);
    if (parsed.has("help")) return parsed;
    if (Result<void> checked = check_counts(parsed, specs, positional_names); !checked)
      return checked.error();
    return parsed;
  } catch (const po::unknown_option& error) {
    return unknown_option(error.get_option_name(), specs);
  } catch (const po::error_with_option_name& error) {
    return invalid_input(fmt::format("{} needs a value", error.get_option_name()));
  } catch (const po::error& error) {
    return invalid_input(error.what());
  }
}

std::string help_text(const std::string& usage, const std::string& summary,
                      const std::vector<OptionSpec>& specs) {
  std::string text = fmt::format("usage: {}\n\n{}\n\noptions:\n", usage, summary);
  for (const OptionSpec& spec : specs) {
    const std::string left = spec.takes == Takes::nothing ? fmt::format("--{}", spec.name)
                                                          : fmt::format("--{} {}", spec.name, spec.value);
    text += fmt::format("  {:<24} {}\n", left, spec.help);
  }
  return text;
}

}  // namespace muster::cli
