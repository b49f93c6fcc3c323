// A small deterministic twin of the drill for responders: virtual time, canned answers, and a record of what
// was asked and told.
#pragma once

#include <coroutine>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "responders/console/command.hpp"
#include "responders/responder.hpp"

namespace muster::test {

class FakeHost;

/// Says its lines at the times given, and ends after the last unless it stays open.
class FakeStream final : public Stream {
 public:
  FakeStream(const FakeHost& host, std::vector<std::pair<SimTime, std::string>> lines, bool stays_open)
      : host_(host), lines_(std::move(lines)), stays_open_(stays_open) {}
  std::vector<std::string> take() override;
  bool ready() const override;
  bool ended() const override { return !stays_open_ && taken_ == lines_.size(); }
  SimTime next_at() const { return taken_ < lines_.size() ? lines_[taken_].first : sim_never; }

 private:
  const FakeHost& host_;
  std::vector<std::pair<SimTime, std::string>> lines_;
  bool stays_open_;
  std::size_t taken_ = 0;
};

class FakeHost final : public ResponderHost {
 public:
  SimTime now() const override { return now_; }
  Epoch epoch() const override { return Epoch{1762007400}; }  // 2025-11-01T14:30:00Z
  Answer submit(Request request) override;
  void tell(ResponderFact fact) override { facts.push_back(std::move(fact)); }
  void resume_at(SimTime at, std::coroutine_handle<> waiting) override;
  void resume_when_ready(std::shared_ptr<Stream> stream, SimTime deadline,
                         std::coroutine_handle<> waiting) override;
  void resume_on_page(std::uint64_t* page, std::coroutine_handle<> waiting) override;
  RandomStream random(std::string_view entity, std::string_view purpose) const override {
    return RandomStream(seed, entity, purpose);
  }

  /// Answers "VERB PATH" (without the query first with it, then without). Several answers to one key are
  /// given in turn, the last for ever. "TABLE GET PATH" goes before them for who asks for a Table.
  void answer(const std::string& verb_and_path, std::string body, int status = 200);
  void answer_stream(const std::string& verb_and_path, std::vector<std::pair<SimTime, std::string>> lines,
                     bool stays_open = false);
  void page_at(SimTime at) { pages_.push_back(at); }
  void set_now(SimTime at) { now_ = at; }
  /// Resumes what waits, in the order of time, up to `end`.
  void run_until(SimTime end = sim_never);

  std::uint64_t seed = 7;
  std::vector<Request> requests;
  std::vector<SimTime> request_times;
  std::vector<ResponderFact> facts;

  /// "VERB PATH" of every request so far.
  std::vector<std::string> asked() const;

 private:
  struct Pending {
    SimTime at;
    std::uint64_t number;
    std::coroutine_handle<> waiting;
    std::uint64_t* page;
  };
  struct Canned {
    std::vector<Answer> answers;
    std::size_t next = 0;
  };
  SimTime now_ = sim_start;
  std::uint64_t next_number_ = 0, next_page_ = 0;
  std::vector<Pending> pending_;
  std::map<std::string, Canned> canned_;
  std::vector<SimTime> pages_;
};

/// Runs a line in a fresh console and gives what it printed; the line must end before time does.
CommandResult run_line(FakeHost& host, const std::string& line, EvidenceFolder files = {});

}  // namespace muster::test
