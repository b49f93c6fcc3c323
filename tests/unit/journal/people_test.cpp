#include <gtest/gtest.h>

#include "journal/people.hpp"

namespace muster {
namespace {

TEST(People, SurviveWritingAndReading) {
  People people;
  people.names = {{"responder-1", "Ada \"the\" L\xC3\xB6velace"}, {"facilitator", "Grace"}};
  const Result<People> back = read_people(write_people(people), "people.json");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->names, people.names);
  EXPECT_EQ(back->name_of("facilitator"), "Grace");
  EXPECT_EQ(back->name_of("responder-9"), "responder-9");
}

TEST(People, AreWrittenInOrderOfId) {
  People people;
  people.names = {{"b", "2"}, {"a", "1"}};
  EXPECT_EQ(write_people(people), "{\n  \"people\": {\n    \"a\": \"1\",\n    \"b\": \"2\"\n  }\n}\n");
  EXPECT_EQ(write_people({}), "{\n  \"people\": {}\n}\n");
}

TEST(People, BadFilesAreRefused) {
  EXPECT_EQ(read_people("{", "p.json").error().text(), "p.json: this is not JSON");
  for (const char* text : {"[]", "{}", R"({"people":[]})", R"({"people":{},"more":1})"})
    EXPECT_EQ(read_people(text, "p.json").error().text(),
              "p.json: expected one object {\"people\": {\"ACTOR\": \"NAME\"}}");
  EXPECT_EQ(read_people(R"({"people":{"a":1}})", "p.json").error().text(),
            "p.json: the name of \"a\" is not a string");
}

}  // namespace
}  // namespace muster
