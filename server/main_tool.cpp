#include "server/main_tool.hpp"

#include <algorithm>

#include "responders/psql/psql.hpp"
#include "sim/assert.hpp"

namespace muster {

namespace {

/// psql sends requests and waits for nothing, so nothing else is needed of a host.
class DoorHost final : public ResponderHost {
 public:
  explicit DoorHost(const ExecSession::Ask& ask) : ask_(ask) {}

  Answer submit(Request request) override { return ask_(request); }
  SimTime now() const override { return no_time(), SimTime{}; }
  Epoch epoch() const override { return no_time(), Epoch{}; }
  void tell(ResponderFact) override { no_time(); }
  void resume_at(SimTime, std::coroutine_handle<>) override { no_time(); }
  void resume_when_ready(std::shared_ptr<Stream>, SimTime, std::coroutine_handle<>) override { no_time(); }
  void resume_on_page(std::uint64_t*, std::coroutine_handle<>) override { no_time(); }
  RandomStream random(std::string_view entity, std::string_view purpose) const override {
    no_time();
    return {0, entity, purpose};
  }

 private:
  static void no_time() { MUSTER_ASSERT(false, "a tool of a pod's main process has no clock"); }

  const ExecSession::Ask& ask_;
};

std::string image_name(const std::string& image) {
  const std::string name = image.substr(0, image.find('@'));
  const std::string last = name.substr(name.rfind('/') + 1);
  return last.substr(0, last.find(':'));
}

}  // namespace

bool is_main_tool(const MainTool& tool) {
  const std::string image = image_name(tool.image);
  if (tool.words.empty() || (image != "postgres" && image != "netshoot")) return false;
  return tool.words.front().substr(tool.words.front().rfind('/') + 1) == "psql";
}

bool reads_input(const MainTool& tool) {
  return std::none_of(tool.words.begin(), tool.words.end(), [](const std::string& word) {
    return word.starts_with("-c") || word.starts_with("-f") || word == "-l" ||
           word.starts_with("--command") || word.starts_with("--file") || word == "--list";
  });
}

ToolAnswer run_main_tool(const MainTool& tool, const std::string& input, const ExecSession::Ask& ask) {
  DoorHost host(ask);
  Session session(host, tool.actor);
  session.variables = tool.environment;
  CommandResult result = psql(session, {{tool.words.begin() + 1, tool.words.end()}, input});
  return {std::move(result.out), std::move(result.err), result.exit_code};
}

}  // namespace muster
