#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "reports/reports.hpp"
#include "tests/unit/reports/sample.hpp"

namespace muster {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(const Sample& sample) {
  return report_html(sample.card, sample.journal, sample.baselines);
}

std::multiset<std::string> all_matches(const std::string& text, const char* pattern) {
  std::multiset<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

TEST(ReportHtml, IsOneFileWithoutScriptOrOutsideResource) {
  const std::string page = page_of(sample_drill());
  EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
  for (const char* outside :
       {"<script", "http://", "https://", "src=", "@import", "<link", "<iframe", "javascript:"})
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  EXPECT_TRUE(all_matches(page, "url\\(([^#)][^)]*)\\)").empty());
  EXPECT_LT(page.size(), 400'000u);
  EXPECT_EQ(page, page_of(sample_drill())) << "equal inputs, equal bytes";
}

TEST(ReportHtml, VerdictComesFirst) {
  const std::string page = page_of(sample_drill());
  EXPECT_THAT(page, HasSubstr("<title>bad-deploy: failed - drill report</title>"));
  EXPECT_THAT(page, HasSubstr("<p class=\"verdict-word\">Failed</p>"));
  EXPECT_THAT(page, HasSubstr("<p class=\"verdict-word\">Service restored</p>"));
  EXPECT_THAT(page, HasSubstr("<b>77</b> <span>of 100 points</span>"));
  EXPECT_LT(page.find("verdict-word"), page.find("<figure"));
  EXPECT_LT(page.find("<figure"), page.find("id=\"timeline\""));
}

TEST(ReportHtml, EveryLinkInThePageLeadsSomewhere) {
  const std::string page = page_of(sample_drill());
  const auto ids = all_matches(page, " id=\"([^\"]*)\"");
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << "an id occurs twice";
  const auto links = all_matches(page, "href=\"#([^\"]*)\"");
  EXPECT_GT(links.size(), 8u);
  for (const std::string& link : links) EXPECT_EQ(ids.count(link), 1u) << link;
  for (const std::string& used : all_matches(page, "url\\(#([^)]*)\\)"))
    EXPECT_EQ(ids.count(used), 1u) << used;
}

TEST(ReportHtml, DeductionsLinkToTheirRecords) {
  const std::string page = page_of(sample_drill());
  EXPECT_THAT(page, HasSubstr("<a class=\"ref\" href=\"#r2300\">#2300</a>"));
  EXPECT_THAT(page, HasSubstr("<tr id=\"r2300\">")) << "cited, though the scorecard's timeline leaves it out";
  Sample sample = sample_drill();
  sample.card.tasks[3].deductions[0].records = {99'999'999};
  EXPECT_THAT(page_of(sample), HasSubstr("<span class=\"ref\">#99999999</span>"));
}

TEST(ReportHtml, IsAccessible) {
  const std::string page = page_of(sample_drill());
  for (const char* part :
       {"<html lang=\"en\">", "<main", "<header", "<nav aria-label=", "<footer", "class=\"skip\"",
        "<th scope=\"col\"", "<th scope=\"row\"", "<title id=\"outcomes-w-t\">", "<figcaption>"})
    EXPECT_THAT(page, HasSubstr(part));
  EXPECT_EQ(all_matches(page, "<(h1)>").size(), 1u);
}

TEST(ReportHtml, AnEmptyDrillStillMakesAPage) {
  const std::string page = page_of(empty_drill());
  EXPECT_THAT(page, HasSubstr("Nothing happened."));
  EXPECT_THAT(page, HasSubstr("No request ended during the drill."));
  EXPECT_THAT(page, HasSubstr("did not happen"));
  EXPECT_THAT(page, HasSubstr("</html>"));
}

// For looking at it: MUSTER_SAMPLE_REPORT=/tmp/report.html reports_test --gtest_filter='*WritesASample'
TEST(ReportHtml, WritesASample) {
  const char* path = std::getenv("MUSTER_SAMPLE_REPORT");
  if (!path) GTEST_SKIP() << "set MUSTER_SAMPLE_REPORT to the file to write";
  std::ofstream(path) << page_of(sample_drill());
}

}  // namespace
}  // namespace muster
