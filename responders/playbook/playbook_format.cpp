// The tables of a playbook file.
#include "responders/playbook/playbook.hpp"

namespace muster {
namespace {

RecordTable playbook_table() {
  return {
      "playbook",
      "a playbook",
      "the file",
      {{"muster", FieldType::whole, true, "version of the format: 1", {}, {}, 1, 1},
       {"playbook", FieldType::text, true, "its name"},
       {"summary", FieldType::text, false, "one line: what it does and why"},
       {"quality",
        FieldType::text,
        false,
        "of a library playbook, for calibration",
        {},
        {"good", "naive", "harmful"}},
       {"drills", FieldType::texts, false, "the scenarios it is meant for"},
       {"namespace", FieldType::text, false, "where kubectl and conditions look by default"},
       {"pace", FieldType::duration, false, "time that passes before every command and request; default 2s"},
       {"on", FieldType::records, true, "what starts it: a list of triggers, the first that happens",
        "trigger"},
       {"variables", FieldType::text_map, false, "values known beforehand, used as {{ name }}"},
       {"steps", FieldType::records, true, "what is done, in this order", "step"},
       {"procedures", FieldType::list_map, false, "named lists of steps, for call and onFailure", "step"}}};
}

RecordTable trigger_table() {
  return {"trigger",
          "a trigger",
          "what starts the playbook",
          {{"alert", FieldType::text, false, "a page with an alert of this name; \"*\" for any page"},
           {"labels", FieldType::text_map, false, "of the alert; all must be equal"},
           {"promql", FieldType::text, false, "a query that gives a sample"},
           {"every", FieldType::duration, false, "how often the query is asked; default 15s"},
           {"at", FieldType::duration, false, "a time from the start of the drill"}},
          {"alert", "promql", "at"}};
}

std::vector<Field> action_fields() {
  return {
      {"run", FieldType::text, false, "commands of the console, one a line"},
      {"request", FieldType::record, false, "a request to the API", "request"},
      {"sleep", FieldType::duration, false, "wait so long"},
      {"waitUntil", FieldType::record, false, "wait until this holds; failed after the timeout", "condition"},
      {"verify", FieldType::record, false, "this must hold, for as long as `for` says", "condition"},
      {"if", FieldType::record, false, "does `then` if this holds, `else` if not", "condition"},
      {"switch", FieldType::text, false, "a text, mostly {{ name }}: does the case that equals it"},
      {"parallel", FieldType::records, false, "steps that are done at the same time", "step"},
      {"call", FieldType::text, false, "does the procedure of this name"},
      {"set", FieldType::text_map, false, "gives variables a value"},
      {"abort", FieldType::text, false, "ends the playbook as failed; says why"},
      {"finish", FieldType::text, false, "ends the playbook as done; says why"}};
}

RecordTable step_table() {
  RecordTable table{"step", "a step",
                    "one thing to do; a failed step ends the playbook unless onFailure says more",
                    action_fields()};
  for (const Field& field : table.fields) table.one_of.push_back(field.name);
  const std::vector<Field> others{
      {"name", FieldType::text, false, "what the step is for; it stands in the journal and the report"},
      {"when", FieldType::record, false, "the step is skipped unless this holds", "condition"},
      {"then", FieldType::records, false, "steps of `if`", "step"},
      {"else", FieldType::records, false, "steps of `if`", "step"},
      {"cases", FieldType::list_map, false, "steps of `switch` for each text", "step"},
      {"default", FieldType::records, false, "steps of `switch` for any other text", "step"},
      {"bind", FieldType::record_map, false, "variables taken from what `run` printed or `request` got",
       "binding"},
      {"for", FieldType::duration, false, "of `verify`: how long it must hold without a break; default 0s"},
      {"timeout", FieldType::duration, false,
       "of `run` and `waitUntil`, default 10m; of `verify`: time to begin to hold"},
      {"every", FieldType::duration, false,
       "of `waitUntil` and `verify`: how often it is looked at; default 15s"},
      {"retries",
       FieldType::whole,
       false,
       "how often `run` or `request` is tried again after a failure",
       {},
       {},
       0,
       100},
      {"delay", FieldType::duration, false, "before every further try; default 5s"},
      {"onFailure", FieldType::text, false,
       "abort (default), continue, or the procedure that is done instead"}};
  table.fields.insert(table.fields.end(), others.begin(), others.end());
  return table;
}

RecordTable request_table() {
  return {"request",
          "a request",
          "one request to the drill's API, for what no command of the console says",
          {{"verb", FieldType::text, false, "default GET", {}, {"GET", "POST", "PUT", "PATCH", "DELETE"}},
           {"path", FieldType::text, true, "with its query"},
           {"body", FieldType::anything, false, "a map or list is sent as JSON, a text as it stands"},
           {"contentType", FieldType::text, false,
            "default application/json; of a PATCH strategic merge, or JSON Patch for a list"}}};
}

RecordTable binding_table() {
  return {"binding",
          "a binding",
          "where a variable's value is found in the output; without jsonpath and regex all of it",
          {{"jsonpath", FieldType::text, false, "of JSON output, as in kubectl: {.spec.replicas}"},
           {"regex", FieldType::text, false, "an RE2 expression; the value is its first group"},
           {"default", FieldType::text, false, "if there is none; without it the step has failed"}}};
}

}  // namespace

const FileFormat& playbook_format() {
  static const FileFormat format{
      "playbook",
      "what automation does in an incident: triggers, steps, conditions, branches",
      {playbook_table(), trigger_table(), step_table(), request_table(), binding_table(), condition_table()}};
  return format;
}

}  // namespace muster
