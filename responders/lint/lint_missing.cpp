// What is not there: steps that only point elsewhere, changes that nobody checks, changes without a way back,
// a breach that is never closed.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "responders/lint/page_text.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

constexpr const char* recovers = R"(\b(restor|fail ?-?over|switch ?-?over|recover|promot))";
constexpr const char* carries_out =
    R"(failover|switchover|promote|restore|patronictl|repmgr|pg_ctl|wal-g|wal-e|pgbackrest|barman|reboot-db|velero)";

/// "See X", "Follow the provider's procedure": all there is of a step that brings data or service back.
bool only_points(const std::string& text) {
  return mentions(text, R"((^|\n)\W*(see|refer to|consult|follow|as described in)\b[^.]{0,80}($|\n|\.))") &&
         !mentions(text, R"(^\W*(see also|see (if|whether|what|how)|follow ?-?up)\b)");
}

bool does_recover(const RunbookPage& page, const RunbookSection& section) {
  const auto& commands = page.commands();
  return std::any_of(commands.begin(), commands.end(), [&](const StepCommand& command) {
    const bool inside = command.step >= section.first_step && command.step < section.end_step;
    return inside && mentions(page.document().steps[command.step].text, carries_out);
  });
}

void check_pointer(RunbookPage& page, std::size_t index) {
  const RunbookStep& step = page.document().steps[index];
  if (step.kind != StepKind::prose && step.kind != StepKind::note) return;
  if (mentions(step.text, R"(^\W*(TODO|TBD|FIXME|to be (written|done|added))\b)"))
    return page.warn("step-is-missing", step.line, "", "the step is still to be written");
  const RunbookSection* section = page.section_of(index);
  const std::string about = step.explanation + " " + (section ? section->title : "");
  if (!section || !only_points(step.text) || !mentions(about, recovers) || does_recover(page, *section))
    return;
  page.warn("step-is-only-a-link", step.line, "",
            fmt::format("\"{}\" only points elsewhere: nothing here can be followed when it is needed",
                        trimmed(step.explanation.empty() ? section->title : step.explanation)));
}

/// Changes the objects of a cluster.
bool alters(const StepCommand& command) {
  for (const char* subcommand :
       {"rollout undo", "rollout restart", "scale", "set", "patch", "edit", "label", "annotate", "apply",
        "replace", "delete", "drain", "cordon", "autoscale", "taint"})
    if (command.kubectl(subcommand)) return true;
  return false;
}

/// Shows whether it worked.
bool shows_state(const StepCommand& command) {
  for (const char* subcommand :
       {"get", "describe", "logs", "top", "rollout status", "wait", "events", "exec", "run"})
    if (command.kubectl(subcommand)) return true;
  return !command.words.empty() && !command.is("kubectl") && !command.is("echo") && !command.is("sleep");
}

/// The last command of the section that alters something, if no later step of it looks.
const StepCommand* unchecked_change(const RunbookPage& page, const RunbookSection& section) {
  const StepCommand* last = nullptr;
  for (const StepCommand& command : page.commands()) {
    if (command.step < section.first_step || command.step >= section.end_step) continue;
    if (alters(command)) last = &command;
    if (last && command.step >= last->step && shows_state(command)) last = nullptr;
  }
  for (std::size_t step = section.first_step; last && step < section.end_step; ++step) {
    const RunbookStep& each = page.document().steps[step];
    const bool looks =
        each.kind == StepKind::query ||
        mentions(
            each.explanation + " " + each.text,
            R"(\b(verif|confirm|check (that|whether|if)|watch|monitor|make sure|ensure|should (be|show)|wait (until|for)|until)\w*)");
    if (looks && step >= last->step) last = nullptr;
  }
  return last;
}

bool is_reference(const std::string& title) {
  return mentions(
      title, R"(\b(cheat ?sheet|useful commands|reference|appendix|commands|examples?|emergency actions)\b)");
}

void check_verification(RunbookPage& page) {
  const auto& sections = page.document().sections;
  const bool elsewhere = std::any_of(sections.begin(), sections.end(), [](const RunbookSection& section) {
    return mentions(section.title,
                    R"(\b(verif|validat|confirm|post-?check|exit criteria|afterwards|resolution)\w*)");
  });
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (!is_innermost(page, i) || is_reference(sections[i].title)) continue;
    const StepCommand* change = unchecked_change(page, sections[i]);
    if (!change) continue;
    const int line = page.document().steps[change->step].line;
    const std::string message =
        fmt::format("nothing in \"{}\" looks whether this has worked", sections[i].title);
    elsewhere ? page.note("change-without-check", line, "kubectl", message)
              : page.warn("change-without-check", line, "kubectl", message);
  }
}

