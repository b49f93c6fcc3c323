#include "tests/unit/runbook_defects/watched_drill.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace muster::test {
namespace {

/// The console's host: what it waits for comes when the drill gets there.
class ConsoleHost final : public ResponderHost {
 public:
  explicit ConsoleHost(WatchedDrill& drill) : drill_(drill) {}
  SimTime now() const override { return drill_.now(); }
  Epoch epoch() const override { return Epoch{}; }
  Answer submit(Request request) override { return drill_.handle(request); }
  void tell(ResponderFact) override {}
  void resume_at(SimTime at, std::coroutine_handle<> waiting) override { pending_.emplace_back(at, waiting); }
  void resume_when_ready(std::shared_ptr<Stream>, SimTime deadline,
                         std::coroutine_handle<> waiting) override {
    pending_.emplace_back(deadline, waiting);
  }
  void resume_on_page(std::uint64_t*, std::coroutine_handle<>) override {}
  RandomStream random(std::string_view entity, std::string_view purpose) const override {
    return RandomStream(1, entity, purpose);
  }
  void run() {
    while (!pending_.empty()) {
      const auto [at, waiting] = pending_.front();
      pending_.erase(pending_.begin());
      drill_.run_to(std::max(at, drill_.now()).time_since_epoch());
      waiting.resume();
    }
  }

 private:
  WatchedDrill& drill_;
  std::vector<std::pair<SimTime, std::coroutine_handle<>>> pending_;
};

Task<void> type_line(Console& console, std::string line, CommandResult& result) {
  Task<CommandResult> running = console.run(std::move(line));
  result = co_await running;
}

}  // namespace

std::string WatchedDrill::type(const std::string& line) {
  ConsoleHost host(*this);
  Console console(host, "responder-1");
  CommandResult result;
  Task<void> task = type_line(console, line, result);
  task.start();
  host.run();
  return result.out + result.err;
}

std::string WatchedDrill::encoded(const std::string& text) {
  static const char* digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.') {
      out += c;
    } else {
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

std::map<Labels, double> WatchedDrill::values_of(const std::string& body) {
  std::map<Labels, double> values;
  const auto json = nlohmann::json::parse(body);
  EXPECT_EQ(json["status"], "success") << body;
  if (json["status"] != "success") return values;
  const auto& data = json["data"];
  const auto number = [](const nlohmann::json& pair) {
    const std::string text = pair[1];
    return text == "NaN" ? std::nan("") : std::stod(text);
  };
  if (data["resultType"] == "scalar") return {{Labels(), number(data["result"])}};
  for (const auto& element : data["result"]) {
    Labels labels;
    for (const auto& [name, value] : element["metric"].items()) labels.emplace_back(name, value);
    values[labels] = number(element["value"]);
  }
  return values;
}

}  // namespace muster::test
