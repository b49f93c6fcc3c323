// kubectl top: asks the metrics API, which a cluster may not have.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/table.hpp"

namespace muster::kubectl_handlers {
namespace {

struct Usage {
  std::string name, namespace_, container;
  std::int64_t millicores = 0, mebibytes = 0;
};

/// "103456789n", "250m", "1" in nanocores.
std::int64_t nanocores(const std::string& text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view unit(read.ptr, static_cast<std::size_t>(text.data() + text.size() - read.ptr));
  return value * (unit == "n" ? 1 : unit == "u" ? 1'000 : unit == "m" ? 1'000'000 : 1'000'000'000);
}

std::int64_t kibibytes(const std::string& text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view unit(read.ptr, static_cast<std::size_t>(text.data() + text.size() - read.ptr));
  return unit == "Ki"   ? value
         : unit == "Mi" ? value * 1024
         : unit == "Gi" ? value * 1024 * 1024
                        : value / 1024;
}

/// CPU is rounded up, memory down, as kubectl does.
Usage usage_of(const JsonValue& metrics, std::string container, std::int64_t cpu, std::int64_t memory) {
  return Usage{metrics["metadata"]["name"].text(), metrics["metadata"]["namespace"].text(),
               std::move(container), (cpu + 999'999) / 1'000'000, memory / 1024};
}

void add_usages(const JsonValue& metrics, bool each_container, std::vector<Usage>& usages) {
  std::int64_t cpu = nanocores(metrics["usage"]["cpu"].text()),
               memory = kibibytes(metrics["usage"]["memory"].text());
  for (const auto& container : metrics["containers"].items()) {
    const std::int64_t own_cpu = nanocores(container["usage"]["cpu"].text());
    const std::int64_t own_memory = kibibytes(container["usage"]["memory"].text());
    if (each_container) usages.push_back(usage_of(metrics, container["name"].text(), own_cpu, own_memory));
    cpu += own_cpu;
    memory += own_memory;
  }
  if (!each_container) usages.push_back(usage_of(metrics, {}, cpu, memory));
}

/// "2m14s", "1h0m3s", as Go prints whole seconds.
std::string format_go_duration(std::int64_t seconds) {
  if (seconds < 60) return fmt::format("{}s", seconds);
  if (seconds < 3600) return fmt::format("{}m{}s", seconds / 60, seconds % 60);
  return fmt::format("{}h{}m{}s", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// The usages, or nothing after printing why.
std::vector<Usage> read_usages(KubectlCall& call, const std::string& path) {
  const ApiReply reply = call.api.get(path);
  if (reply.status == 404 && call.words.empty())
    call.fail("Metrics API not available");
  else if (!reply.ok())
    call.fail(reply);
  std::vector<Usage> usages;
  if (!reply.ok()) return usages;
  if (reply.body.has("items")) {
    for (const auto& item : reply.body["items"].items())
      add_usages(item, call.flags.truth("containers"), usages);
  } else {
    add_usages(reply.body, call.flags.truth("containers"), usages);
  }
  const std::string by = call.flags.text("sort-by");
  std::stable_sort(usages.begin(), usages.end(), [&](const Usage& a, const Usage& b) {
    if (by == "cpu" && a.millicores != b.millicores) return a.millicores > b.millicores;
    if (by == "memory" && a.mebibytes != b.mebibytes) return a.mebibytes > b.mebibytes;
    return std::tie(a.namespace_, a.name) < std::tie(b.namespace_, b.name);
  });
  return usages;
}

/// Pods without metrics: too young, or too old for that (top_pod.go, verifyEmptyMetrics). False: no pods.
bool explain_missing(KubectlCall& call, bool everywhere) {
  constexpr std::int64_t metrics_delay = 120;  // seconds, top_pod.go
  const ApiReply pods =
      call.api.get(collection_path(*find_resource_type("pods"), everywhere ? "" : call.namespace_()) + "?" +
                   query_string({{"labelSelector", call.flags.text("selector")}}));
  const auto& items = pods.body["items"].items();
  for (const JsonValue& pod : items) {
    const JsonValue& metadata = pod["metadata"];
    const std::int64_t age = call.clock().seconds_since(metadata["creationTimestamp"].text()).value_or(0);
    if (age <= metrics_delay) continue;
    call.fail(fmt::format("Metrics not available for pod {}/{}, age: {}", metadata["namespace"].text(),
                          metadata["name"].text(), format_go_duration(age)));
    return true;
  }
  if (!items.empty()) call.fail("metrics not available yet");
  return !items.empty();
}

std::string metrics_path(const KubectlCall& call, const std::string& below) {
  std::string path = "/apis/metrics.k8s.io/v1beta1/" + below;
  if (!call.words.empty()) return path + "/" + call.words.front();
  const std::string query = query_string({{"labelSelector", call.flags.text("selector")}});
  return query.empty() ? path : path + "?" + query;
}

}  // namespace

void top_pods(KubectlCall& call) {
  const bool containers = call.flags.truth("containers");
  const bool everywhere = call.flags.truth("all-namespaces");
  const auto usages = read_usages(
      call, metrics_path(call, everywhere ? "pods" : "namespaces/" + call.namespace_() + "/pods"));
  if (usages.empty()) {
    if (call.result.exit_code == 0 && !explain_missing(call, everywhere))
      call.print_error(everywhere ? "No resources found"
                                  : fmt::format("No resources found in {} namespace.", call.namespace_()));
    return;
  }
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](std::vector<std::string> row, const std::string& place, const std::string& container) {
    if (containers) row.insert(row.begin() + 1, container);
    if (everywhere) row.insert(row.begin(), place);
    rows.push_back(std::move(row));
  };
  if (!call.flags.truth("no-headers")) {
    add({containers ? "POD" : "NAME", "CPU(cores)", "MEMORY(bytes)", ""}, "NAMESPACE", "NAME");
  }
  std::int64_t millicores = 0, mebibytes = 0;
  for (const auto& usage : usages) {
    add({usage.name, fmt::format("{}m", usage.millicores), fmt::format("{}Mi", usage.mebibytes), ""},
        usage.namespace_, usage.container);
    millicores += usage.millicores;
    mebibytes += usage.mebibytes;
  }
  if (call.flags.truth("sum")) {
    add({"", "________", "________", ""}, "", "");
    add({"", fmt::format("{}m", millicores), fmt::format("{}Mi", mebibytes), ""}, "", "");
  }
  call.result.out += align_rows(rows);
}

void top_nodes(KubectlCall& call) {
  const auto usages = read_usages(call, metrics_path(call, "nodes"));
  if (usages.empty()) return;
  const ApiReply nodes = call.api.get("/api/v1/nodes");
  std::vector<std::vector<std::string>> rows;
  if (!call.flags.truth("no-headers"))
    rows.push_back({"NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)", ""});
  for (const auto& usage : usages) {
    std::string cpu_share = "<unknown>", memory_share = "<unknown>";
    for (const auto& node : nodes.body["items"].items()) {
      if (node["metadata"]["name"].text() != usage.name) continue;
      const auto cores = nanocores(display_text(node["status"]["allocatable"]["cpu"])) / 1'000'000;
      const auto memory = kibibytes(node["status"]["allocatable"]["memory"].text()) / 1024;
      if (cores > 0) cpu_share = fmt::format("{}%", usage.millicores * 100 / cores);
      if (memory > 0) memory_share = fmt::format("{}%", usage.mebibytes * 100 / memory);
    }
    rows.push_back({usage.name, fmt::format("{}m", usage.millicores), cpu_share,
                    fmt::format("{}Mi", usage.mebibytes), memory_share, ""});
  }
  call.result.out += align_rows(rows);
}

}  // namespace muster::kubectl_handlers
