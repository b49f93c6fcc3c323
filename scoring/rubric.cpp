#include "scoring/rubric.hpp"

namespace muster {

const std::vector<std::string>& gate_names() {
  static const std::vector<std::string> names{"restored",    "noDataLost",         "noPrematureClose",
                                              "noIntruder",  "acknowledgedInTime", "declared",
                                              "evidenceKept"};
  return names;
}

const std::vector<RubricKey>& rubric_keys() {
  static const std::vector<RubricKey> keys{
      {"rubric", "severity", "list of levels", "the severity levels, most severe first; required"},
      {"rubric", "evaluationWindow", "duration",
       "over which the clauses and the start of impact are measured; 60s"},
      {"rubric", "gaps", "text", "how the definitions' gaps are read; printed on the report"},
      {"rubric", "errorShareMax", "ratio", "service is healthy below this share of failed requests; 0.01"},
      {"rubric", "p95Max", "duration", "and below this 95th percentile of the latency; 500ms"},
      {"rubric", "restoredWindow", "duration", "restored means healthy in every minute of this long; 15m"},
      {"rubric", "availabilityObjective", "ratio", "for the error budget; 0.999"},
      {"rubric", "criticalFeatures", "list of features", "those of which criticalFeatureFailing speaks"},
      {"rubric", "featureFailingAbove", "ratio", "a feature fails above this share of its own requests; 0.5"},
      {"rubric", "weights", "map", "outcome, process, craft -> per cent of the total; 50, 30, 20"},
      {"rubric", "gates", "list of gates", "what must hold whatever the points are; the first three gates"},
      {"rubric", "hypothesisMatches", "list of words",
       "a hypothesis is correct if it holds one of them, in any case"},
      {"severity", "name", "text", "P0"},
      {"severity", "respondWithin", "duration", "from the first page to the acknowledgement"},
      {"severity", "updateEvery", "duration", "longest gap between two status updates; absent: no rule"},
      {"severity", "notify", "list of roles", "who must be told within respondWithin"},
      {"severity", "clauses", "list of clauses", "any one is enough"},
      {"clause", "text", "text", "the words of the definition"},
      {"clause", "errorRatioAbove", "ratio", "more than this share of the requests that ended failed"},
      {"clause", "errorRatioAtMost", "ratio", "and not more than this"},
      {"clause", "usersAffectedAbove", "ratio",
       "more than this share of the users had a failure or a slow reply"},
      {"clause", "usersAffectedAtMost", "ratio", "and not more than this"},
      {"clause", "p95TimesNormalAbove", "number",
       "p95 above this many times that of the no-fault run, same minute"},
      {"clause", "outage", "boolean", "users ask and nobody is served"},
      {"clause", "dataAtRisk", "boolean", "committed data is missing or may be lost"},
      {"clause", "intruderActive", "boolean", "somebody who should not be there can act"},
      {"clause", "featureFailing", "boolean", "a feature fails"},
      {"clause", "criticalFeatureFailing", "boolean", "one of criticalFeatures fails"},
      {"clause", "agentTypeFailing", "boolean", "a type of background agent fails"},
      {"clause", "trendWorsening", "boolean", "more warnings in the last 15 minutes than in the 15 before"},
  };
  return keys;
}

}  // namespace muster
