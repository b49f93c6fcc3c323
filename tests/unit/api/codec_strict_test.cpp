// Wrong types and values: where, what was expected, what was found.
#include <gtest/gtest.h>

#include "api/kube/codec.hpp"

namespace muster::kube {
namespace {

struct BadCase {
  const char* json;
  const char* where;
  const char* message;  ///< its beginning
};

constexpr BadCase bad_objects[] = {
    {"[]", "", "expected a mapping but found a list"},
    {"{\"kind\":\"Pod\"}", "/apiVersion", "apiVersion is missing"},
    {"{\"apiVersion\":\"v1\"}", "/kind", "kind is missing"},
    {"{\"apiVersion\":1,\"kind\":\"Pod\"}", "/apiVersion", "expected a string but found a number"},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":"3"}})", "/spec/replicas",
     "expected a whole number but found a string"},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":3.5}})", "/spec/replicas",
     "expected a whole number but found a number"},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":3000000000}})", "/spec/replicas",
     "expected a number of at most 31 bits"},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":18446744073709551615}})",
     "/spec/replicas", "expected a number of at most 31 bits"},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"strategy":{"type":"Rolling"}}})",
     "/spec/strategy/type", "Unsupported value: \"Rolling\""},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"strategy":{"rollingUpdate":{"maxSurge":"x%"}}}})",
     "/spec/strategy/rollingUpdate/maxSurge", "\"x%\" is neither a count nor a percentage"},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[
        {"name":"a"},{"name":"c","resources":{"limits":{"memory":"16Gx"}}}]}}}})",
     "/spec/template/spec/containers/1/resources/limits/memory", "\"16Gx\" is not a quantity"},
    {R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"resources":{"limits":{"a/b":"?"}}}]}})",
     "/spec/containers/0/resources/limits/a~1b", "\"?\" is not a quantity"},
    {R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":{}}})", "/spec/containers",
     "expected a list but found a mapping"},
    {R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":["c"]}})", "/spec/containers/0",
     "expected a mapping but found a string"},
    {R"({"apiVersion":"v1","kind":"Pod","metadata":{"labels":{"a/b":true}}})", "/metadata/labels/a~1b",
     "expected a string but found true or false; put the value in quotes"},
    {R"({"apiVersion":"v1","kind":"ConfigMap","data":{"PORT":8080}})", "/data/PORT",
     "expected a string but found a number; put the value in quotes"},
    {R"({"apiVersion":"v1","kind":"Secret","data":{"url":"postgres://x"}})", "/data/url",
     "illegal base64 data at input byte 8"},
    {R"({"apiVersion":"v1","kind":"Pod","metadata":{"creationTimestamp":"yesterday"}})",
     "/metadata/creationTimestamp", "\"yesterday\" is not a time"},
    {R"({"apiVersion":"v1","kind":"Pod","metadata":{"resourceVersion":"x1"}})", "/metadata/resourceVersion",
     "expected a version that the server has given"},
    {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"minReadySeconds":9223372036854775807}})",
     "/spec/minReadySeconds", "expected a number of seconds below a century"},
};

TEST(CodecStrict, NamesTheFieldAndWhatWasExpected) {
  for (const BadCase& c : bad_objects) {
    const Result<Object> object = object_from_json(c.json, Epoch{});
    ASSERT_FALSE(object.has_value()) << c.json;
    EXPECT_EQ(object.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(object.error().where, c.where);
    EXPECT_EQ(object.error().message.rfind(c.message, 0), 0u) << object.error().message;
  }
}

TEST(CodecStrict, BrokenTextIsAnErrorNotAnException) {
  const std::string bad_text[] = {"", "{", "{\"a\":}", "\xff\xfe", std::string(100, '['), "{\"a\":1}x"};
  for (const std::string& text : bad_text) EXPECT_FALSE(object_from_json(text, Epoch{}).has_value()) << text;
}

TEST(CodecStrict, NestingIsLimited) {
  const auto nested = [](int depth) {
    return R"({"apiVersion":"x/v1","kind":"X","spec":)" + std::string(depth, '[') + std::string(depth, ']') +
           "}";
  };
  EXPECT_TRUE(object_from_json(nested(63), Epoch{}).has_value());
  EXPECT_FALSE(object_from_json(nested(64), Epoch{}).has_value());
  const std::string brackets_in_text(200, '[');
  EXPECT_TRUE(
      object_from_json(R"({"apiVersion":"x/v1","kind":"X","spec":"\")" + brackets_in_text + "\"}", Epoch{})
          .has_value());
}

}  // namespace
}  // namespace muster::kube
