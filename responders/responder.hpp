// Whoever acts on the incident: a runbook, a playbook, a program, nobody. A responder sees the world through
// Requests only, and spends virtual time like the person it stands for.
#pragma once

#include <coroutine>
#include <map>
#include <memory>
#include <string>

#include "api/request.hpp"
#include "journal/record.hpp"
#include "sim/random.hpp"
#include "sim/task.hpp"
#include "sim/time.hpp"

namespace muster {

/// What the drill gives to a responder. Implemented by drill/; tests have a small twin.
class ResponderHost {
 public:
  virtual ~ResponderHost() = default;
  virtual SimTime now() const = 0;
  virtual Epoch epoch() const = 0;
  /// Sends a request through the one door, stamped and journalled at now().
  virtual Answer submit(Request request) = 0;
  /// Puts a fact about the responder itself into the journal.
  virtual void tell(ResponderFact fact) = 0;
  /// Resumes `waiting` at `at` (in the request lane).
  virtual void resume_at(SimTime at, std::coroutine_handle<> waiting) = 0;
  /// Resumes `waiting` as soon as `stream` has something or ended, or at `deadline`.
  virtual void resume_when_ready(std::shared_ptr<Stream> stream, SimTime deadline,
                                 std::coroutine_handle<> waiting) = 0;
  /// Resumes `waiting` when the next page that nobody has been given yet reaches the pager; at once if there
  /// is one. The page's number is written to `page` first.
  virtual void resume_on_page(std::uint64_t* page, std::coroutine_handle<> waiting) = 0;
  /// Resumes `waiting` when there is a page later than number `after`, whoever else got it: what a webhook is
  /// told, as opposed to the pager, which calls one person. At once if there is one.
  virtual void resume_on_alert(std::uint64_t after, std::uint64_t* page, std::coroutine_handle<> waiting) {
    (void)after;
    resume_on_page(page, waiting);
  }
  /// A stream of random numbers of this run.
  virtual RandomStream random(std::string_view entity, std::string_view purpose) const = 0;
};

/// co_await sleep_for(host, 20s)
struct sleep_for {
  ResponderHost& host;
  SimDuration delay;
  sleep_for(ResponderHost& h, SimDuration d) : host(h), delay(d) {}
  bool await_ready() const { return delay <= SimDuration::zero(); }
  void await_suspend(std::coroutine_handle<> waiting) const { host.resume_at(host.now() + delay, waiting); }
  void await_resume() const {}
};

/// co_await stream_ready(host, stream, deadline): true if the stream has something or ended, false at the
/// deadline.
struct stream_ready {
  ResponderHost& host;
  std::shared_ptr<Stream> stream;
  SimTime deadline;
  stream_ready(ResponderHost& h, std::shared_ptr<Stream> s, SimTime d)
      : host(h), stream(std::move(s)), deadline(d) {}
  bool await_ready() const { return stream->ready() || stream->ended(); }
  void await_suspend(std::coroutine_handle<> waiting) const {
    host.resume_when_ready(stream, deadline, waiting);
  }
  bool await_resume() const { return stream->ready() || stream->ended(); }
};

/// co_await next_page(host): the number of the page.
struct next_page {
  ResponderHost& host;
  std::uint64_t page = 0;
  explicit next_page(ResponderHost& h) : host(h) {}
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiting) { host.resume_on_page(&page, waiting); }
  std::uint64_t await_resume() const { return page; }
};

/// co_await next_alert(host, after): the number of the first page after `after`, whoever else is told.
struct next_alert {
  ResponderHost& host;
  std::uint64_t after;
  std::uint64_t page = 0;
  next_alert(ResponderHost& h, std::uint64_t last) : host(h), after(last) {}
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> waiting) { host.resume_on_alert(after, &page, waiting); }
  std::uint64_t await_resume() const { return page; }
};

class Responder {
 public:
  virtual ~Responder() = default;
  /// The id its requests carry: "responder-1".
  virtual const std::string& actor() const = 0;
  /// Plays until it has nothing more to do. `host` outlives the task.
  virtual Task<void> play(ResponderHost& host) = 0;
  /// Evidence kept beside the journal, [file name]; asked after the drill.
  virtual std::map<std::string, std::string> files_left() const { return {}; }
};

}  // namespace muster
