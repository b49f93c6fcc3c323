// POST pods/NAME/attach?container=...: the input of a container's main process, as requests with one answer
// each. Only a shell that the pod was made with (`kubectl run -i ... -- sh`) reads its input; it runs a line
// as `exec` would, and ends with the exit code that it is told. Of another pod that nobody controls, the
// answer says what it was made to run: whoever attaches may carry that out, and tells what it wrote and how
// it ended. Bodies: {} asks, {"line": "..."}, {"print": "...", "exit": N}.
#include <fmt/format.h>

#include <algorithm>

#include "api/kube/handlers_json.hpp"
#include "api/kube/status_json.hpp"

namespace muster::kube {

namespace {

bool is_shell(const std::string& word) {
  const std::string name = word.substr(word.rfind('/') + 1);
  return name == "sh" || name == "bash" || name == "ash";
}

/// The container as its pod's JSON has it; null if there is none of the name.
Json container_of(const Json& pod, const std::string& name) {
  for (const Json& container : pod["spec"]["containers"]) {
    if (name.empty() || container["name"] == name) return container;
  }
  return nullptr;
}

std::vector<std::string> words_of(const Json& container) {
  std::vector<std::string> words = container.value("command", std::vector<std::string>{});
  for (const std::string& word : container.value("args", std::vector<std::string>{})) words.push_back(word);
  return words;
}

bool reads_its_input(const Json& container) {
  const std::vector<std::string> words = words_of(container);
  return container.value("stdin", false) && words.size() == 1 && is_shell(words.front());
}

/// What `kubectl run IMAGE -- WORDS` asked for.
Json tool_of(const Json& container) {
  Json environment = Json::object();
  for (const Json& one : container.value("env", Json::array()))
    if (one.contains("value")) environment[one["name"].get<std::string>()] = one["value"];
  return {{"image", container["image"]}, {"words", words_of(container)}, {"environment", environment}};
}

void print_text(Cluster& cluster, const ObjectKey& pod, const std::string& container, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    cluster.print_line(pod, container, std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool runs(const Pod& pod, const std::string& container) {
  return std::any_of(pod.status.containers.begin(), pod.status.containers.end(),
                     [&](const ContainerStatus& one) {
                       return one.name == container && one.state.phase == ContainerState::Phase::running;
                     });
}

Answer run_line(const Call& call, Cluster& cluster, const std::string& container, const std::string& line) {
  const Result<ExecAnswer> answer =
      cluster.exec(call.path.key(), container, {"sh", "-c", line}, call.request.actor);
  if (!answer) return failure(500, "InternalError", answer.error().message);
  return json_answer(200, {{"kind", "AttachAnswer"},
                           {"stdout", answer->out},
                           {"stderr", answer->err},
                           {"exitCode", answer->exit_code}});
}

}  // namespace

Answer attach_to_pod(const Call& call, Cluster& cluster) {
  const ObjectPtr pod = cluster.objects().find(call.path.key());
  if (!pod) return not_found(call.type(), call.path.name);
  std::optional<Answer> problem;
  const Json body = read_body_json(call.request, problem);
  if (problem) return *problem;
  const Json container = container_of(encode_object(*pod, cluster.epoch()), call.url.parameter("container"));
  if (container.is_null())
    return bad_request(
        fmt::format("container {} is not valid for pod {}", call.url.parameter("container"), call.path.name));
  const std::string name = container["name"];
  if (!runs(pod->as<Pod>(), name))
    return failure(500, "InternalError",
                   fmt::format("container {} not found in pod {}", name, call.path.name));
  const bool shell = reads_its_input(container);
  if (body.contains("line") && body["line"].is_string() && shell)
    return run_line(call, cluster, name, body["line"].get<std::string>());
  const bool alone = pod->meta.owners.empty();
  if (body.contains("print") && body["print"].is_string() && alone)
    print_text(cluster, call.path.key(), name, body["print"].get<std::string>());
  if (body.contains("exit") && body["exit"].is_number_integer() && (shell || alone))
    cluster.end_main_process(call.path.key(), name, body["exit"].get<int>() & 255);
  Json answer{{"kind", "AttachAnswer"}, {"interactive", shell}};
  if (alone && !shell) answer["tool"] = tool_of(container);
  return json_answer(200, answer);
}

}  // namespace muster::kube
