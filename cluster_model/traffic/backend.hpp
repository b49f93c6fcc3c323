// Something outside the pods that answers calls: a database, a provider. Timeouts, retries, breaker and rate
// limiter around a call are the caller's (call policy, request path); connection pools, sessions, queries and
// the provider's own limits are the backend's.
#pragma once

#include <cstdint>
#include <string>

#include "cluster_model/traffic/server.hpp"
#include "sim/assert.hpp"

namespace muster {

/// Names one call for ever; the backend keeps it until it answers or the caller abandons it.
using CallToken = std::uint64_t;

enum class CallResult : std::uint8_t {
  ok,
  failed,      ///< answered with an error
  throttled,   ///< answered "too many": 429
  refused,     ///< nobody listens there, or it takes no more connections
  timed_out,   ///< a limit of time on the way was reached: pool wait, connect, read, statement
  unavailable  ///< it says that it cannot serve now: starting up, read-only, failing over
};
inline constexpr int call_result_count = 6;

/// An answer. `code` is the backend's own: Backend::text(code) is the line a caller would log.
struct CallReply {
  CallResult result = CallResult::ok;
  std::uint16_t code = 0;
};

struct BackendCall {
  ServerId caller;              ///< the container that calls
  std::uint32_t process = 0;    ///< which of its worker processes (each has its own pool); 0 for threads
  std::uint32_t operation = 0;  ///< index from Backend::operation(): a query class, a provider's operation
  /// Names this call alone, the same in every run; not uniform and without the seed: hash it with the seed to
  /// draw.
  std::uint64_t luck = 0;
};

class Backend {
 public:
  virtual ~Backend() = default;

  /// Index of an operation by its name in the profile; -1 if there is none. Asked once, when a graph is
  /// compiled.
  virtual int operation(const std::string& name) const = 0;
  /// A call begins. The answer comes through CallSink::finish, in this very call or later, exactly once
  /// unless the call is abandoned.
  virtual void begin(CallToken token, const BackendCall& call) = 0;
  /// The caller no longer waits (timeout, cancelled, killed): no answer is wanted, and none may come. What
  /// the backend goes on doing for it is its own affair.
  virtual void abandon(CallToken token) = 0;
  /// A process that may call began; it outlives its calls. All processes are announced.
  virtual void server_started(ServerId server, const ServerSpec& spec) = 0;
  /// It is gone. Its calls have been abandoned before.
  virtual void server_gone(ServerId server, Death death) = 0;
  /// The log line that belongs to CallReply::code; empty if there is none.
  virtual std::string text(std::uint16_t code) const = 0;
};

/// Who takes the answers: the request path.
class CallSink {
 public:
  virtual void finish(CallToken token, CallReply reply) = 0;

 protected:
  ~CallSink() = default;
};

/// Lets backends be made before the request path: they answer to the relay, it passes on to the path.
class CallRelay final : public CallSink {
 public:
  void connect(CallSink& path) { path_ = &path; }
  void finish(CallToken token, CallReply reply) override {
    MUSTER_ASSERT(path_, "a backend answered before there was anybody who could have called");
    path_->finish(token, reply);
  }

 private:
  CallSink* path_ = nullptr;
};

}  // namespace muster
