#include <gtest/gtest.h>

#include "telemetry/alerts.hpp"

namespace muster {
namespace {

AlertChange change(const std::string& name, const std::string& state, const std::string& priority = "P1",
                   const std::string& severity = "critical") {
  return {name, state, {{"alertname", name}, {"priority", priority}, {"severity", severity}}, {}, 1};
}

SimTime second(int n) {
  return sim_start + n * 1s;
}

// "at: alerts (priority)" of every page, asked each second up to `until`.
std::string pages(Pager& pager, int from, int until) {
  std::string text;
  for (int s = from; s <= until; ++s) {
    for (const Pager::Page& page : pager.due(second(s))) {
      text += std::to_string(page.number) + "@" + std::to_string(s) + ":";
      for (const std::string& alert : page.alerts) text += " " + alert;
      text += " (" + page.priority + ") ";
    }
  }
  return text;
}

TEST(Pager, WaitsForTheGroupAndPagesOnce) {
  Pager pager;
  EXPECT_EQ(pager.next(), sim_never);
  pager.take({change("B", "firing", "P1")}, second(10));
  EXPECT_EQ(pager.next(), second(40));
  pager.take({change("A", "firing", "P0")}, second(25));
  EXPECT_EQ(pages(pager, 25, 1000), "1@40: A B (P0) ");
  EXPECT_EQ(pager.next(), sim_never);
}

TEST(Pager, AtMostOnePagePerInterval) {
  Pager pager;
  pager.take({change("A", "firing")}, second(0));
  EXPECT_EQ(pages(pager, 0, 60), "1@30: A (P1) ");
  pager.take({change("B", "firing", "P2")}, second(60));
  pager.take({change("C", "firing", "P0")}, second(90));
  EXPECT_EQ(pages(pager, 60, 600), "2@330: A B C (P0) ");
  pager.take({change("D", "firing")}, second(1000));
  EXPECT_EQ(pages(pager, 1000, 2000), "3@1030: A B C D (P0) ");
}

TEST(Pager, ResolvedInTimePagesNobodyAndQuietStartsAnew) {
  Pager pager;
  pager.take({change("A", "firing")}, second(0));
  pager.take({change("A", "resolved")}, second(20));
  EXPECT_EQ(pages(pager, 20, 100), "");
  pager.take({change("A", "firing")}, second(100));
  EXPECT_EQ(pages(pager, 100, 140), "1@130: A (P1) ");
  pager.take({change("A", "resolved")}, second(140));
  pager.take({change("A", "firing")}, second(150));
  EXPECT_EQ(pages(pager, 150, 400), "2@180: A (P1) ");
}

TEST(Pager, OnlyCriticalFiringAlertsPage) {
  Pager pager;
  pager.take({change("A", "pending"), change("B", "firing", "P2", "warning")}, second(0));
  EXPECT_EQ(pages(pager, 0, 1000), "");
}

}  // namespace
}  // namespace muster
