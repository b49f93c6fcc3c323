#include "scenarios/image_pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muster {
namespace {

struct Case {
  const char* pattern;
  const char* image;
  bool matches;
};

TEST(ImagePattern, Globs) {
  const Case cases[] = {
      {"app:v1", "app:v1", true},
      {"app:v1", "app:v10", false},
      {"*/app:v1.2.3", "registry.example.com/app:v1.2.3", true},
      {"*/app:v1.2.3", "registry.example.com/app:v1.2.30", false},
      {"*/app:v1.*", "registry.example.com/team/app:v1.9", true},
      {"*", "", true},
      {"", "", true},
      {"", "a", false},
      {"?", "a", true},
      {"?", "", false},
      {"a*b*c", "a-b-b-c", true},
      {"a*b*c", "a-b-b", false},
      {"**a**", "a", true},
  };
  for (const Case& c : cases)
    EXPECT_EQ(matches_image_pattern(c.pattern, c.image), c.matches) << c.pattern << " " << c.image;
}

TEST(ImagePattern, AHostilePatternTakesNoTime) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "a*";
  EXPECT_FALSE(matches_image_pattern(pattern + "b", std::string(5'000, 'a')));
}

}  // namespace
}  // namespace muster
