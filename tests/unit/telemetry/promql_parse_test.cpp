// What the parser refuses, word for word as Prometheus 2.42 does, and the canonical print. The expected texts
// were taken from a running 2.42 server.
#include <gtest/gtest.h>

#include "telemetry/promql/functions.hpp"
#include "telemetry/promql/promql.hpp"

namespace muster::promql {
namespace {

struct Text {
  const char *given, *expected;
};

const Text mistakes[] = {
    {R"~(up()~", R"~(1:4: parse error: unclosed left parenthesis)~"},
    {R"~(sum()~", R"~(1:5: parse error: unclosed left parenthesis)~"},
    {R"~(sum x)~", R"~(1:5: parse error: unexpected identifier "x")~"},
    {R"~({})~", R"~(1:1: parse error: vector selector must contain at least one non-empty matcher)~"},
    {R"~({a=~".*"})~", R"~(1:1: parse error: vector selector must contain at least one non-empty matcher)~"},
    {R"~(a{b})~",
     R"~(1:4: parse error: unexpected "}" in label matching, expected label matching operator)~"},
    {R"~(a{b=})~", R"~(1:5: parse error: unexpected "}" in label matching, expected string)~"},
    {R"~(a{b="c")~", R"~(1:8: parse error: unexpected end of input inside braces)~"},
    {R"~(a{b="c",,})~",
     R"~(1:9: parse error: unexpected "," in label matching, expected identifier or "}")~"},
    {R"~(a{b="c" d="e"})~",
     R"~(1:9: parse error: unexpected identifier "d" in label matching, expected "," or "}")~"},
    {R"~(a{="c"})~", R"~(1:3: parse error: unexpected "=" in label matching, expected identifier or "}")~"},
    {R"~(a{b~"c"})~", R"~(1:4: parse error: unexpected character inside braces: '~')~"},
    {R"~(a{b!"c"})~", R"~(1:4: parse error: unexpected character after '!' inside braces: '"')~"},
    {R"~(1 2)~", R"~(1:3: parse error: unexpected number "2")~"},
    {R"~(a b)~", R"~(1:3: parse error: unexpected identifier "b")~"},
    {R"~(a +)~", R"~(1:4: parse error: unexpected end of input)~"},
    {R"~(+)~", R"~(1:2: parse error: unexpected end of input)~"},
    {R"~())~", R"~(1:2: parse error: unexpected right parenthesis ')')~"},
    {R"~((a)~", R"~(1:3: parse error: unclosed left parenthesis)~"},
    {R"~(a))~", R"~(1:3: parse error: unexpected right parenthesis ')')~"},
    {R"~([5m])~", R"~(1:1: parse error: unexpected "[")~"},
    {R"~(a[5m)~", R"~(1:5: parse error: unclosed left bracket)~"},
    {R"~(a[])~", R"~(1:3: parse error: missing unit character in duration)~"},
    {R"~(a[5])~", R"~(1:3: parse error: missing unit character in duration)~"},
    {R"~(a[5m:)~", R"~(1:6: parse error: unclosed left bracket)~"},
    {R"~(a[5m:1])~",
     R"~(1:6: parse error: unexpected number "1" in subquery selector, expected duration or "]")~"},
    {R"~(a[5x])~", R"~(1:3: parse error: bad duration syntax: "5")~"},
    {R"~(a[5m1h])~", R"~(1:3: parse error: not a valid duration string: "5m1h")~"},
    {R"~(a[0s])~", R"~(1:3: parse error: duration must be greater than 0)~"},
    {R"~(1[5m])~", R"~(1:2: parse error: ranges only allowed for vector selectors)~"},
    {R"~(a offset)~", R"~(1:9: parse error: unexpected end of input in offset, expected duration)~"},
    {R"~(a offset 5)~", R"~(1:10: parse error: unexpected number "5" in offset, expected duration)~"},
    {R"~(a offset 5m offset 5m)~", R"~(1:1: parse error: offset may not be set multiple times)~"},
    {R"~(1 offset 5m)~",
     R"~(1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery)~"},
    {R"~(a @)~", R"~(1:4: parse error: unexpected end of input in @, expected timestamp)~"},
    {R"~(a @ foo)~", R"~(1:5: parse error: unexpected identifier "foo" in @, expected timestamp)~"},
    {R"~(a @ start)~", R"~(1:10: parse error: unexpected end of input in @, expected timestamp)~"},
    {R"~(a @ 10 @ 10)~", R"~(1:1: parse error: @ <timestamp> may not be set multiple times)~"},
    {R"~(a @ Inf)~", R"~(1:1: parse error: timestamp out of bounds for @ modifier: +Inf)~"},
    {R"~((a+b)[5m])~", R"~(1:6: parse error: ranges only allowed for vector selectors)~"},
    {R"~(a offset 5m [5m])~", R"~(1:13: parse error: no offset modifiers allowed before range)~"},
    {R"~(a @ 10 [5m])~", R"~(1:8: parse error: no @ modifiers allowed before range)~"},
    {R"~(rate(a))~",
     R"~(1:6: parse error: expected type range vector in call to function "rate", got instant vector)~"},
    {R"~(rate(a[5m], b))~", R"~(1:1: parse error: expected 1 argument(s) in call to "rate", got 2)~"},
    {R"~(rate())~", R"~(1:1: parse error: expected 1 argument(s) in call to "rate", got 0)~"},
    {R"~(foo(a))~", R"~(1:1: parse error: unknown function with name "foo")~"},
    {R"~(a:b(c))~", R"~(1:4: parse error: unexpected "(")~"},
    {R"~(sum(a[5m]))~",
     R"~(1:5: parse error: expected type instant vector in aggregation expression, got range vector)~"},
    {R"~(sum())~", R"~(1:1: parse error: no arguments for aggregate expression provided)~"},
    {R"~(sum(1))~",
     R"~(1:5: parse error: expected type instant vector in aggregation expression, got scalar)~"},
    {R"~(topk(a))~",
     R"~(1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1)~"},
    {R"~(topk(a,b))~",
     R"~(1:6: parse error: expected type scalar in aggregation parameter, got instant vector)~"},
    {R"~(topk(1,a,b))~",
     R"~(1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 3)~"},
    {R"~(sum(a,))~", R"~(1:6: parse error: trailing commas not allowed in function call args)~"},
    {R"~(sum(a,b))~",
     R"~(1:1: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2)~"},
    {R"~(sum by a (x))~", R"~(1:8: parse error: unexpected identifier "a" in grouping opts, expected "(")~"},
    {R"~(sum by (a,,b) (x))~", R"~(1:11: parse error: unexpected "," in grouping opts, expected label)~"},
    {R"~(sum by ("a") (x))~",
     R"~(1:9: parse error: unexpected string "\"a\"" in grouping opts, expected label)~"},
    {R"~(sum by (a b) (x))~",
     R"~(1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")")~"},
    {R"~(sum by (a (x))~", R"~(1:11: parse error: unexpected "(" in grouping opts, expected "," or ")")~"},
    {R"~(sum by (1) (x))~", R"~(1:9: parse error: unexpected number "1" in grouping opts, expected label)~"},
    {R"~(count_values(1, a))~",
     R"~(1:14: parse error: expected type string in aggregation parameter, got scalar)~"},
    {R"~(1 == 1)~", R"~(1:3: parse error: comparisons between scalars must use BOOL modifier)~"},
    {R"~(1 and 1)~", R"~(1:1: parse error: set operator "and" not allowed in binary scalar expression)~"},
    {R"~(1 and a)~", R"~(1:1: parse error: set operator "and" not allowed in binary scalar expression)~"},
    {R"~(a + bool b)~", R"~(1:3: parse error: bool modifier can only be used on comparison operators)~"},
    {R"~(a and on(x) group_left b)~", R"~(1:1: parse error: no grouping allowed for "and" operation)~"},
    {R"~(a / on(x) group_left(x) b)~",
     R"~(1:3: parse error: label "x" must not occur in ON and GROUP clause at once)~"},
    {R"~(a + on(x) 1)~", R"~(1:1: parse error: vector matching only allowed between instant vectors)~"},
    {R"~(a + "x")~",
     R"~(1:5: parse error: binary expression must contain only scalar and instant vector types)~"},
    {R"~("x" + a)~",
     R"~(1:1: parse error: binary expression must contain only scalar and instant vector types)~"},
    {R"~(-"x")~",
     R"~(1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string")~"},
    {R"~(-a[5m])~",
     R"~(1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "range vector")~"},
    {R"~(a[5m] + b)~",
     R"~(1:1: parse error: binary expression must contain only scalar and instant vector types)~"},
    {R"~(a{b="c)~", R"~(1:5: parse error: unterminated quoted string)~"},
    {R"~('abc)~", R"~(1:1: parse error: unterminated quoted string)~"},
    {R"~(a{b='x\q'})~", R"~(1:5: parse error: unknown escape sequence U+0071 'q')~"},
    {R"~(a $ b)~", R"~(1:3: parse error: unexpected character: '$')~"},
    {R"~(a ! b)~", R"~(1:3: parse error: unexpected character after '!': ' ')~"},
    {R"~(a = b)~", R"~(1:3: parse error: unexpected "=")~"},
    {R"~(a =~ b)~", R"~(1:3: parse error: unexpected character after '=': '~')~"},
    {R"~(a{b=~"("})~", R"~(1:3: parse error: error parsing regexp: missing closing ): `^(?:()$`)~"},
    {R"~(a{b=~"["})~", R"~(1:3: parse error: error parsing regexp: missing closing ]: `[)$`)~"},
    {R"~(a{b=~"*a"})~",
     R"~(1:3: parse error: error parsing regexp: missing argument to repetition operator: `*`)~"},
    {R"~(a{b=~"a**"})~",
     R"~(1:3: parse error: error parsing regexp: invalid nested repetition operator: `**`)~"},
    {R"~(a{b=~"\\8"})~", R"~(1:3: parse error: error parsing regexp: invalid escape sequence: `\8`)~"},
    {R"~(a{b=~"a{1001}"})~", R"~(1:3: parse error: error parsing regexp: invalid repeat count: `{1001}`)~"},
    {R"~(a{b=~"(?P<n"})~", R"~(1:3: parse error: error parsing regexp: invalid named capture: `(?P<n)$`)~"},
    {R"~(a{b=~"(?=x)"})~",
     R"~(1:3: parse error: error parsing regexp: invalid or unsupported Perl syntax: `(?=`)~"},
    {R"~(a{b=~"[z-a]"})~",
     R"~(1:3: parse error: error parsing regexp: invalid character class range: `z-a`)~"},
    {R"~(a{b=~"x)"})~", R"~(1:3: parse error: error parsing regexp: unexpected ): `^(?:x))$`)~"},
    {R"~(a{__name__="b"})~", R"~(1:1: parse error: metric name must not be set twice: "a" or "b")~"},
    {R"~(histogram_quantile(a))~",
     R"~(1:1: parse error: expected 2 argument(s) in call to "histogram_quantile", got 1)~"},
    {R"~(label_replace(a,"b","c","d"))~",
     R"~(1:1: parse error: expected 5 argument(s) in call to "label_replace", got 4)~"},
    {R"~(label_join(a))~",
     R"~(1:1: parse error: expected at least 3 argument(s) in call to "label_join", got 1)~"},
    {R"~(round(a,1,2))~", R"~(1:1: parse error: expected at most 2 argument(s) in call to "round", got 3)~"},
    {R"~(round())~", R"~(1:1: parse error: expected at least 1 argument(s) in call to "round", got 0)~"},
    {R"~(clamp(a,1))~", R"~(1:1: parse error: expected 3 argument(s) in call to "clamp", got 2)~"},
    {R"~(absent(a[5m]))~",
     R"~(1:8: parse error: expected type instant vector in call to function "absent", got range vector)~"},
    {R"~(vector(a))~",
     R"~(1:8: parse error: expected type scalar in call to function "vector", got instant vector)~"},
    {R"~(scalar(1))~",
     R"~(1:8: parse error: expected type instant vector in call to function "scalar", got scalar)~"},
    {R"~(time(1))~", R"~(1:1: parse error: expected 0 argument(s) in call to "time", got 1)~"},
    {R"~(day_of_month(1))~",
     R"~(1:14: parse error: expected type instant vector in call to function "day_of_month", got scalar)~"},
    {R"~(1h)~", R"~(1:1: parse error: unexpected duration "1h")~"},
    {R"~(1h + 1)~", R"~(1:1: parse error: unexpected duration "1h")~"},
    {R"~(1x)~", R"~(1:1: parse error: bad number or duration syntax: "1")~"},
    {R"~(0x1g)~", R"~(1:1: parse error: bad number or duration syntax: "0x1")~"},
    {R"~(1e)~",
     R"~(1:1: parse error: error parsing number: strconv.ParseFloat: parsing "1e": invalid syntax)~"},
    {R"~(1e5x)~", R"~(1:1: parse error: bad number or duration syntax: "1e5")~"},
    {R"~(.)~", R"~(1:1: parse error: unexpected character: '.')~"},
    {R"~(..5)~", R"~(1:1: parse error: unexpected character: '.')~"},
    {R"~(a[5m:1m:1m])~", R"~(1:8: parse error: unexpected colon ':')~"},
    {R"~(a[5m,1m])~", R"~(1:5: parse error: unexpected "," in subquery or range, expected ":" or "]")~"},
    {R"~(a{b="c"}{d="e"})~", R"~(1:9: parse error: unexpected "{")~"},
    {R"~(sum by (x) sum)~", R"~(1:12: parse error: unexpected <aggr:sum> in aggregation)~"},
    {R"~(sum without)~", R"~(1:12: parse error: unexpected end of input in grouping opts, expected "(")~"},
    {R"~(sum(a) by)~", R"~(1:10: parse error: unexpected end of input in grouping opts, expected "(")~"},
    {R"~(sum(a) by (x) by (y))~", R"~(1:15: parse error: unexpected <by>)~"},
    {R"~(on(x))~", R"~(1:1: parse error: unexpected <on>)~"},
    {R"~(a on b)~", R"~(1:3: parse error: unexpected <on>)~"},
    {R"~(bool)~", R"~(1:1: parse error: unexpected <bool>)~"},
    {R"~(bool + 1)~", R"~(1:1: parse error: unexpected <bool>)~"},
    {R"~(a unless bool b)~", R"~(1:3: parse error: bool modifier can only be used on comparison operators)~"},
    {R"~(a

  + ()~",
     R"~(3:6: parse error: unclosed left parenthesis)~"},
    {R"~(a{
 b=x})~",
     R"~(2:4: parse error: unexpected identifier "x" in label matching, expected string)~"},
    {R"~(# only comment)~", R"~(1:1: parse error: no expression found in input)~"},
    {R"~(sum(rate(a[5m]) by (x))~", R"~(1:17: parse error: unexpected <by> in aggregation)~"},
    {R"~(rate(a[5m])))~", R"~(1:13: parse error: unexpected right parenthesis ')')~"},
    {R"~(sum(a)) + (b)~", R"~(1:8: parse error: unexpected right parenthesis ')')~"},
    {R"~(a{b="c"}} )~", R"~(1:9: parse error: unexpected character: '}')~"},
    {R"~(a ])~", R"~(1:3: parse error: unexpected right bracket ']')~"},
    {R"~(a })~", R"~(1:3: parse error: unexpected character: '}')~"},
    {R"~(a[5m]])~", R"~(1:6: parse error: unexpected right bracket ']')~"},
    {R"~(a[[5m]])~", R"~(1:3: parse error: missing unit character in duration)~"},
    {R"~("abc)~", R"~(1:1: parse error: unterminated quoted string)~"},
    {R"~(`abc)~", R"~(1:1: parse error: unterminated raw string)~"},
    {R"~(1 + on(x) 2)~", R"~(1:1: parse error: vector matching only allowed between instant vectors)~"},
    {R"~(a on(x) b)~", R"~(1:3: parse error: unexpected <on>)~"},
    {R"~(é)~", R"~(1:1: parse error: unexpected character: 'é')~"},
    {R"~(a{é="x"})~", R"~(1:3: parse error: unexpected character inside braces: 'é')~"},
    {R"~(sum(a) offset 5m)~",
     R"~(1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery)~"},
    {R"~(rate(a)[5m])~", R"~(1:8: parse error: ranges only allowed for vector selectors)~"},
    {R"~("abcdefghijklmno" "b")~", R"~(1:19: parse error: unexpected string "\"b\"")~"},
    {R"~(a "abcdefghijklmno")~", R"~(1:3: parse error: unexpected string "\"abcdefghi"...)~"},
    {R"~(a 12345678901234)~", R"~(1:3: parse error: unexpected number "1234567890"...)~"},
    {R"~(a by)~", R"~(1:3: parse error: unexpected <by>)~"},
    {R"~(a sum)~", R"~(1:3: parse error: unexpected <aggr:sum>)~"},
    {R"~(a *)~", R"~(1:4: parse error: unexpected end of input)~"},
    {R"~(a and)~", R"~(1:6: parse error: unexpected end of input)~"},
};

TEST(PromqlParse, RefusesInPrometheusWords) {
  for (const Text& text : mistakes) {
    auto tree = parse(text.given);
    if (tree) {
      ADD_FAILURE() << text.given << " was accepted";
    } else {
      EXPECT_EQ(tree.error().message, text.expected) << text.given;
    }
  }
}

const Text canonical[] = {
    {R"~(sum by(a)(rate(x{b="c",a=~"d"}[5m] offset 1h)))~",
     R"~(sum by (a) (rate(x{a=~"d",b="c"}[5m] offset 1h)))~"},
    {R"~(sum(x) without (a,b))~", R"~(sum without (a, b) (x))~"},
    {R"~(a / on(x) group_left(y,z) b)~", R"~(a / on (x) group_left (y, z) b)~"},
    {R"~(a and ignoring(x) b)~", R"~(a and ignoring (x) b)~"},
    {R"~(a == bool b)~", R"~(a == bool b)~"},
    {R"~(a > on() b)~", R"~(a > on () b)~"},
    {R"~(-a)~", R"~(-a)~"},
    {R"~(- - 1)~", R"~(1)~"},
    {R"~(+a)~", R"~(+a)~"},
    {R"~(-1^2)~", R"~(-1 ^ 2)~"},
    {R"~(1e6 + a)~", R"~(1e+06 + a)~"},
    {R"~(0.0001 * a)~", R"~(0.0001 * a)~"},
    {R"~(1234567 * a)~", R"~(1.234567e+06 * a)~"},
    {R"~((a))~", R"~((a))~"},
    {R"~(a[5m:])~", R"~(a[5m:])~"},
    {R"~(a[1h30m:10s] @ 10 offset -5m)~", R"~(a[1h30m:10s] @ 10.000 offset -5m)~"},
    {R"~(a @ start() offset 1w)~", R"~(a @ start() offset 1w)~"},
    {R"~(rate(a[90s]))~", R"~(rate(a[1m30s]))~"},
    {R"~({__name__="a"})~", R"~({__name__="a"})~"},
    {R"~({job="x"})~", R"~({job="x"})~"},
    {R"~({__name__=~"a|b", c!="d"})~", R"~({__name__=~"a|b",c!="d"})~"},
    {R"~(a{b="q\"uo\\te\n"})~", R"~(a{b="q\"uo\\te\n"})~"},
    {R"~(topk(3, sum by (x) (a)))~", R"~(topk(3, sum by (x) (a)))~"},
    {R"~(count_values("v", a))~", R"~(count_values("v", a))~"},
    {R"~(quantile(0.9, a))~", R"~(quantile(0.9, a))~"},
    {R"~(label_replace(a, "b", "$1", "c", "(.*)"))~", R"~(label_replace(a, "b", "$1", "c", "(.*)"))~"},
    {R"~(absent(a{x="1"}))~", R"~(absent(a{x="1"}))~"},
    {R"~(vector(1))~", R"~(vector(1))~"},
    {R"~(time())~", R"~(time())~"},
    {R"~(a or b and c unless d)~", R"~(a or b and c unless d)~"},
    {R"~(2 ^ 3 ^ 2)~", R"~(2 ^ 3 ^ 2)~"},
    {R"~(a % b * c)~", R"~(a % b * c)~"},
    {R"~(histogram_quantile(0.95, sum by (le) (rate(h_bucket[5m]))) > 0.5)~",
     R"~(histogram_quantile(0.95, sum by (le) (rate(h_bucket[5m]))) > 0.5)~"},
    {R"~(min_over_time(a[8760h]))~", R"~(min_over_time(a[1y]))~"},
    {R"~(a[400d])~", R"~(a[400d])~"},
    {R"~(a offset 1d2h)~", R"~(a offset 1d2h)~"},
    {R"~(SUM(a) BY (b))~", R"~(sum by (b) (a))~"},
    {R"~(a * Inf)~", R"~(a * +Inf)~"},
    {R"~(a * NaN)~", R"~(a * NaN)~"},
    {R"~(a{b='x'})~", R"~(a{b="x"})~"},
    {R"~(a @ 1.5)~", R"~(a @ 1.500)~"},
};

TEST(PromqlPrint, IsCanonicalAndReadsBack) {
  for (const Text& text : canonical) {
    auto tree = parse(text.given);
    ASSERT_TRUE(tree) << text.given << ": " << tree.error().message;
    const std::string printed = print(**tree);
    EXPECT_EQ(printed, text.expected);
    auto again = parse(printed);
    ASSERT_TRUE(again) << printed << ": " << again.error().message;
    EXPECT_EQ(print(**again), printed);
  }
}

std::string repeat(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

TEST(PromqlParse, RefusesWhatWouldExhaustTheStack) {
  const Text deep[] = {{"(", "nested deeper than 100 levels"},
                       {"-", "nested deeper than 100 levels"},
                       {"abs(", "nested deeper than 100 levels"},
                       {"1^", "nested deeper than 100 levels"},
                       {"sum by (a) (", "nested deeper than 100 levels"},
                       {"1+", "chain of more than 1000 parts"}};
  for (const Text& part : deep) {
    const bool opens = part.given[std::string_view(part.given).size() - 1] == '(';
    auto tree = parse(repeat(part.given, 20'000) + "1" + (opens ? repeat(")", 20'000) : ""));
    ASSERT_FALSE(tree) << part.given;
    EXPECT_NE(tree.error().message.find(part.expected), std::string::npos) << tree.error().message;
  }
  EXPECT_TRUE(parse(repeat("(", 99) + "1" + repeat(")", 99)));
  EXPECT_TRUE(parse(repeat("1+", 900) + "1"));
}

TEST(PromqlParse, KnowsAllFunctionsOfPrometheus) {
  EXPECT_EQ(function_names().size(), 70u);
  for (const std::string& name : function_names()) EXPECT_TRUE(find_function(name)) << name;
}

// What stands in match[] of the HTTP API; the errors are those of a running 2.42 server.
TEST(PromqlParse, MetricSelectors) {
  EXPECT_EQ(parse_metric_selector("up")->matchers.size(), 1u);
  EXPECT_EQ(parse_metric_selector("up{a=\"b\",c!=\"d\"}")->matchers.size(), 3u);
  EXPECT_EQ(parse_metric_selector("{}")->matchers.size(), 0u);
  const std::pair<const char*, const char*> wrong[] = {
      {"", "1:1: parse error: unexpected end of input"},
      {"(", "1:1: parse error: unexpected \"(\""},
      {"sum(up)", "1:4: parse error: unexpected \"(\""},
      {"up[5m]", "1:3: parse error: unexpected \"[\""},
      {"up offset 5m", "1:4: parse error: unexpected <offset>"}};
  for (const auto& [text, message] : wrong) {
    const auto selector = parse_metric_selector(text);
    ASSERT_FALSE(selector) << text;
    EXPECT_EQ(selector.error().message, message);
  }
}

TEST(PromqlParse, NamesTheMetricsItAsksFor) {
  auto tree =
      parse(R"(sum(rate(b_total[5m])) / a or {__name__="c", x="y"} and {__name__=~"d|e"} and b_total)");
  ASSERT_TRUE(tree) << tree.error().message;
  EXPECT_EQ(metric_names(**tree), (std::vector<std::string>{"a", "b_total", "c"}));
}

}  // namespace
}  // namespace muster::promql