/// What is left as it is needs another command to be as it was.
void check_way_back(RunbookPage& page) {
  const StepCommand* first = nullptr;
  for (const StepCommand& command : page.commands()) {
    bool stays = false;
    for (const char* subcommand :
         {"scale", "set", "patch", "edit", "label", "apply", "replace", "cordon", "drain"})
      stays = stays || command.kubectl(subcommand);
    if (stays && !first) first = &command;
  }
  const std::string whole = text_of(page);
  if (!first ||
      mentions(
          whole,
          R"(\b(roll(ing|ed)? ?-?back|undo|revert|restor\w*|back ?out|go(ing)? back|way back|uncordon|put .{1,30} back|scale (it )?(back|down))\b)"))
    return;
  page.warn("no-way-back", page.document().steps[first->step].line, "kubectl",
            "the page changes the system, and nowhere says how to take a change back that makes it worse");
}

struct Opposite {
  const char *change, *undoes, *left;
};
constexpr Opposite opposites[] = {
    {"cordon", "uncordon", "nothing uncordons the node: it takes no pods for ever"},
    {"drain", "uncordon", "nothing uncordons the node: it takes no pods for ever"},
    {"rollout pause", "rollout resume", "nothing resumes the rollout: the next release does not go out"}};

void check_left_behind(RunbookPage& page) {
  const auto& commands = page.commands();
  for (const Opposite& pair : opposites) {
    const auto done = std::find_if(commands.begin(), commands.end(),
                                   [&](const StepCommand& command) { return command.kubectl(pair.change); });
    const bool undone =
        mentions(text_of(page), pair.undoes) ||
        mentions(text_of(page), R"(\b(delete|remove|replace|repair)\w* (the )?node\b|delete node)");
    if (done != commands.end() && !undone)
      page.warn("not-taken-back", page.document().steps[done->step].line, pair.change, pair.left);
  }
}

void check_breach(RunbookPage& page, const RunbookSection& section) {
  const std::string text = text_of(page, section);
  if (!mentions(
          text,
          R"(\b(eradicat\w*|rebuil[dt]|re-?deploy\w*|re-?imag\w*|re-?install\w*|known[- ]good|clean (image|state|node|pod|start|install)s?|backdoors?|persistence|malware|vulnerab\w*|(close[sd]? the|the) (hole|way in)|rollout undo)\b)"))
    page.warn("breach-without-eradication", section.line, section.title,
              "nothing removes what the intruder left or closes the way in: no clean rebuild, no fix; it "
              "begins again");
  if (!mentions(
          text,
          R"(\b(exit criteri\w*|clos(e|ed|ing) (the incident )?(when|once|if|only)|(is|are) over (when|once)|ends? (when|once)|end of the incident|no (new|further|more|other) \w+|(for|after) \d+ ?(min|hour|day)\w*|until|all clear|contained when)\b)"))
    page.warn("breach-without-exit", section.line, section.title,
              "nothing says what must hold before the incident is over");
}

void check_breaches(RunbookPage& page) {
  const auto& sections = page.document().sections;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const bool about = mentions(
        sections[i].title,
        R"(\b(security (breach|incident|compromise)|breach|intru(sion|der)|compromised?|break-?in)\b)");
    const bool inside_another =
        i > 0 && std::any_of(sections.begin(), sections.begin() + static_cast<std::ptrdiff_t>(i),
                             [&](const RunbookSection& outer) {
                               return outer.level < sections[i].level &&
                                      outer.end_step >= sections[i].end_step &&
                                      outer.first_step <= sections[i].first_step &&
                                      mentions(outer.title, "breach|security incident|intru");
                             });
    // Two steps are a mention; from three on it is a procedure.
    if (about && !inside_another && sections[i].end_step - sections[i].first_step >= 3)
      check_breach(page, sections[i]);
  }
}

}  // namespace

void lint_missing(RunbookPage& page) {
  for (std::size_t i = 0; i < page.document().steps.size(); ++i) check_pointer(page, i);
  check_verification(page);
  check_way_back(page);
  check_left_behind(page);
  check_breaches(page);
}

}  // namespace muster
