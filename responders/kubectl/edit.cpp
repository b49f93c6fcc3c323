// kubectl edit with an editor that is a command line: KUBE_EDITOR="sed -i s/false/true/". An editor that a
// person sits in front of does not exist here.
#include <fmt/format.h>

#include "responders/console/shell_syntax.hpp"
#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/output.hpp"
#include "responders/kubectl/strategic_diff.hpp"
#include "responders/text/lines.hpp"

namespace muster::kubectl_handlers {
namespace {

constexpr std::string_view banner =
    "# Please edit the object below. Lines beginning with a '#' will be ignored,\n"
    "# and an empty file will abort the edit. If an error occurs while saving this file will be\n"
    "# reopened with the relevant failures.\n#\n";

std::string editor_of(const Session& session) {
  for (const char* name : {"KUBE_EDITOR", "EDITOR"}) {
    const auto found = session.variables.find(name);
    if (found != session.variables.end() && !found->second.empty()) return found->second;
  }
  return "vi";
}

/// Words of the editor's command line, which the real one gives to a shell.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  const auto script = parse_shell(line);
  if (!script || script->size() != 1 || script->front().stages.size() != 1) return words;
  for (const ShellWord& word : script->front().stages.front().words) {
    words.emplace_back();
    for (const WordPiece& piece : word.pieces) words.back() += piece.text;
  }
  return words;
}

std::string without_comments(const std::string& text) {
  std::string out;
  for (const auto& line : split_lines(text))
    if (!line.starts_with('#')) out += line + "\n";
  return out;
}

void save(KubectlCall& call, const Target& target, const JsonValue& before, const JsonValue& after) {
  const JsonValue patch = strategic_diff(before, after, before);
  if (patch.is_null()) return call.print("Edit cancelled, no changes made.");
  const ApiReply reply = call.api.patch(target.path() + "?fieldManager=kubectl-edit&fieldValidation=Strict",
                                        patch_type::strategic, to_json(patch));
  if (!reply.ok()) {
    const std::string error = server_error(reply);
    call.print_error(
        fmt::format("error: {} \"{}\" could not be patched: {}", qualified_plural(*target.type), target.name,
                    reply.body["message"].text().empty() ? error : reply.body["message"].text()));
    call.print_error(fmt::format(
        "You can run `kubectl replace -f /tmp/kubectl-edit-{}.yaml` to try this update again.", target.name));
    call.result.exit_code = 1;
    return;
  }
  call.print(target.printed() + " edited");
}

Task<void> edit_one(KubectlCall& call, Target target, std::vector<std::string> editor) {
  const JsonValue before = shown_object(call, target.object);
  const std::string file = fmt::format("/tmp/kubectl-edit-{}.yaml", target.name);
  call.session.files[file] = std::string(banner) + to_yaml(before);
  const std::string text = call.session.files[file];
  editor.push_back(file);
  Task<CommandResult> running = run_command(call.session, editor, {});
  CommandResult edited = co_await running;
  const std::string saved = call.session.files[file];
  call.session.files.erase(file);
  if (edited.exit_code != 0) {
    call.result.err += edited.err;
    call.fail(fmt::format("there was a problem with the editor \"{}\"", editor.front()));
    call.result.cannot_run = edited.cannot_run;
    co_return;
  }
  if (saved == text || trimmed(without_comments(saved)).empty()) {
    call.print("Edit cancelled, no changes made.");
    co_return;
  }
  const auto documents = parse_yaml(without_comments(saved), "edited-file");
  if (!documents || documents->size() != 1) {
    call.fail(fmt::format("the edited file failed validation: {}",
                          documents ? "expected one object" : documents.error().message));
    co_return;
  }
  save(call, target, before, documents->front());
}

}  // namespace

Task<void> edit(KubectlCall& call) {
  const std::string line = editor_of(call.session);
  const auto editor = words_of(line);
  if (editor.empty() || find_command(editor.front()) == nullptr) {
    call.fail(fmt::format("unable to launch the editor \"{}\"", line));
    call.result.cannot_run =
        "there is no editor here: set KUBE_EDITOR to a command, as in KUBE_EDITOR=\"sed -i s/old/new/\"";
    co_return;
  }
  for (const auto& target : get_targets(call, call.words)) {
    Task<void> editing = edit_one(call, target, editor);
    co_await editing;
  }
}

}  // namespace muster::kubectl_handlers
