#include "responders/program/program_message.hpp"

#include <algorithm>

#include "sim/spelling.hpp"

namespace muster {
namespace {

using Kind = ProgramMessage::Kind;

struct Form {
  const char* word;
  Kind kind;
  std::vector<std::string> fields;
};

const std::vector<Form>& forms() {
  static const std::vector<Form> all{
      {"hello", Kind::hello, {"protocol", "name"}},
      {"run", Kind::run, {"command"}},
      {"request", Kind::request, {"verb", "path", "body", "contentType", "accept"}},
      {"query", Kind::query, {"promql"}},
      {"sleep", Kind::sleep, {"for"}},
      {"wait",
       Kind::wait,
       {"for", "every", "page", "promql", "object", "namespace", "jsonpath", "equals", "matches", "atLeast",
        "atMost", "exists"}},
      {"watch", Kind::watch, {"path", "watch", "for", "accept"}},
      {"done", Kind::done, {"text"}}};
  return all;
}

const Form* find_form(const std::string& word) {
  const auto found =
      std::find_if(forms().begin(), forms().end(), [&](const Form& form) { return word == form.word; });
  return found == forms().end() ? nullptr : &*found;
}

class Reader {
 public:
  Reader(const JsonValue& json, ReadMessage& read) : json_(json), read_(read) {}

  void run() {
    read_.message.id = json_["id"];
    const std::string& word = json_["do"].text();
    const Form* form = find_form(word);
    if (form == nullptr) return fail(unknown_word(word));
    read_.message.kind = form->kind;
    check_fields(*form);
    read_.message.think = duration("think");
    read_texts(form->kind);
    read_.message.span = duration("for").value_or(SimDuration::zero());
    read_.message.every = duration("every").value_or(15s);
    if (read_.message.every <= SimDuration::zero()) fail("\"every\" must be longer than 0s");
    read_.message.watch = json_["watch"].whole();
    if (form->kind == Kind::wait) read_until();
    check_needs(form->kind);
  }

 private:
  void fail(std::string mistake) {
    if (read_.mistake.empty()) read_.mistake = std::move(mistake);
  }

  static std::string unknown_word(const std::string& word) {
    std::vector<std::string> words;
    for (const Form& form : forms()) words.emplace_back(form.word);
    return fmt::format("\"do\" is \"{}\"; expected one of {}{}", word, fmt::join(words, ", "),
                       did_you_mean(word, words));
  }

  void check_fields(const Form& form) {
    for (const auto& [name, value] : json_.members()) {
      const bool known = name == "id" || name == "do" || name == "think" ||
                         std::find(form.fields.begin(), form.fields.end(), name) != form.fields.end();
      if (!known)
        fail(fmt::format("\"{}\" has no field \"{}\"{}", form.word, name, did_you_mean(name, form.fields)));
    }
  }

  std::optional<SimDuration> duration(const char* field) {
    const JsonValue& value = json_[field];
    if (value.is_null()) return std::nullopt;
    if (value.is_number() && value.real() >= 0 && value.real() < 1e9)
      return duration_from_seconds(value.real());
    const auto parsed = parse_duration(value.text());
    if (parsed && *parsed >= SimDuration::zero()) return *parsed;
    fail(fmt::format("\"{}\" is no duration; expected seconds or \"1m30s\"", field));
    return std::nullopt;
  }

  std::string text(const char* field) {
    const JsonValue& value = json_[field];
    if (!value.is_null() && !value.is_string()) fail(fmt::format("\"{}\" is no text", field));
    return value.text();
  }

  void read_texts(Kind kind) {
    ProgramMessage& message = read_.message;
    if (kind == Kind::run) message.text = text("command");
    if (kind == Kind::query) message.text = text("promql");
    if (kind == Kind::done) message.text = text("text");
    if (kind == Kind::hello) message.text = text("name");
    message.path = text("path");
    message.verb = json_.has("verb") ? text("verb") : "GET";
    message.content_type = text("contentType");
    message.accept = text("accept");
    const JsonValue& body = json_["body"];
    message.body = body.is_string() ? body.text() : body.is_null() ? "" : to_json(body);
    if (!message.body.empty() && message.content_type.empty()) message.content_type = "application/json";
  }

  void read_until() {
    read_.message.until_page = json_["page"].truth();
    PlayCondition condition;
    if (json_.has("promql")) {
      condition.text = text("promql");
    } else if (json_.has("object")) {
      condition.kind = PlayCondition::Kind::object;
      condition.text = text("object");
      condition.namespace_ = text("namespace");
      condition.json_path = text("jsonpath");
      read_tests(condition);
    } else {
      return;
    }
    read_.message.until = std::move(condition);
  }

  void read_tests(PlayCondition& condition) {
    if (json_.has("equals"))
      condition.tests.push_back({Comparison::Kind::equals, display_text(json_["equals"])});
    if (json_.has("matches")) condition.tests.push_back({Comparison::Kind::matches, text("matches")});
    if (json_.has("atLeast"))
      condition.tests.push_back({Comparison::Kind::at_least, {}, json_["atLeast"].real()});
    if (json_.has("atMost"))
      condition.tests.push_back({Comparison::Kind::at_most, {}, json_["atMost"].real()});
    if (json_.has("exists"))
      condition.tests.push_back({Comparison::Kind::exists, {}, 0, json_["exists"].truth()});
  }

  void check_needs(Kind kind) {
    const ProgramMessage& message = read_.message;
    if ((kind == Kind::run || kind == Kind::query) && message.text.empty())
      fail(kind == Kind::run ? "\"run\" needs a \"command\"" : "\"query\" needs a \"promql\"");
    if (kind == Kind::request && (message.path.empty() || message.path.front() != '/'))
      fail("\"request\" needs a \"path\" that begins with \"/\"");
    if (kind == Kind::watch && message.path.empty() == (message.watch == 0))
      fail("\"watch\" needs either a \"path\" or the number of a \"watch\"");
    if (kind == Kind::sleep && !json_.has("for")) fail("\"sleep\" needs a \"for\"");
    if (kind == Kind::wait && !json_.has("for")) fail("\"wait\" needs a \"for\": how long at most");
  }

  const JsonValue& json_;
  ReadMessage& read_;
};

}  // namespace

Result<ReadMessage> read_program_message(const std::string& line) {
  const auto json = parse_json(line);
  if (!json || !json->is_object()) return invalid_input("it wrote no JSON object: " + line.substr(0, 80));
  ReadMessage read;
  Reader(*json, read).run();
  return read;
}

}  // namespace muster
