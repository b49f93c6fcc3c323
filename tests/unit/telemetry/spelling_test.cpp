#include "sim/spelling.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(Spelling, CountsEdits) {
  struct Case {
    const char *a, *b;
    std::size_t edits;
  };
  const Case cases[] = {{"", "", 0},
                        {"abc", "", 3},
                        {"expr", "expr", 0},
                        {"expr", "Expr", 0},
                        {"expr", "epxr", 1},
                        {"kitten", "sitting", 3},
                        {"labels", "label", 1},
                        {"annotation", "annotations", 1}};
  for (const Case& c : cases) {
    EXPECT_EQ(edit_distance(c.a, c.b), c.edits) << c.a << " " << c.b;
    EXPECT_EQ(edit_distance(c.b, c.a), c.edits) << c.b << " " << c.a;
  }
}

TEST(Spelling, FindsTheNearestWordOrNone) {
  const std::vector<std::string> words = {"alert", "record", "expr", "for", "labels", "annotations"};
  EXPECT_EQ(nearest_word("lables", words), "labels");
  EXPECT_EQ(nearest_word("annotation", words), "annotations");
  EXPECT_EQ(nearest_word("fro", words), "for");
  EXPECT_EQ(nearest_word("summary", words), "");
  EXPECT_EQ(nearest_word("", words), "");
  EXPECT_EQ(nearest_word(std::string(100'000, 'a'), words), "");
  EXPECT_EQ(did_you_mean("exprs", words), "; did you mean \"expr\"?");
  EXPECT_EQ(did_you_mean("zzzz", words), "");
}

}  // namespace
}  // namespace muster
