#include "tests/unit/responders/sample_tables.hpp"

#include <fmt/format.h>

#include <vector>

namespace muster::test {
namespace {

struct Column {
  const char* name;
  int priority = 0;
};
struct Row {
  std::string cells, object;  // JSON: the cells without brackets
};

std::string table_of(const std::vector<Column>& columns, const std::vector<Row>& rows) {
  std::string heads, lines;
  for (const Column& column : columns)
    heads += fmt::format(R"({}{{"name":"{}","type":"string","priority":{}}})", heads.empty() ? "" : ",",
                         column.name, column.priority);
  for (const Row& row : rows)
    lines +=
        fmt::format(R"({}{{"cells":[{}],"object":{}}})", lines.empty() ? "" : ",", row.cells, row.object);
  return fmt::format(
      R"({{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{{"resourceVersion":"120"}},)"
      R"("columnDefinitions":[{}],"rows":[{}]}})",
      heads, lines);
}

constexpr const char* plain_object = R"({"metadata":{"labels":{"app":"autonomous-dev"}}})";

std::string event_at(const char* time) {
  return fmt::format(R"({{"lastTimestamp":{}}})", time);
}

}  // namespace

std::string sample_pod_table() {
  return table_of(
      {{"Name"},
       {"Ready"},
       {"Status"},
       {"Restarts"},
       {"Age"},
       {"IP", 1},
       {"Node", 1},
       {"Nominated Node", 1},
       {"Readiness Gates", 1}},
      {{R"("autonomous-dev-6c8f-aaaaa","1/1","Running","0","5m12s","10.244.1.10","node-1","<none>","<none>")",
        plain_object},
       {R"x("autonomous-dev-7d9b-bbbbb","0/1","CrashLoopBackOff","5 (61s ago)","5m12s","10.244.1.10",)x"
        R"("node-1","<none>","<none>")",
        plain_object}});
}

std::string sample_deployment_table() {
  return table_of(
      {{"Name"}, {"Ready"}, {"Up-to-date"}, {"Available"}, {"Age"}, {"Images", 1}},
      {{R"("autonomous-dev","3/3",1,3,"120m","registry.example.com/autonomous-dev:1.2.3")", plain_object}});
}

std::string sample_replica_set_table() {
  return table_of({{"Name"}, {"Desired"}, {"Current"}, {"Ready"}, {"Age"}},
                  {{R"("autonomous-dev-6c8f",3,3,3,"118m")", plain_object},
                   {R"("autonomous-dev-7d9b",1,1,0,"116m")", plain_object}});
}

std::string sample_event_table() {
  const std::string pod = R"("pod/autonomous-dev-7d9b-bbbbb")";
  return table_of(
      {{"Last Seen"}, {"Type"}, {"Reason"}, {"Object"}, {"Source", 1}, {"Message"}},
      {{R"("25s","Warning","BackOff",)" + pod +
            R"(,"kubelet","Back-off restarting failed container app in pod x")",
        event_at(R"("2025-11-01T14:39:35Z")")},
       {R"("5m11s","Normal","Pulled",)" + pod +
            R"(,"kubelet","Container image \"x\" already present on machine")",
        event_at(R"("2025-11-01T14:34:49Z")")},
       {R"("5m12s","Normal","Scheduled",)" + pod + R"(,"default-scheduler","Successfully assigned")",
        event_at("null")}});
}

}  // namespace muster::test
