// Options as getopt_long reads them; the words of faults are those of glibc 2.36, tried with sort(1).
#include <gtest/gtest.h>

#include <array>

#include "responders/text/options.hpp"

namespace muster {
namespace {

constexpr std::array known{OptionSpec{'r', "reverse"}, valued_option('n', "lines"), valued_option(0, "url"),
                           OptionSpec{0, "color", OptionKind::loose}};

/// "r n=3 [file]": what was read, and what is wrong with it.
std::string read(const std::vector<std::string>& args) {
  const GivenOptions given = read_options(args, known);
  std::string out;
  for (const GivenOption& each : given.all) {
    const std::string name = each.spec == nullptr ? "[" + each.value + "]" : std::string(each.spec->name);
    const bool shows = each.spec != nullptr && !each.value.empty();
    out += (out.empty() ? "" : " ") + name + (shows ? "=" + each.value : "");
  }
  return given.fault ? out + "! " + getopt_text(given.fault) : out;
}

TEST(Options, EveryForm) {
  EXPECT_EQ(read({"-rn3", "file", "-n", "4", "--lines=5", "--lines", "6"}),
            "reverse lines=3 [file] lines=4 lines=5 lines=6");
  EXPECT_EQ(read({"--url", "-r", "-", "--", "-r"}), "url=-r [-] [-r]");
  EXPECT_EQ(read({"--color", "auto", "--color=auto"}), "color [auto] color=auto");
}

TEST(Options, Faults) {
  EXPECT_EQ(read({"-rz", "a"}), "reverse [a]! invalid option -- 'z'");
  EXPECT_EQ(read({"-r", "-n"}), "reverse! option requires an argument -- 'n'");
  EXPECT_EQ(read({"--nope=3"}), "! unrecognized option '--nope'");
  EXPECT_EQ(read({"--url"}), "! option '--url' requires an argument");
}

}  // namespace
}  // namespace muster
