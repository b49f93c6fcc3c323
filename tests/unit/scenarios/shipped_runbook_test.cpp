// The runbook that is shipped: everything in its fenced blocks can be run, and its links lead somewhere.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "responders/console/command.hpp"
#include "responders/runbook/document.hpp"
#include "tests/unit/scenarios/scratch_folder.hpp"

namespace muster {
namespace {

const std::string name = "scenarios/systems/autonomous-dev/runbook.md";

TEST(ShippedRunbook, EveryFencedLineIsACommandAQueryOrAComment) {
  const RunbookDocument runbook = read_runbook(project_file(name), "runbook.md");
  int commands = 0, queries = 0;
  for (const RunbookStep& step : runbook.steps) {
    EXPECT_NE(step.kind, StepKind::message) << "line " << step.line << ": " << step.text;
    EXPECT_NE(step.kind, StepKind::template_) << "line " << step.line << ": " << step.text;
    if (step.kind == StepKind::query) ++queries;
    if (step.kind != StepKind::command) continue;
    ++commands;
    const std::string word = step.text.substr(0, step.text.find(' '));
    EXPECT_NE(find_command(word), nullptr) << "line " << step.line << ": " << step.text;
  }
  EXPECT_GT(commands, 60);
  EXPECT_EQ(queries, 3);
}

// "## Roll back the deployment" is reached as #roll-back-the-deployment.
std::string anchor_of(const std::string& title) {
  std::string anchor;
  for (char c : title) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-')
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (c == ' ')
      anchor += '-';
  }
  return anchor;
}

TEST(ShippedRunbook, LinksFromTheRunbookAndTheRulesLeadSomewhere) {
  const std::string text = project_file(name);
  std::set<std::string> anchors;
  for (const RunbookSection& section : read_runbook(text, "runbook.md").sections)
    anchors.insert(anchor_of(section.title));
  std::string all = text;
  for (const char* file : {"p0-outage", "p1-degradation", "p2-minor", "p3-watch"})
    all += project_file(std::string("scenarios/systems/autonomous-dev/rules/") + file + ".yml");
  static const std::regex link(R"((\]\(|runbook\.md)#([a-z0-9-]+))");
  int links = 0;
  for (std::sregex_iterator match(all.begin(), all.end(), link), end; match != end; ++match, ++links)
    EXPECT_TRUE(anchors.count((*match)[2])) << (*match)[2];
  EXPECT_GT(links, 20);
}

}  // namespace
}  // namespace muster
