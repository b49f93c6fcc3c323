// Names and messages come from people and programs: whatever they hold must stay text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/reports.hpp"
#include "tests/unit/reports/sample.hpp"
#include "tests/unit/reports/xml_checker.hpp"

namespace muster {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string hostile[] = {"<script>alert(1)</script>",
                               "\"><img src=x onerror=alert(1)>",
                               "' onmouseover='alert(1)",
                               "</style></title></svg><u>",
                               "]]>&lt;&#60;&nbsp;<!--",
                               std::string("nul \0 bell \a escape \x1b[2J", 24),
                               "broken \xff\xc0\xaf\xed\xa0\x80 utf-8",
                               "{} {0} {:x} %s %n",
                               "\xef\xbf\xbe\xef\xbf\xbf",
                               std::string(3000, '<')};

/// What the page would hold if an attack had worked.
const char* const live_markup[] = {"<script", "<img", "<u>", "<!--", "onmouseover='", "\x1b", "\a"};

TEST(HostileText, ThePageStaysAPage) {
  for (const std::string& text : hostile) {
    const Sample sample = sample_with(text);
    const std::string page = report_html(sample.card, sample.journal, sample.baselines);
    for (const char* markup : live_markup) EXPECT_THAT(page, Not(HasSubstr(markup))) << text.substr(0, 40);
    EXPECT_EQ(page.find('\0'), std::string::npos);
    EXPECT_EQ(page.find('\xff'), std::string::npos);
  }
}

TEST(HostileText, JunitStaysWellFormed) {
  for (const std::string& text : hostile)
    EXPECT_EQ(xml_fault(report_junit(sample_with(text).card)), "") << text.substr(0, 40);
}

TEST(HostileText, JsonStaysJson) {
  for (const std::string& text : hostile)
    EXPECT_TRUE(nlohmann::json::accept(report_json(sample_with(text).card))) << text.substr(0, 40);
}

TEST(HostileText, TheTerminalIsLeftAlone) {
  for (const std::string& text : hostile) {
    const std::string sheet = report_text(sample_with(text).card);
    for (const char c : sheet)
      ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << text.substr(0, 40);
  }
}

}  // namespace
}  // namespace muster
