#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "reports/markup.hpp"
#include "reports/reports.hpp"
#include "tests/unit/reports/sample.hpp"

namespace muster {
namespace {

using testing::HasSubstr;

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, reports::columns(line));
  return widest;
}

TEST(ReportText, SaysWhatMatters) {
  const std::string text = report_text(sample_drill().card);
  EXPECT_THAT(text, HasSubstr("bad-deploy: FAILED\n"));
  EXPECT_THAT(text, HasSubstr("service restored: yes - Error share under 1 %"));
  EXPECT_THAT(text, HasSubstr("score: 77 of 100, outcome 100, process 90, craft 0\n"));
  EXPECT_THAT(text, HasSubstr("  NOT MET no premature close: Closed 17 minutes"));
  EXPECT_THAT(text, HasSubstr("  tI      10:30  User impact starts\n"));
  EXPECT_THAT(text, HasSubstr("  tH          -  First correct hypothesis\n"));
  EXPECT_THAT(text, HasSubstr("  time to mitigate         10m30s  impact starts to mitigated\n"));
  EXPECT_THAT(text, HasSubstr("-20: severity called one level too low"));
  EXPECT_THAT(text, HasSubstr("runbook.md:212: `ssh node-3` cannot be run"));
  EXPECT_THAT(text, HasSubstr("fingerprint 0123456789abcdef\n"));
}

TEST(ReportText, KeepsToAHundredColumns) {
  EXPECT_LE(widest_line(report_text(sample_drill().card)), 100u);
  EXPECT_LE(widest_line(report_text(sample_with(std::string(500, 'x')).card)), 100u);
  EXPECT_LE(widest_line(report_text(
                sample_with("ä→ " + std::string(130, 'y') + " many words after it, 😀 " + std::string(90, 'z'))
                    .card)),
            100u);
}

TEST(ReportText, AnEmptyDrill) {
  EXPECT_THAT(report_text(empty_drill().card), HasSubstr("nothing: FAILED"));
}

}  // namespace
}  // namespace muster
