#include "tests/unit/responders/fake_host.hpp"

#include <algorithm>

#include "responders/console/console.hpp"

namespace muster::test {

std::vector<std::string> FakeStream::take() {
  std::vector<std::string> out;
  for (; taken_ < lines_.size() && lines_[taken_].first <= host_.now(); ++taken_)
    out.push_back(lines_[taken_].second);
  return out;
}

bool FakeStream::ready() const {
  return next_at() <= host_.now();
}

Answer FakeHost::submit(Request request) {
  const std::string full = request.verb + " " + request.path;
  requests.push_back(std::move(request));
  request_times.push_back(now_);
  const bool wants_table = requests.back().accept.find("as=Table") != std::string::npos;
  const std::string path = full.substr(0, full.find('?'));
  for (const auto& key : {wants_table ? "TABLE " + path : full, full, path}) {
    const auto found = canned_.find(key);
    if (found == canned_.end()) continue;
    Canned& canned = found->second;
    const Answer answer = canned.answers[canned.next];
    canned.next = std::min(canned.next + 1, canned.answers.size() - 1);
    return answer;
  }
  Answer missing;
  missing.status = 404;
  missing.body =
      R"({"kind":"Status","status":"Failure","message":"no canned answer","reason":"NotFound","code":404})";
  return missing;
}

void FakeHost::answer(const std::string& verb_and_path, std::string body, int status) {
  Answer answer;
  answer.status = status;
  answer.body = std::move(body);
  canned_[verb_and_path].answers.push_back(std::move(answer));
}

void FakeHost::answer_stream(const std::string& verb_and_path,
                             std::vector<std::pair<SimTime, std::string>> lines, bool stays_open) {
  Answer answer;
  answer.stream = std::make_shared<FakeStream>(*this, std::move(lines), stays_open);
  canned_[verb_and_path].answers.push_back(std::move(answer));
}

void FakeHost::resume_at(SimTime at, std::coroutine_handle<> waiting) {
  pending_.push_back(Pending{at, next_number_++, waiting, nullptr});
}

void FakeHost::resume_when_ready(std::shared_ptr<Stream> stream, SimTime deadline,
                                 std::coroutine_handle<> waiting) {
  const auto& fake = dynamic_cast<const FakeStream&>(*stream);
  pending_.push_back(Pending{std::min(fake.next_at(), deadline), next_number_++, waiting, nullptr});
}

void FakeHost::resume_on_page(std::uint64_t* page, std::coroutine_handle<> waiting) {
  const SimTime at = next_page_ < pages_.size() ? pages_[next_page_] : sim_never;
  pending_.push_back(Pending{std::max(at, now_), next_number_++, waiting, page});
}

void FakeHost::run_until(SimTime end) {
  for (;;) {
    const auto next =
        std::min_element(pending_.begin(), pending_.end(), [](const Pending& a, const Pending& b) {
          return std::pair(a.at, a.number) < std::pair(b.at, b.number);
        });
    if (next == pending_.end() || next->at > end || next->at == sim_never) return;
    const Pending taken = *next;
    pending_.erase(next);
    now_ = taken.at;
    if (taken.page != nullptr) *taken.page = ++next_page_;
    taken.waiting.resume();
  }
}

std::vector<std::string> FakeHost::asked() const {
  std::vector<std::string> out;
  for (const auto& request : requests) out.push_back(request.verb + " " + request.path);
  return out;
}

namespace {

Task<void> run_into(Console& console, std::string line, CommandResult& result, bool& done) {
  Task<CommandResult> running = console.run(std::move(line));
  result = co_await running;
  done = true;
}

}  // namespace

CommandResult run_line(FakeHost& host, const std::string& line, EvidenceFolder files) {
  Console console(host, "responder-1");
  console.session().files = std::move(files);
  CommandResult result;
  bool done = false;
  Task<void> running = run_into(console, line, result, done);
  running.start();
  host.run_until();
  MUSTER_ASSERT(done, "the line never ended");
  return result;
}

}  // namespace muster::test
