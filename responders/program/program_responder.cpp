#include "responders/program/program_responder.hpp"

#include <map>

#include "responders/console/console.hpp"
#include "responders/program/program_message.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

using Kind = ProgramMessage::Kind;

/// What is told about a message in the journal. Reads and waits stand there by themselves.
std::string told(const ProgramMessage& message) {
  if (message.kind == Kind::run) return message.text;
  if (message.kind == Kind::request && message.verb != "GET") return message.verb + " " + message.path;
  return {};
}

JsonValue answer_json(const Answer& answer) {
  JsonValue json = JsonValue::object();
  json.member("status") = std::int64_t{answer.status};
  json.member("contentType") = answer.content_type;
  json.member("body") = answer.body;
  return json;
}

/// One play: the program, its terminal, its watches.
class Play {
 public:
  Play(const ProgramPlan& plan, ResponderHost& host, const std::string& actor)
      : plan_(plan), host_(host), actor_(actor), console_(host, actor) {}

  Task<void> run();
  Task<void> gather_pages();

 private:
  Task<JsonValue> answer_to(const ProgramMessage& message);
  Task<JsonValue> run_command(const ProgramMessage& message);
  Task<JsonValue> wait(const ProgramMessage& message);
  Task<JsonValue> watch(const ProgramMessage& message);
  JsonValue ask(const ProgramMessage& message);
  JsonValue query(const ProgramMessage& message);
  std::shared_ptr<Stream> stream_of(const ProgramMessage& message, JsonValue& answer);
  Result<void> send(JsonValue json);
  Result<void> send_signals();
  Result<void> greet();
  Result<ReadMessage> receive();
  Task<bool> serve(const ReadMessage& read);
  void fail(const std::string& why);
  void tell(ResponderChange change, std::string text) {
    host_.tell(ResponderFact{plan_.name, change, "", 0, std::move(text)});
  }

  const ProgramPlan& plan_;
  ResponderHost& host_;
  std::string actor_;
  Console console_;
  std::unique_ptr<ProgramLink> link_;
  std::uint64_t pages_ = 0, signalled_ = 0;  // that have come, that it was told of
  std::map<std::int64_t, std::shared_ptr<Stream>> watches_;
  std::int64_t next_watch_ = 1;
  SimTime instant_{};
  int at_instant_ = 0, mistakes_ = 0;
  bool over_ = false;
};

void Play::fail(const std::string& why) {
  over_ = true;
  tell(ResponderChange::failed, why);
}

// Runs beside the conversation for as long as the drill lasts.
Task<void> Play::gather_pages() {
  for (;;) {
    next_alert told_of(host_, pages_);
    pages_ = co_await told_of;
  }
}

Result<void> Play::send(JsonValue json) {
  json.member("now") = seconds_of(host_.now());
  json.member("time") = format_rfc3339(host_.epoch(), host_.now());
  return link_->send(to_json(json));
}

Result<void> Play::greet() {
  JsonValue hello = JsonValue::object();
  hello.member("hello") = std::int64_t{program_protocol};
  hello.member("actor") = actor_;
  if (plan_.horizon != sim_never) hello.member("horizon") = seconds_of(plan_.horizon);
  return send(std::move(hello));
}

/// The pages that have come since, before the answer.
Result<void> Play::send_signals() {
  if (signalled_ == pages_) return {};
  const Answer answer = host_.submit(Request{actor_, "GET", "/desk/v1/pages", {}, {}});
  const auto body = parse_json(answer.body);
  while (signalled_ < pages_) {
    ++signalled_;
    JsonValue signal = body ? (*body)["pages"].at(signalled_ - 1) : JsonValue::object();
    signal.member("signal") = "page";
    signal.member("page") = static_cast<std::int64_t>(signalled_);
    if (auto sent = send(std::move(signal)); !sent) return sent;
  }
  return {};
}

Result<ReadMessage> Play::receive() {
  auto line = link_->receive();
  if (!line) return line.error();
  auto read = read_program_message(*line);
  if (!read) return read;
  if (host_.now() != instant_) at_instant_ = 0;
  instant_ = host_.now();
  if (++at_instant_ > program_messages_per_instant)
    return invalid_input(
        fmt::format("it sent {} messages without letting time pass", program_messages_per_instant));
  if (!read->mistake.empty() && ++mistakes_ > program_mistakes_allowed)
    return invalid_input(fmt::format("more than {} of its messages could not be understood, the last: {}",
                                     program_mistakes_allowed, read->mistake));
  return read;
}

Task<void> Play::run() {
  auto link = plan_.launch(plan_.command);
  if (!link) {
    fail(link.error().text());
    co_return;
  }
  link_ = std::move(*link);
  tell(ResponderChange::began, "protocol " + std::to_string(program_protocol));
  if (const auto greeted = greet(); !greeted) fail(greeted.error().message);
  while (!over_) {
    const auto read = receive();
    if (!read) {
      fail(read.error().message);
      break;
    }
    Task<bool> serving = serve(*read);
    const bool go_on = co_await serving;
    if (!go_on) break;
  }
  link_.reset();
}

