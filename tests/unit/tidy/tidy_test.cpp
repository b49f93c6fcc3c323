// The house rules as tests: who may include whom, what may not be used where, and nothing grows into a giant.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "tests/unit/tidy/source_text.hpp"

namespace muster::tidy {
namespace {

const std::vector<SourceFile>& sources() {
  static const std::vector<SourceFile> files = read_sources(MUSTER_SOURCE_DIR);
  return files;
}

// ---- layers: includes point one way (ARCHITECTURE.md has the picture)
// -------------------------------------------

const std::map<std::string, std::set<std::string>> may_include{
    {"sim", {}},
    {"journal", {"sim"}},
    {"telemetry", {"sim"}},
    {"cluster_model", {"sim", "journal", "telemetry"}},
    {"scoring", {"sim", "journal"}},  // never cluster_model: a run is judged by its record alone
    {"api", {"sim", "journal", "telemetry", "cluster_model"}},
    {"scenarios", {"sim", "journal", "telemetry", "cluster_model", "api", "scoring"}},
    {"responders", {"sim", "journal", "telemetry", "api"}},
    {"reports", {"sim", "journal", "scoring"}},
    {"drill",
     {"sim", "journal", "telemetry", "cluster_model", "api", "scenarios", "responders", "scoring",
      "reports"}},
    {"programs", {"sim", "responders"}},  // processes, and the wall clock that tells a hanging one
    {"server",
     {"sim", "journal", "telemetry", "api", "responders",
      "drill"}},  // alone has threads, sockets, wall clock
    {"cli",
     {"sim", "journal", "telemetry", "cluster_model", "api", "scenarios", "responders", "scoring", "reports",
      "drill", "server", "programs"}},
};

std::vector<std::string> layer_violations(const std::vector<SourceFile>& files) {
  std::vector<std::string> found;
  for (const SourceFile& file : files) {
    const auto allowed = may_include.find(file.folder);
    if (allowed == may_include.end()) continue;  // tests and bench may include everything
    for (const std::string& include : file.includes) {
      const std::string folder = include.substr(0, include.find('/'));
      if (include.find("../") != std::string::npos ||
          (folder != file.folder && !allowed->second.count(folder))) {
        found.push_back(file.path + " includes " + include);
      }
    }
  }
  return found;
}

TEST(Layers, IncludesPointOneWay) {
  EXPECT_THAT(layer_violations(sources()), testing::IsEmpty());
}

TEST(Layers, TheTestSeesAnUpwardInclude) {
  const auto bad = make_source("scoring/x.cpp", "#include \"cluster_model/world.hpp\"\n");
  EXPECT_THAT(layer_violations({bad}),
              testing::ElementsAre("scoring/x.cpp includes cluster_model/world.hpp"));
}

TEST(Layers, EveryFolderIsInTheTable) {
  for (const SourceFile& file : sources()) {
    if (file.folder == "tests" || file.folder == "bench") continue;
    EXPECT_TRUE(may_include.count(file.folder)) << file.path;
  }
}

// A cycle between folders would show as an allowed pair in both directions.
TEST(Layers, TheTableHasNoCycle) {
  for (const auto& [folder, uses] : may_include) {
    for (const std::string& used : uses)
      EXPECT_FALSE(may_include.at(used).count(folder)) << folder << " <-> " << used;
  }
}

// ---- third parties end in the .cpp file that includes them
// ------------------------------------------------------

TEST(ThirdParties, NeverInAHeader) {
  static const std::regex heavy("^(nlohmann|yaml-cpp|re2|openssl|boost|cmark|fmt|sqlite3|zlib)");
  for (const SourceFile& file : sources()) {
    const bool shared_header =
        file.path.ends_with(".hpp") && file.folder != "tests" && !file.path.ends_with("_json.hpp");
    if (!shared_header) continue;
    for (const std::string& include : file.library_includes) {
      EXPECT_FALSE(std::regex_search(include, heavy)) << file.path << " includes <" << include << ">";
    }
  }
}

// ---- determinism: the sources of nondeterminism have one home or none
// -------------------------------------------

struct Ban {
  const char* pattern;
  const char* instead;
};

constexpr Ban bans[] = {
    {R"(\bunordered_(map|set|multimap|multiset)\b)", "std::map, std::set or a sorted vector"},
    {R"(\b\w+_distribution\b)", "sim/distributions.hpp"},
    {R"(\bstd::(random_)?shuffle\b)", "draws from sim/random.hpp"},
    {R"(\brandom_device\b)", "sim/random.hpp"},
    {R"(\b(mt19937(_64)?|minstd_rand0?|default_random_engine)\b)", "sim/random.hpp"},
    {R"((\bstd::|[^\w:.>])s?rand\s*\()", "sim/random.hpp"},
    {R"(\b(system_clock|steady_clock|high_resolution_clock)\b)", "Engine::now()"},
    {R"(\b(clock_gettime|gettimeofday|localtime(_r)?|gmtime(_r)?|strftime)\b)", "sim/time.hpp"},
    {R"((\bstd::|[^\w:.>])time\s*\(\s*(nullptr|NULL|0|&\w+)\s*\))", "Engine::now()"},
    {R"(\bstd::(log|log2|log10|log1p|exp|exp2|expm1|pow|sin|cos|tan|tgamma|lgamma|erf|erfc|cbrt|hypot)\s*\()",
     "sim/math.hpp"},
    {R"(\blong double\b)", "double"},
    {R"(\bstd::(reduce|transform_reduce|execution)\b)", "a loop in a fixed order"},
    {R"(\bstd::(thread|async|mutex|atomic|jthread)\b)", "one thread; sockets and threads belong to server/"},
    {R"(\bstd::(sto[dfil]\w*|setlocale|locale)\b)", "std::from_chars"},
    {R"(\bstd::nth_element\b)", "std::stable_sort with a full key"},
};

std::vector<std::string> banned_uses(const SourceFile& file) {
  std::vector<std::string> found;
  for (const Ban& ban : bans) {
    const std::regex pattern(ban.pattern);
    for (std::sregex_iterator match(file.code.begin(), file.code.end(), pattern), end; match != end;
         ++match) {
      found.push_back(file.path + ":" +
                      std::to_string(line_of(file.code, static_cast<std::size_t>(match->position()))) + ": " +
                      match->str() + " (use " + ban.instead + ")");
    }
  }
  return found;
}

bool must_be_deterministic(const SourceFile& file) {
  return file.folder != "tests" && file.folder != "bench" && file.folder != "server" &&
         file.folder != "programs";
}

TEST(Determinism, NoBannedSource) {
  std::vector<std::string> found;
  for (const SourceFile& file : sources()) {
    if (!must_be_deterministic(file)) continue;
    for (std::string& use : banned_uses(file)) found.push_back(std::move(use));
  }
  EXPECT_THAT(found, testing::IsEmpty());
}

TEST(Determinism, EveryBanBites) {
  const char* const samples[] = {"std::unordered_map<int, int> m;",
                                 "std::normal_distribution<> d;",
                                 "std::shuffle(a, b, g);",
                                 "std::random_device r;",
                                 "std::mt19937_64 g;",
                                 "int x = rand();",
                                 "std::chrono::steady_clock::now();",
                                 "clock_gettime(0, &t);",
                                 "auto t = time(nullptr);",
                                 "double y = std::log(x);",
                                 "long double z;",
                                 "std::reduce(a, b);",
                                 "std::thread t;",
                                 "std::stod(s);",
                                 "std::nth_element(a, b, c);"};
  ASSERT_EQ(std::size(samples), std::size(bans));
  for (std::size_t i = 0; i < std::size(bans); ++i) {
    EXPECT_THAT(banned_uses(make_source("sim/x.cpp", samples[i])), testing::Not(testing::IsEmpty()))
        << samples[i];
  }
}

TEST(Determinism, CommentsAndStringsDoNotCount) {
  const auto file =
      make_source("sim/x.cpp", "// std::random_device\nauto s = \"std::thread\"; /* rand() */\n");
  EXPECT_THAT(banned_uses(file), testing::IsEmpty());
}

// ---- giants
// -------------------------------------------------------------------------------------------------------

constexpr int function_lines_max = 60;
constexpr int file_lines_max = 500;

std::vector<std::string> giants(const SourceFile& file) {
  std::vector<std::string> found;
  if (file.lines > file_lines_max)
    found.push_back(file.path + " has " + std::to_string(file.lines) + " lines");
  for (const FunctionSpan& function : functions_of(file)) {
    if (function.lines <= function_lines_max) continue;
    found.push_back(file.path + ":" + std::to_string(function.line) + " has a function of " +
                    std::to_string(function.lines) + " lines: " + function.head);
  }
  return found;
}

TEST(Giants, NoFileAndNoFunctionGrowsIntoOne) {
  std::vector<std::string> found;
  for (const SourceFile& file : sources()) {
    for (std::string& giant : giants(file)) found.push_back(std::move(giant));
  }
  EXPECT_THAT(found, testing::IsEmpty());
}

TEST(Giants, TheTestSeesALongFunction) {
  std::string text = "namespace a {\nstruct B {\n  int f(int x) const {\n";
  for (int i = 0; i < 70; ++i) text += "    if (x) { ++x; }\n";
  text += "    return x;\n  }\n};\n}\n";
  EXPECT_EQ(giants(make_source("sim/x.cpp", text)).size(), 1u);
  ASSERT_EQ(functions_of(make_source("sim/x.cpp", text)).size(), 1u);
  EXPECT_EQ(functions_of(make_source("sim/x.cpp", text))[0].lines, 73);
}

// ---- headers
// --------------------------------------------------------------------------------------------------------

TEST(Headers, BeginWithABannerAndPragmaOnce) {
  for (const SourceFile& file : sources()) {
    if (!file.path.ends_with(".hpp") || file.folder == "tests") continue;
    EXPECT_NE(file.code.find("#pragma once"), std::string::npos) << file.path;
    // The banner is a comment, so it is blank in `code`: the first code is the pragma.
    EXPECT_EQ(file.code.find_first_not_of(" \n"), file.code.find("#pragma once"))
        << file.path << " has no banner first";
  }
}

}  // namespace
}  // namespace muster::tidy
