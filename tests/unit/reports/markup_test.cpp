#include "reports/markup.hpp"

#include <gtest/gtest.h>

namespace muster::reports {
namespace {

TEST(EscapeMarkup, Table) {
  const struct {
    std::string text, escaped;
  } rows[] = {{"plain", "plain"},
              {"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
              {"a \"b\" & c", "a &quot;b&quot; &amp; c"},
              {"tab\tline\nend", "tab\tline\nend"},
              {std::string("nul\0bell\a esc\x1b[31m", 18), "nulbell esc[31m"},
              {"\x7f\xc2\x85", ""},
              {"ä→😀", "ä→😀"},
              {"broken \xff\xfe \xc0\xaf", "broken \uFFFD\uFFFD \uFFFD\uFFFD"},
              {"cut \xe2\x82", "cut \uFFFD\uFFFD"},
              {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
              {"\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
              {"\xef\xbf\xbe", ""},
              {"abc\u202Egpj.exe", "abcgpj.exe"}};
  for (const auto& row : rows) EXPECT_EQ(escape_markup(row.text), row.escaped) << row.text;
}

TEST(PlainLine, CannotMoveTheCursor) {
  EXPECT_EQ(plain_line("a\r\nb\x1b[2Jc"), "a b [2Jc");
  EXPECT_EQ(plain_line("\n\nx"), "x");
  EXPECT_EQ(plain_line("\xff"), "\uFFFD");
}

TEST(Columns, CountCharacters) {
  EXPECT_EQ(columns(""), 0u);
  EXPECT_EQ(columns("aä→😀"), 4u);
}

}  // namespace
}  // namespace muster::reports
