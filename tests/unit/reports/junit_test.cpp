#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/reports.hpp"
#include "tests/unit/reports/sample.hpp"
#include "tests/unit/reports/xml_checker.hpp"

namespace muster {
namespace {

using testing::HasSubstr;

TEST(XmlChecker, SeesWhatIsBroken) {
  EXPECT_EQ(xml_fault("<a b=\"c\"><d/>text &amp; more</a>\n"), "");
  for (const char* broken : {"<a>", "<a></b>", "<a b=c/>", "<a b=\"<\"/>", "<a>&nbsp;</a>", "<a>\x01</a>",
                             "<a/><b/>", "<a b=\"1\" b=\"2\"/>", "text", "", "<a"})
    EXPECT_NE(xml_fault(broken), "") << broken;
}

TEST(ReportJunit, CountsAndCases) {
  const std::string xml = report_junit(sample_drill().card);
  EXPECT_EQ(xml_fault(xml), "");
  EXPECT_THAT(
      xml,
      HasSubstr("<testsuite name=\"bad-deploy\" tests=\"8\" failures=\"2\" errors=\"0\" skipped=\"1\">"));
  EXPECT_THAT(xml, HasSubstr("<property name=\"seed\" value=\"42\"/>"));
  EXPECT_THAT(xml, HasSubstr("<testcase classname=\"bad-deploy.gates\" name=\"restored\"/>"));
  EXPECT_THAT(xml, HasSubstr("<testcase classname=\"bad-deploy.tasks.craft\" name=\"hypothesis\">\n"
                             "      <failure message=\"No hypothesis was posted.\" type=\"task\">"));
  EXPECT_THAT(xml, HasSubstr("<skipped message=\"not observed: Nothing was deleted.\"/>"));
}

TEST(ReportJunit, AFailureNamesTimeAndRecord) {
  const Sample sample = sample_drill();
  const std::string xml = report_junit(sample.card);
  const std::string page = std::to_string(sample.card.gates[2].records[0]);
  EXPECT_THAT(xml, HasSubstr("at 12:00 (record " + page + ")"));
  EXPECT_THAT(xml, HasSubstr("-100 points: no hypothesis before the incident was closed, at record 2300"));
}

TEST(ReportJunit, AnEmptyDrillIsWellFormed) {
  EXPECT_EQ(xml_fault(report_junit(empty_drill().card)), "");
}

}  // namespace
}  // namespace muster
