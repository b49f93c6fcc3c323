// Steps that a database makes worse than they look: connections that every replica opens, slots that a probe
// needs, passwords that only the client changes.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "responders/lint/page_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr const char* database_words =
    R"(\b(database|postgres\w*|mysql|mariadb|cloud ?sql|rds|connections?|slow quer\w*|queries)\b)";
constexpr const char* budget_words =
    R"(max_connections|connection (limit|budget|pool)|pool[_ ]?size|pgbouncer|pooler|too many clients)";

/// "scale up", "more replicas": a step that adds clients.
bool adds_clients(const std::string& text) {
  return mentions(
             text,
             R"(\bscale (up|out|horizontally)\b|\b(add|more|increase) (the )?(number of )?(replicas|pods)\b)") &&
         !mentions(text, R"(\b(do not|don't|never|instead of|rather than|before)\b)");
}

/// "does harm where the database is the narrow place": who says so has thought of it.
bool warns_of_database(const std::string& text) {
  return mentions(
      text,
      R"(\b(harm|worse|not|nothing|never|unless)\b[^.]{0,80}\bdatabase|\bdatabase\b[^.]{0,60}\b(narrow|bottleneck|worse|harm))");
}

/// In a section about a database; elsewhere a page that has databases and never counts connections.
void check_scaling(RunbookPage& page) {
  const std::string whole = text_of(page);
  const bool counted = mentions(whole, budget_words);
  const bool has_database = mentions(whole, R"(\b(database|postgres\w*|mysql|cloud ?sql)\b)");
  bool told = false;
  for (const StepCommand& command : page.commands()) {
    if (!command.kubectl("scale") || command.has("--replicas=0")) continue;
    const RunbookSection* section = page.section_of(command.step);
    const std::string text = section ? text_of(page, *section) : "";
    if (warns_of_database(text)) continue;
    const bool about = mentions(text, database_words);
    const int line = page.document().steps[command.step].line;
    if (about && !counted)
      page.warn(
          "scale-against-database", line, "scale",
          "every replica opens connections of its own: against a saturated database this makes it worse");
    else if (has_database && !counted && !told)
      page.note(
          "scale-against-database", line, "scale",
          "every replica opens connections of its own, and the page never says how many the database takes");
    told = true;
  }
}

/// "# - Resource exhaustion: Scale up" under queries of the database's times.
void check_advice(RunbookPage& page) {
  const auto& sections = page.document().sections;
  if (mentions(text_of(page), budget_words)) return;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (!is_innermost(page, i) || !mentions(text_of(page, sections[i]), database_words)) continue;
    for (const ClassifiedLine& line : page.document().fenced_lines) {
      const bool inside =
          line.line >= sections[i].line && (i + 1 == sections.size() || line.line < sections[i + 1].line);
      if (inside && (line.kind == LineKind::comment || line.kind == LineKind::note) &&
          adds_clients(line.text))
        page.warn("scale-against-database", line.line, "",
                  "if the database is what is slow, more replicas bring it more connections and load; look "
                  "there first");
    }
  }
}

bool names_connection(const std::string& text) {
  return mentions(text, R"(database[-_ ]?url|connection[-_ ]?string|db[-_ ]?(host|url)|\bdsn\b|endpoint)");
}

/// A managed failover keeps the address (cloud.google.com/sql/docs/postgres/high-availability,
/// docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html).
void check_endpoint(RunbookPage& page) {
  for (const RunbookSection& section : page.document().sections) {
    const std::string text = text_of(page, section);
    if (!mentions(section.title, R"(fail ?-?over|switch ?-?over)") ||
        !mentions(text, R"(cloud ?sql|\brds\b|gcloud|\baws\b|managed|cloud provider)") ||
        mentions(text, R"(only if|if the (address|endpoint|host)|(same|keeps the) (address|endpoint|ip))"))
      continue;
    for (std::size_t i = section.first_step; i < section.end_step; ++i) {
      const RunbookStep& step = page.document().steps[i];
      if (step.kind != StepKind::command || !names_connection(step.text + " " + step.explanation)) continue;
      page.note(
          "endpoint-kept-by-failover", step.line, "kubectl",
          "a managed failover keeps the address: this is needed only if the address changes, and its restart "
          "takes pods away for nothing");
      break;
    }
  }
}

/// A server that is out of slots refuses the probe like everybody.
void check_probe(RunbookPage& page, const StepCommand& command, int line) {
  const bool client = command.has("psql") || command.has("mysql");
  if (command.kubectl("run") && client)
    page.note("probe-needs-a-slot", line, "kubectl run",
              "needs an image to be pulled and a free connection: refused, it does not say that the database "
              "is down");
}

/// base64 takes the newline of echo along.
void check_newline(RunbookPage& page, const RunbookStep& step) {
  static const re2::RE2 encoded(R"(\becho\s+(?:[^-\s|]|-[^n\s])[^|]*\|\s*base64\b)");
  if (re2::RE2::PartialMatch(step.text, encoded))
    page.error(
        "newline-in-the-value", step.line, "echo",
        "echo ends with a newline, which becomes part of the value; `printf %s` or `echo -n` has none");
}

/// Pods with new values beside a server with the old ones. postgresql.org/docs/current/sql-alterrole.html:
/// sessions that are open stay open.
void check_rotation(RunbookPage& page, const RunbookSection& section) {
  const std::string text = text_of(page, section);
  const bool rotates =
      mentions(text, R"(\brotat\w* .{0,40}(credential|secret|password|key|token)s?|new credentials)");
  const bool changes =
      std::any_of(page.commands().begin(), page.commands().end(), [&](const StepCommand& command) {
        const bool inside = command.step >= section.first_step && command.step < section.end_step;
        return inside && mentions(page.document().steps[command.step].text,
                                  R"(kubectl .*\b(delete|create|patch|apply|edit|replace)\b.*\bsecrets?\b)");
      });
  if (!rotates || !changes) return;
  std::string missing;
  if (!mentions(
          text,
          R"(alter (role|user)|set-password|\brevok\w*|modify-db|invalidat\w*|rotate-(master|password)|vault )"))
    missing = "the server still takes the old password";
  if (!mentions(
          text,
          R"(terminat\w* .{0,30}(session|connection|backend)s?|pg_terminate_backend|kill .{0,20}(session|connection)s?)"))
    missing += std::string(missing.empty() ? "" : ", ") + "open sessions stay open";
  if (!mentions(text, R"(restart|delete pods?\b|rollout|redeploy)"))
    missing += std::string(missing.empty() ? "" : ", ") + "running pods keep the old values";
  if (!missing.empty())
    page.warn("rotation-is-not-complete", section.line, section.title,
              "rotates credentials in the cluster, but by these steps " + missing);
}

}  // namespace

void lint_database(RunbookPage& page) {
  check_scaling(page);
  check_advice(page);
  check_endpoint(page);
  for (const StepCommand& command : page.commands())
    check_probe(page, command, page.document().steps[command.step].line);
  for (const RunbookStep& step : page.document().steps)
    if (step.kind == StepKind::command) check_newline(page, step);
  const auto& sections = page.document().sections;
  for (std::size_t i = 0; i < sections.size(); ++i)
    if (is_innermost(page, i)) check_rotation(page, sections[i]);
}

}  // namespace muster
