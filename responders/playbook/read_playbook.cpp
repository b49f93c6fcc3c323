#include <algorithm>
#include <set>

#include "responders/playbook/playbook.hpp"
#include "responders/playbook/read_step.hpp"

namespace muster {
namespace {

Trigger read_trigger(const YamlNode& node, ReadContext& context, SimTime horizon) {
  FieldReader reader(node, playbook_format().table("trigger"), context);
  Trigger trigger;
  trigger.line = node.line;
  const std::string chosen = reader.chosen();
  trigger.alert = reader.text("alert");
  trigger.labels = reader.text_map("labels");
  trigger.condition.text = reader.text("promql");
  const YamlNode& query = reader.at("promql");
  trigger.condition.line = query.line;
  trigger.condition.column = query.column;
  trigger.every = reader.duration("every", 15s);
  trigger.at = sim_start + reader.duration("at");
  if (chosen == "promql") trigger.kind = Trigger::Kind::promql;
  if (chosen == "at") trigger.kind = Trigger::Kind::at;
  if (trigger.every <= SimDuration::zero()) reader.fail("every", "\"every\" must be longer than 0s");
  if (chosen != "alert" && reader.has("labels")) reader.fail("labels", "\"labels\" belongs to \"alert\"");
  if (chosen != "promql" && reader.has("every")) reader.fail("every", "\"every\" belongs to \"promql\"");
  if (chosen == "at" && trigger.at >= horizon)
    reader.fail("at", fmt::format("\"at\" is {}; expected a time before the horizon of the drill, {}",
                                  format_duration(trigger.at.time_since_epoch()),
                                  format_duration(horizon.time_since_epoch())));
  reader.finish();
  return trigger;
}

void read_procedures(FieldReader& reader, Playbook& book) {
  for_each_entry(reader.node("procedures"), reader.context(), [&](const YamlNode& key, const YamlNode& list) {
    if (key.scalar == "abort" || key.scalar == "continue")
      reader.context().fail(
          key, fmt::format("\"{}\" has a meaning of its own; name the procedure otherwise", key.scalar));
    book.procedures.emplace_back(key.scalar, read_steps(list, reader.context()));
  });
}

template <class Visit>
void each_step(const PlaybookSteps& steps, const Visit& visit) {
  for (const PlaybookStep& step : steps) {
    visit(step);
    each_step(step.then, visit);
    each_step(step.otherwise, visit);
    for (const auto& [value, list] : step.cases) each_step(list, visit);
  }
}

/// The procedures a step may go to.
std::vector<std::string> branches_of(const PlaybookStep& step) {
  std::vector<std::string> names;
  if (step.action == PlaybookStep::Action::call) names.push_back(step.text);
  if (step.on_failure != "abort" && step.on_failure != "continue") names.push_back(step.on_failure);
  return names;
}

class BranchCheck {
 public:
  BranchCheck(const Playbook& book, ReadContext& context) : book_(book), context_(context) {}

  void run() {
    check(book_.steps);
    for (const auto& [name, steps] : book_.procedures) {
      check(steps);
      std::set<std::string> path{name};
      follow(steps, path);
    }
  }

 private:
  void check(const PlaybookSteps& steps) {
    std::vector<std::string> known;
    for (const auto& [name, list] : book_.procedures) known.push_back(name);
    each_step(steps, [&](const PlaybookStep& step) {
      for (const std::string& name : branches_of(step))
        if (book_.procedure(name) == nullptr) fail(step, unknown(name, known, step));
    });
  }

  static std::string unknown(const std::string& name, std::vector<std::string> known,
                             const PlaybookStep& step) {
    if (step.action != PlaybookStep::Action::call || name != step.text)
      known.insert(known.begin(), {"abort", "continue"});
    return fmt::format("no procedure \"{}\"{}", name,
                       known.empty() ? "; the playbook has none" : expected_one_of(name, known));
  }

  // Without cycles every playbook ends.
  void follow(const PlaybookSteps& steps, std::set<std::string>& path) {
    each_step(steps, [&](const PlaybookStep& step) {
      for (const std::string& name : branches_of(step)) {
        const PlaybookSteps* target = book_.procedure(name);
        if (target == nullptr || context_.first_error) return;
        if (!path.insert(name).second)
          return fail(step,
                      fmt::format("procedure \"{}\" would call itself; use retries or waitUntil", name));
        follow(*target, path);
        path.erase(name);
      }
    });
  }

  void fail(const PlaybookStep& step, std::string message) {
    YamlNode at;
    at.line = step.line;
    at.column = step.column;
    context_.fail(at, std::move(message));
  }

  const Playbook& book_;
  ReadContext& context_;
};

void read_head(FieldReader& reader, Playbook& book) {
  reader.whole("muster");
  book.name = reader.text("playbook");
  book.summary = reader.text("summary");
  book.quality = reader.text("quality");
  book.drills = reader.texts("drills");
  book.namespace_ = reader.text("namespace", "default");
  book.pace = reader.duration("pace", 2s);
  book.variables = reader.text_map("variables");
}

}  // namespace

const PlaybookSteps* Playbook::procedure(std::string_view wanted) const {
  const auto found = std::find_if(procedures.begin(), procedures.end(),
                                  [&](const auto& one) { return one.first == wanted; });
  return found == procedures.end() ? nullptr : &found->second;
}

Result<Playbook> read_playbook(std::string_view text, const std::string& file, SimTime horizon) {
  const auto document = read_yaml(text, file);
  if (!document) return document.error();
  ReadContext context{file, {}};
  Playbook book;
  book.file = file;
  FieldReader reader(*document, playbook_format().tables.front(), context);
  read_head(reader, book);
  for (const YamlNode& item : reader.items("on"))
    book.triggers.push_back(read_trigger(item, context, horizon));
  if (book.triggers.empty() && reader.has("on"))
    reader.fail("on", "\"on\" is empty; expected one trigger or more");
  for (const YamlNode& item : reader.items("steps")) book.steps.push_back(read_step(item, context));
  if (book.steps.empty() && reader.has("steps"))
    reader.fail("steps", "\"steps\" is empty; expected one or more");
  read_procedures(reader, book);
  reader.finish();
  if (!context.first_error) BranchCheck(book, context).run();
  if (context.first_error) return *context.first_error;
  return book;
}

}  // namespace muster