/// False: that was the last.
Task<bool> Play::serve(const ReadMessage& read) {
  const ProgramMessage& message = read.message;
  if (read.mistake.empty() && message.kind == Kind::done) {
    const auto finished = link_->finish();
    if (finished)
      tell(ResponderChange::finished, message.text.empty() ? "done" : message.text);
    else
      fail(finished.error().message);
    co_return false;
  }
  sleep_for thinking(host_, message.think.value_or(plan_.think));
  co_await thinking;
  JsonValue answer = JsonValue::object();
  if (!read.mistake.empty()) {
    answer.member("error") = read.mistake;
  } else {
    Task<JsonValue> answering = answer_to(message);
    answer = co_await answering;
  }
  answer.member("id") = message.id;
  auto sent = send_signals();
  if (sent) sent = send(std::move(answer));
  if (!sent) fail(sent.error().message);
  co_return sent.has_value();
}

Task<JsonValue> Play::answer_to(const ProgramMessage& message) {
  if (const std::string text = told(message); !text.empty()) tell(ResponderChange::step, text);
  JsonValue answer = JsonValue::object();
  if (message.kind == Kind::run) {
    Task<JsonValue> running = run_command(message);
    answer = co_await running;
  } else if (message.kind == Kind::request) {
    answer = ask(message);
  } else if (message.kind == Kind::query) {
    answer = query(message);
  } else if (message.kind == Kind::sleep) {
    sleep_for sleeping(host_, message.span);
    co_await sleeping;
  } else if (message.kind == Kind::wait) {
    Task<JsonValue> waiting = wait(message);
    answer = co_await waiting;
  } else if (message.kind == Kind::watch) {
    Task<JsonValue> watching = watch(message);
    answer = co_await watching;
  }
  co_return answer;
}

Task<JsonValue> Play::run_command(const ProgramMessage& message) {
  Task<CommandResult> running = console_.run(message.text);
  const CommandResult result = co_await running;
  if (!result.cannot_run.empty()) tell(ResponderChange::cannot_run, message.text + ": " + result.cannot_run);
  JsonValue answer = JsonValue::object();
  answer.member("exitCode") = std::int64_t{result.exit_code};
  answer.member("stdout") = result.out;
  answer.member("stderr") = result.err;
  co_return answer;
}

JsonValue Play::ask(const ProgramMessage& message) {
  return answer_json(host_.submit(
      Request{actor_, message.verb, message.path, message.content_type, message.body, message.accept, {}}));
}

JsonValue Play::query(const ProgramMessage& message) {
  const Answer answer =
      host_.submit(Request{actor_, "GET", "/api/v1/query?query=" + percent_encoded(message.text), {}, {}});
  JsonValue json = JsonValue::object();
  json.member("status") = std::int64_t{answer.status};
  const auto body = parse_json(answer.body);
  if (!body) return json;
  if ((*body).has("data")) json.member("data") = (*body)["data"];
  if ((*body).has("error")) json.member("error") = (*body)["error"];
  return json;
}

/// Until a page comes, a condition holds, or the time is over; "fired" says whether it was one of the first.
Task<JsonValue> Play::wait(const ProgramMessage& message) {
  const SimTime deadline = host_.now() + message.span;
  const SimDuration look = message.until ? message.every : SimDuration(1s);
  bool fired = false;
  for (;;) {
    fired = message.until_page && pages_ > signalled_;
    if (!fired && message.until)
      fired = check_condition(*message.until, Asker{host_, actor_, "default"}, {}).holds;
    if (fired || host_.now() >= deadline) break;
    sleep_for next_look(host_, std::min(look, deadline - host_.now()));
    co_await next_look;
  }
  JsonValue answer = JsonValue::object();
  answer.member("fired") = fired;
  co_return answer;
}

/// A new watch, or a further look into one that goes on. Null: `answer` says why not.
std::shared_ptr<Stream> Play::stream_of(const ProgramMessage& message, JsonValue& answer) {
  if (message.watch != 0) {
    const auto known = watches_.find(message.watch);
    if (known != watches_.end()) return known->second;
    answer.member("error") = fmt::format("there is no watch {}", message.watch);
    return nullptr;
  }
  const Answer begun = host_.submit(Request{actor_, "GET", message.path, {}, {}, message.accept, {}});
  answer = answer_json(begun);
  if (begun.stream) watches_[next_watch_] = begun.stream;
  return begun.stream;
}

Task<JsonValue> Play::watch(const ProgramMessage& message) {
  JsonValue answer = JsonValue::object();
  const std::shared_ptr<Stream> stream = stream_of(message, answer);
  if (!stream) co_return answer;
  stream_ready something(host_, stream, host_.now() + message.span);
  const bool ready = co_await something;
  JsonValue lines = JsonValue::array();
  if (ready)
    for (std::string& line : stream->take()) lines.append(std::move(line));
  answer.member("watch") = message.watch != 0 ? message.watch : next_watch_++;
  answer.member("lines") = std::move(lines);
  answer.member("ended") = stream->ended();
  co_return answer;
}

}  // namespace

Task<void> ProgramResponder::play(ResponderHost& host) {
  Play play(plan_, host, actor_);
  Task<void> gathering = play.gather_pages();
  gathering.start();
  Task<void> talking = play.run();
  co_await talking;
  // The page watcher still waits in the engine and needs its frame until the drill's end.
  std::suspend_always for_ever;
  co_await for_ever;
}

}  // namespace muster
