#include "responders/kubectl/describe_template.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "responders/text/age.hpp"
#include "responders/text/lines.hpp"

namespace muster {
namespace {

std::string truth_text(bool value) {
  return value ? "true" : "false";
}

std::string ports_text(const JsonValue& container, const char* field) {
  std::vector<std::string> ports;
  for (const auto& port : container["ports"].items()) {
    const std::string protocol = port.has("protocol") ? port["protocol"].text() : "TCP";
    ports.push_back(fmt::format("{}/{}", port[field].whole(), protocol));
  }
  const std::string label = std::string_view(field) == "hostPort" ? "Host Port" : "Port";
  if (ports.empty()) return fmt::format("    {}:\t<none>\n", label);
  return fmt::format("    {}{}:\t{}\n", label, ports.size() > 1 ? "s" : "", join(ports, ", "));
}

std::string state_text(const char* title, const JsonValue& state) {
  std::string out;
  if (const JsonValue& running = state["running"]; running.is_object()) {
    out = fmt::format("    {}:\tRunning\n", title);
    return out + "      Started:\t" + rfc1123(running["startedAt"].text()) + "\n";
  }
  if (const JsonValue& ended = state["terminated"]; ended.is_object()) {
    out = fmt::format("    {}:\tTerminated\n", title);
    if (!ended["reason"].text().empty()) out += "      Reason:\t" + ended["reason"].text() + "\n";
    if (!ended["message"].text().empty()) out += "      Message:\t" + ended["message"].text() + "\n";
    out += fmt::format("      Exit Code:\t{}\n", ended["exitCode"].whole());
    if (ended["signal"].whole() > 0) out += fmt::format("      Signal:\t{}\n", ended["signal"].whole());
    out += "      Started:\t" + rfc1123(ended["startedAt"].text()) + "\n";
    return out + "      Finished:\t" + rfc1123(ended["finishedAt"].text()) + "\n";
  }
  out = fmt::format("    {}:\tWaiting\n", title);
  const std::string& reason = state["waiting"]["reason"].text();
  return reason.empty() ? out : out + "      Reason:\t" + reason + "\n";
}

std::string status_text(const JsonValue& status) {
  std::string out = state_text("State", status["state"]);
  if (status["lastState"]["terminated"].is_object()) out += state_text("Last State", status["lastState"]);
  out += fmt::format("    Ready:\t{}\n", status["ready"].truth() ? "True" : "False");
  return out + fmt::format("    Restart Count:\t{}\n", status["restartCount"].whole());
}

std::string quantities_text(const char* title, const JsonValue& quantities) {
  if (quantities.is_empty()) return {};
  std::string out = fmt::format("    {}:\n", title);
  for (const auto& [name, value] : quantities.members())
    out += fmt::format("      {}:\t{}\n", name, display_text(value));
  return out;
}

std::string handler_text(const JsonValue& probe) {
  if (const JsonValue& exec = probe["exec"]; exec.is_object()) {
    std::vector<std::string> words;
    for (const auto& word : exec["command"].items()) words.push_back(word.text());
    return "exec [" + join(words, " ") + "]";
  }
  if (const JsonValue& http = probe["httpGet"]; http.is_object()) {
    const std::string scheme = http.has("scheme") ? lower_case(http["scheme"].text()) : "http";
    std::string path = http["path"].text();
    if (!path.starts_with('/')) path = "/" + path;
    return fmt::format("http-get {}://{}:{}{}", scheme, http["host"].text(), display_text(http["port"]),
                       path);
  }
  if (const JsonValue& tcp = probe["tcpSocket"]; tcp.is_object())
    return fmt::format("tcp-socket {}:{}", tcp["host"].text(), display_text(tcp["port"]));
  return "unknown";
}

std::string probe_text(const char* title, const JsonValue& probe) {
  if (!probe.is_object()) return {};
  return fmt::format("    {}:\t{} delay={}s timeout={}s period={}s #success={} #failure={}\n", title,
                     handler_text(probe), probe["initialDelaySeconds"].whole(),
                     probe["timeoutSeconds"].whole(1), probe["periodSeconds"].whole(10),
                     probe["successThreshold"].whole(1), probe["failureThreshold"].whole(3));
}

std::string env_from_text(const JsonValue& container) {
  if (container["envFrom"].is_empty()) return {};
  std::string out = "    Environment Variables from:\n";
  for (const auto& source : container["envFrom"].items()) {
    const bool secret = source["secretRef"].is_object();
    const JsonValue& reference = secret ? source["secretRef"] : source["configMapRef"];
    std::string from = secret ? "Secret" : "ConfigMap";
    if (!source["prefix"].text().empty()) from += " with prefix '" + source["prefix"].text() + "'";
    out += fmt::format("      {}\t{}\tOptional: {}\n", reference["name"].text(), from,
                       truth_text(reference["optional"].truth()));
  }
  return out;
}

std::string env_value_text(const JsonValue& variable) {
  const JsonValue& from = variable["valueFrom"];
  if (const JsonValue& key = from["secretKeyRef"]; key.is_object())
    return fmt::format("<set to the key '{}' in secret '{}'>\tOptional: {}", key["key"].text(),
                       key["name"].text(), truth_text(key["optional"].truth()));
  if (const JsonValue& key = from["configMapKeyRef"]; key.is_object())
    return fmt::format("<set to the key '{}' of config map '{}'>\tOptional: {}", key["key"].text(),
                       key["name"].text(), truth_text(key["optional"].truth()));
  if (const JsonValue& field = from["fieldRef"]; field.is_object())
    return fmt::format(" ({}:{})", field.has("apiVersion") ? field["apiVersion"].text() : "v1",
                       field["fieldPath"].text());
  if (const JsonValue& field = from["resourceFieldRef"]; field.is_object())
    return fmt::format(" ({})", field["resource"].text());
  return join(split_at(display_text(variable["value"]), '\n'), "\n      \t");
}

std::string env_text(const JsonValue& container) {
  if (container["env"].is_empty()) return "    Environment:\t<none>\n";
  std::string out = "    Environment:\n";
  for (const auto& variable : container["env"].items())
    out += fmt::format("      {}:\t{}\n", variable["name"].text(), env_value_text(variable));
  return out;
}

std::string mounts_text(const JsonValue& container) {
  if (container["volumeMounts"].is_empty()) return "    Mounts:\t<none>\n";
  auto mounts = container["volumeMounts"].items();
  std::stable_sort(mounts.begin(), mounts.end(), [](const JsonValue& a, const JsonValue& b) {
    return a["mountPath"].text() < b["mountPath"].text();
  });
  std::string out = "    Mounts:\n";
  for (const auto& mount : mounts)
    out += fmt::format("      {} from {} ({})\n", mount["mountPath"].text(), mount["name"].text(),
                       mount["readOnly"].truth() ? "ro" : "rw");
  return out;
}

std::string words_text(const char* title, const JsonValue& words) {
  if (words.is_empty()) return {};
  std::string out = fmt::format("    {}:\n", title);
  for (const auto& word : words.items())
    for (const auto& line : split_lines(word.text())) out += "      " + line + "\n";
  return out;
}

std::string container_text(const JsonValue& container, const JsonValue& statuses, bool indented) {
  const JsonValue* status = nullptr;
  for (const auto& each : statuses.items())
    if (each["name"] == container["name"]) status = &each;
  std::string out = fmt::format("  {}{}:\n", indented ? " " : "", container["name"].text());
  if (status != nullptr) out += "    Container ID:\t" + (*status)["containerID"].text() + "\n";
  out += "    Image:\t" + container["image"].text() + "\n";
  if (status != nullptr) out += "    Image ID:\t" + (*status)["imageID"].text() + "\n";
  out += ports_text(container, "containerPort") + ports_text(container, "hostPort");
  out += words_text("Command", container["command"]) + words_text("Args", container["args"]);
  if (status != nullptr) out += status_text(*status);
  out += quantities_text("Limits", container["resources"]["limits"]);
  out += quantities_text("Requests", container["resources"]["requests"]);
  out += probe_text("Liveness", container["livenessProbe"]) +
         probe_text("Readiness", container["readinessProbe"]) +
         probe_text("Startup", container["startupProbe"]);
  return out + env_from_text(container) + env_text(container) + mounts_text(container);
}

std::string volume_text(const JsonValue& volume) {
  if (const JsonValue& map = volume["configMap"]; map.is_object())
    return fmt::format(
        "    Type:\tConfigMap (a volume populated by a ConfigMap)\n    Name:\t{}\n    Optional:\t{}\n",
        map["name"].text(), truth_text(map["optional"].truth()));
  if (const JsonValue& secret = volume["secret"]; secret.is_object())
    return fmt::format(
        "    Type:\tSecret (a volume populated by a Secret)\n    SecretName:\t{}\n    Optional:\t{}\n",
        secret["secretName"].text(), truth_text(secret["optional"].truth()));
  if (volume["emptyDir"].is_object())
    return fmt::format(
        "    Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)\n    Medium:\t{}\n    "
        "SizeLimit:\t{}\n",
        volume["emptyDir"]["medium"].text(),
        volume["emptyDir"].has("sizeLimit") ? display_text(volume["emptyDir"]["sizeLimit"]) : "<unset>");
  if (const JsonValue& claim = volume["persistentVolumeClaim"]; claim.is_object())
    return fmt::format(
        "    Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)\n   "
        " "
        "ClaimName:\t{}\n    ReadOnly:\t{}\n",
        claim["claimName"].text(), truth_text(claim["readOnly"].truth()));
  if (const JsonValue& host = volume["hostPath"]; host.is_object())
    return fmt::format(
        "    Type:\tHostPath (bare host directory volume)\n    Path:\t{}\n    HostPathType:\t{}\n",
        host["path"].text(), host["type"].text());
  return "    <unknown>\n";
}

}  // namespace

std::string describe_labels(const std::string& title, const JsonValue& labels) {
  if (labels.is_empty()) return title + ":\t<none>\n";
  std::string out = title + ":";
  for (const auto& [key, value] : labels.members()) out += "\t" + key + "=" + display_text(value) + "\n";
  return out;
}

std::string describe_annotations(const std::string& title, const JsonValue& annotations) {
  constexpr std::size_t longest_on_its_line = 140;  // describe.go maxAnnotationLen
  std::string out;
  for (const auto& [key, value] : annotations.members()) {
    if (key == "kubectl.kubernetes.io/last-applied-configuration") continue;
    std::string text = display_text(value);
    while (text.ends_with('\n')) text.pop_back();
    if (text.size() + key.size() + 2 <= longest_on_its_line && text.find('\n') == std::string::npos) {
      out += "\t" + key + ": " + text + "\n";
      continue;
    }
    out += "\t" + key + ":\n";
    for (const auto& line : split_lines(text)) out += "\t  " + line.substr(0, longest_on_its_line) + "\n";
  }
  return out.empty() ? title + ":\t<none>\n" : title + ":" + out;
}

std::string describe_containers(const JsonValue& spec, const JsonValue& statuses, const std::string& space) {
  std::string out = space + "Containers:\n";
  for (const auto& container : spec["containers"].items())
    out += container_text(container, statuses, !space.empty());
  return out;
}

std::string describe_volumes(const JsonValue& spec, const std::string& space) {
  if (spec["volumes"].is_empty()) return space + "Volumes:\t<none>\n";
  std::string out = space + "Volumes:\n";
  for (const auto& volume : spec["volumes"].items())
    out += fmt::format("  {}{}:\n", space.empty() ? "" : " ", volume["name"].text()) + volume_text(volume);
  return out;
}

std::string describe_tolerations(const JsonValue& spec, const std::string& title) {
  std::vector<std::string> lines;
  for (const auto& each : spec["tolerations"].items()) {
    std::string line = each["key"].text();
    if (!each["value"].text().empty()) line += "=" + each["value"].text();
    if (!each["effect"].text().empty()) line += ":" + each["effect"].text();
    if (each["operator"].text() == "Exists" && each["value"].text().empty())
      line += (line.empty() ? "op=" : " op=") + each["operator"].text();
    if (each.has("tolerationSeconds")) line += fmt::format(" for {}s", each["tolerationSeconds"].whole());
    lines.push_back(line);
  }
  std::stable_sort(lines.begin(), lines.end());
  return title + ":\t" + (lines.empty() ? "<none>" : join(lines, "\n\t")) + "\n";
}

std::string describe_template(const JsonValue& pod_template, const std::string& space) {
  const JsonValue& metadata = pod_template["metadata"];
  const JsonValue& spec = pod_template["spec"];
  std::string out = describe_labels(space + "Labels", metadata["labels"]);
  if (!metadata["annotations"].is_empty())
    out += describe_annotations(space + "Annotations", metadata["annotations"]);
  if (!spec["serviceAccountName"].text().empty())
    out += space + "Service Account:\t" + spec["serviceAccountName"].text() + "\n";
  out += describe_containers(spec, JsonValue(), space) + describe_volumes(spec, space);
  return out + describe_labels(space + "Node-Selectors", spec["nodeSelector"]) +
         describe_tolerations(spec, space + "Tolerations");
}

}  // namespace muster
