#include "responders/human/profile.hpp"

namespace muster {
namespace {

RecordTable profile_table() {
  return {
      "human",
      "a profile",
      "the file",
      {{"muster", FieldType::whole, true, "version of the format: 1", {}, {}, 1, 1},
       {"profile", FieldType::text, true, "its name"},
       {"summary", FieldType::text, false, "one line: who that is"},
       {"pagerDelay", FieldType::duration, false, "from the page to the ringing phone; default 0s"},
       {"stages", FieldType::record_map, false,
        "times by stage: acknowledge, acknowledgeAtNight, keyboard, diagnoseByRunbook, diagnoseByKnowledge, "
        "read, "
        "type, look, statusUpdate, settle, verify; what is not given has the default of docs/responders.md",
        "time"},
       {"night", FieldType::record, false, "when it is night", "night"},
       {"skill",
        FieldType::number,
        false,
        "sigma of the factor LN(0, sigma) on all stages of a run",
        {},
        {},
        0,
        2},
       {"typo", FieldType::share, false, "of the commands, to be typed once more"},
       {"wrongNamespace", FieldType::share, false, "of the commands that name a namespace, sent to another"},
       {"notice", FieldType::share, false, "of the signs on the screen that are taken in; default 1"},
       {"actAbove", FieldType::share, false, "belief in a cause that is enough to act; default 0.7"},
       {"looksAtLeast", FieldType::whole, false, "looks before that; default 1", {}, {}, 0, 100},
       {"failedRemedy", FieldType::share, false,
        "what remains of a belief whose cure did not help; default 0.1"},
       {"patience", FieldType::duration, false, "with a command that does not end; default 5m"},
       {"updateEvery", FieldType::duration, false, "between public status updates; default 25m"},
       {"notify", FieldType::record_map, false, "roles to tell, by the page's priority", "roles"},
       {"variables", FieldType::text_map, false, "used as {{ name }} in commands and queries"},
       {"healthy", FieldType::record, true, "what it looks like when users are served", "condition"},
       {"causes", FieldType::records, true, "what it can be", "cause"},
       {"looks", FieldType::records, true, "where to look, and what that says", "look"}}};
}

RecordTable cause_table() {
  return {
      "cause",
      "a cause",
      "something that can be wrong",
      {{"name", FieldType::text, true, "one word"},
       {"prior", FieldType::number, true, "its weight before anything is seen"},
       {"hypothesis", FieldType::text, true, "how it is said at the desk"},
       {"sections", FieldType::texts, false,
        "words in the titles of the runbook's sections that cure it, the best first"},
       {"improvise", FieldType::texts, false, "commands, if the runbook has no such section"},
       {"effect", FieldType::text, false,
        "a command whose output the cure changes: compared if the cure did not help"},
       {"instead", FieldType::texts, false,
        "commands, if that output is what it was: the cure was none, so the cause is believed as before"}}};
}

RecordTable look_table() {
  return {"look",
          "a look",
          "a command or query and what can be seen there",
          {{"run", FieldType::text, false, "a command of the console"},
           {"query", FieldType::text, false, "PromQL; its text is one line per sample, or \"nothing\""},
           {"signs", FieldType::records, true, "what to look for", "sign"}},
          {"run", "query"}};
}

RecordTable sign_table() {
  return {"sign",
          "a sign",
          "a pattern in the output, and how likely each cause shows it",
          {{"matches", FieldType::text, true, "a regular expression (RE2)"},
           {"likely", FieldType::text_map, true, "probability of seeing it, by cause"},
           {"otherwise", FieldType::share, true, "the same for all other causes"}}};
}

}  // namespace

const FileFormat& human_format() {
  static const FileFormat format{
      "human",
      "a synthetic person: reaction times, beliefs, and what is done about them",
      {profile_table(),
       {"time",
        "a time",
        "a lognormal duration",
        {{"median", FieldType::duration, true, "half of the people are quicker"},
         {"p95", FieldType::duration, false,
          "one in twenty is slower; default the median: always the same"}}},
       {"night",
        "a night",
        "hours of the day, UTC",
        {{"from", FieldType::whole, true, "first hour", {}, {}, 0, 23},
         {"to", FieldType::whole, true, "first hour that is day again", {}, {}, 0, 23},
         {"factor", FieldType::number, false, "on the way to the keyboard; default 1.5", {}, {}, 1, 10}}},
       {"roles", "a list of roles", "who is told", {{"to", FieldType::texts, false, "roles"}}},
       cause_table(),
       look_table(),
       sign_table(),
       condition_table()}};
  return format;
}

// Assumptions, not measurements. Shapes: lognormal, as in the time-reliability literature (Swain and
// Guttmann, NUREG/CR-1278). Acknowledging fits on-call tiers of five minutes (Beyer et al., "Site Reliability
// Engineering", ch. 11). The two ways to diagnose stand for rule-based and knowledge-based work (Rasmussen
// 1983; Hannaman's HCR: the same median, a longer tail). A status update costs one to two minutes.
const std::map<std::string, PaceTime>& human_stages() {
  static const std::map<std::string, PaceTime> stages{{"acknowledge", {45s, 5min}},
                                                      {"acknowledgeAtNight", {2min, 10min}},
                                                      {"keyboard", {2min, 10min}},
                                                      {"diagnoseByRunbook", {5min, 30min}},
                                                      {"diagnoseByKnowledge", {15min, 90min}},
                                                      {"read", {20s, 1min}},
                                                      {"type", {12s, 40s}},
                                                      {"look", {15s, 1min}},
                                                      {"statusUpdate", {85s, 2min}},
                                                      {"settle", {4min, 8min}},
                                                      {"verify", {15min, 15min}}};
  return stages;
}

}  // namespace muster
