// A journal with a record of every type and every field set, and what tests do to journals.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "journal/journal.hpp"

namespace muster::samples {

inline Header header() {
  Header header;
  header.scenario = "bad-deploy";
  header.seed = 18446744073709551615ull;
  header.epoch = "2025-11-01T14:30:00Z";
  header.horizon = sim_start + 75min;
  header.responders = {"runbook:runbook.md#Rollback Deployment"};
  header.overrides = {"seed=7"};
  header.inputs = {{"scenario.yaml", std::string(64, 'a')}};
  header.rubric_json = R"({"severity":[]})";
  return header;
}

inline LatencyHistogram histogram() {
  LatencyHistogram histogram;
  histogram.add(1ms, 3);
  histogram.add(12ms, 41);
  histogram.add(480ms);
  return histogram;
}

inline TrafficFact traffic() {
  TrafficFact fact;
  fact.service = "api";
  fact.arrivals = 271;
  fact.endpoints = {{"GET /tasks", "tasks", {40, 1, 0, 3, 0, 0}},
                    {"POST /tasks", "tasks", {0, 0, 0, 0, 0, 1}}};
  fact.slow = 2;
  fact.users_seen = 44;
  fact.users_affected = 6;
  fact.users_seen_minute = 900;
  fact.users_affected_minute = 31;
  fact.latency = histogram();
  return fact;
}

/// One fact of every type, no field zero or empty.
inline std::vector<Fact> every_fact() {
  return {
      traffic(),
      FaultFact{"fault-1", "deployment/set-image", "prod/app", true, "app:v1.2.3"},
      PodFact{"prod", "app-1", PodChange::exited, "app:v1.2.3", "node-1", "Error", 1, 3},
      WorkloadFact{"Deployment", "prod", "app", 3, 4, 2, 1, 1, 7, "app:v1.2.3"},
      RolloutFact{"prod", "app", RolloutChange::deadline_exceeded, 7},
      ObjectFact{"ConfigMap", "prod", "app-config", "updated", "responder-1", 1234},
      WarningFact{"Pod prod/app-1", "BackOff", "Back-off restarting \"app\"\n", 5},
      DataFact{true, 17},
      IntruderFact{true, "T1552"},
      AgentFact{"reviewer", true},
      EvidenceFact{"container log", "pod/prod/app-1/app", EvidenceChange::captured, 3},
      AlertFact{"AllPodsDown", R"({namespace="prod"})", "firing", "P0"},
      PageFact{1, {"AllPodsDown", "ErrorsHigh"}, "on-call", "P0"},
      DeskFact{DeskAction::declared, "responder-1", "P0", {"incidents"}, "all down", 1},
      ResponderFact{"runbook:r.md#Rollback", ResponderChange::cannot_run, "r.md", 42, "gcloud: not modelled"},
      EndFact{"horizon", "0123456789abcdef", 1000000},
  };
}

inline RequestRecord request() {
  return {"responder-1",
          "PATCH",
          "/apis/apps/v1/namespaces/prod/deployments/app",
          "application/merge-patch+json",
          R"({"spec":{"replicas":5}})",
          200,
          {"pod/CrashLoopBackOff"}};
}

/// Header, every fact, a request, seal: 19 records, one second apart.
inline std::string journal_text(const Header& head = header()) {
  std::string text;
  JournalWriter writer(
      [&](std::string_view line) {
        text += line;
        return Result<void>();
      },
      head);
  SimTime at = sim_start;
  for (Fact& fact : every_fact()) writer.record(at += 1s, std::move(fact));
  writer.record(at += 1s, request());
  EXPECT_TRUE(writer.seal(at + 1s));
  return text;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find('\n', from);
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// Gives the lines a correct chain again: what a forger would do.
inline std::string resealed(std::vector<std::string> lines) {
  std::string before(64, '0');
  for (std::string& line : lines) {
    std::string body = line.substr(0, line.find(",\"hash\":\""));
    const std::size_t head = body.find("\"head\":\"");
    if (head != std::string::npos) body.replace(head + 8, 64, before);
    before = sha256_hex(before + body);
    line = body + ",\"hash\":\"" + before + "\"}";
  }
  return joined(lines);
}

inline std::string replaced(std::string text, const std::string& old_words, const std::string& words) {
  const std::size_t at = text.find(old_words);
  EXPECT_NE(at, std::string::npos) << old_words;
  return text.replace(at, old_words.size(), words);
}

/// The line that an error points to ("j.jsonl:18"), or 0 if the journal was read.
inline std::size_t refused_line(const std::string& text) {
  const Result<Journal> journal = read_journal(text, "j.jsonl");
  if (journal) return 0;
  const std::string& where = journal.error().where;
  const std::size_t colon = where.rfind(':');
  return colon == std::string::npos ? 1 : std::stoul(where.substr(colon + 1));
}

inline std::string refusal(const std::string& text) {
  const Result<Journal> journal = read_journal(text, "j.jsonl");
  return journal ? "" : journal.error().text();
}

}  // namespace muster::samples
