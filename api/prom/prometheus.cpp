#include "api/prom/prometheus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "api/prom/call.hpp"
#include "api/prom/envelope.hpp"
#include "api/url.hpp"

namespace muster {
namespace {

using prom::Call;

enum class Verbs { get, get_and_post, get_and_head };

struct Route {
  std::string_view path;  // "*" stands for one segment
  Verbs verbs;
  Answer (*answer)(const Call&);
};

// prometheus/prometheus web/api/v1/api.go (Register) and web/web.go.
constexpr Route routes[] = {{"api/v1/query", Verbs::get_and_post, prom::answer_query},
                            {"api/v1/query_range", Verbs::get_and_post, prom::answer_query_range},
                            {"api/v1/query_exemplars", Verbs::get_and_post, prom::answer_query_exemplars},
                            {"api/v1/format_query", Verbs::get_and_post, prom::answer_format_query},
                            {"api/v1/series", Verbs::get_and_post, prom::answer_series},
                            {"api/v1/labels", Verbs::get_and_post, prom::answer_labels},
                            {"api/v1/label/*/values", Verbs::get, prom::answer_label_values},
                            {"api/v1/metadata", Verbs::get, prom::answer_metadata},
                            {"api/v1/targets", Verbs::get, prom::answer_targets},
                            {"api/v1/targets/metadata", Verbs::get, prom::answer_target_metadata},
                            {"api/v1/scrape_pools", Verbs::get, prom::answer_scrape_pools},
                            {"api/v1/rules", Verbs::get, prom::answer_rules},
                            {"api/v1/alerts", Verbs::get, prom::answer_alerts},
                            {"api/v1/alertmanagers", Verbs::get, prom::answer_alertmanagers},
                            {"api/v1/status/buildinfo", Verbs::get, prom::answer_build_info},
                            {"api/v1/status/runtimeinfo", Verbs::get, prom::answer_runtime_info},
                            {"api/v1/status/config", Verbs::get, prom::answer_config},
                            {"api/v1/status/flags", Verbs::get, prom::answer_flags},
                            {"api/v1/status/tsdb", Verbs::get, prom::answer_tsdb},
                            {"api/v1/status/walreplay", Verbs::get, prom::answer_wal_replay},
                            {"version", Verbs::get, prom::answer_version},
                            {"federate", Verbs::get, prom::answer_federate},
                            {"metrics", Verbs::get, prom::answer_metrics},
                            {"-/ready", Verbs::get_and_head, prom::answer_ready},
                            {"-/healthy", Verbs::get_and_head, prom::answer_healthy}};

constexpr std::string_view prefix = "prometheus";

using Segments = std::vector<std::string>;

bool fits(std::string_view pattern, const Segments& segments) {
  for (const std::string& segment : segments) {
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view wanted = pattern.substr(0, end);
    if (wanted.empty() || (wanted != "*" && wanted != segment)) return false;
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
  }
  return pattern.empty();
}

bool is_api(const Segments& segments) {
  return segments.size() >= 2 && segments[0] == "api" && segments[1] == "v1";
}

Answer plain(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text), {}, nullptr};
}

bool allowed(const std::string& verb, Verbs verbs) {
  return verb == "GET" || (verb == "POST" && verbs == Verbs::get_and_post) ||
         (verb == "HEAD" && verbs == Verbs::get_and_head);
}

const char* allowed_words(Verbs verbs) {
  if (verbs == Verbs::get_and_post) return "GET, OPTIONS, POST";
  return verbs == Verbs::get ? "GET, OPTIONS" : "GET, HEAD, OPTIONS";
}

Answer answer_route(const Route& route, const Request& request, const Call& call) {
  if (allowed(request.verb, route.verbs)) return route.answer(call);
  const bool options = request.verb == "OPTIONS";
  Answer answer = options ? plain(200, "") : plain(405, "Method Not Allowed\n");
  answer.headers.emplace_back("Allow", allowed_words(route.verbs));
  return answer;
}

Answer answer_path(const Request& request, const Call& call) {
  if (request.verb == "OPTIONS" && is_api(call.segments)) return plain(204, "");
  for (const Route& route : routes)
    if (fits(route.path, call.segments)) return answer_route(route, request, call);
  return plain(404, "404 page not found\n");
}

// So that a page of another origin may ask, as Prometheus' default --web.cors.origin=".*" lets it.
void allow_other_origins(Answer& answer) {
  answer.headers.insert(answer.headers.end(),
                        {{"Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin"},
                         {"Access-Control-Allow-Methods", "GET, POST, OPTIONS"},
                         {"Access-Control-Allow-Origin", "*"},
                         {"Access-Control-Expose-Headers", "Date"},
                         {"Vary", "Origin"}});
}

Segments segments_of(const std::string& path) {
  const auto url = parse_url(path);
  return url ? url->segments : Segments{};
}

}  // namespace

namespace prom {

promql::Options Call::options() const {
  promql::Options options;
  options.epoch = view.epoch;
  options.subquery_step_ms = view.alerts.default_interval().count() / 1'000'000;
  return options;
}

std::vector<ScrapeTarget> Call::targets() const {
  return view.targets ? view.targets() : std::vector<ScrapeTarget>();
}

}  // namespace prom

// /api/v1 belongs to two APIs; these words below it are no resources of Kubernetes.
bool is_prometheus_path(const Segments& segments) {
  static constexpr std::string_view words[] = {
      "query",    "query_range", "query_exemplars", "format_query",  "series",  "labels",       "label",
      "metadata", "rules",       "alerts",          "alertmanagers", "targets", "scrape_pools", "status"};
  if (segments.empty()) return false;
  if (segments[0] == prefix || segments[0] == "-" || segments[0] == "federate" || segments[0] == "metrics")
    return true;
  return segments.size() > 2 && is_api(segments) &&
         std::find(std::begin(words), std::end(words), segments[2]) != std::end(words);
}

Answer handle_prometheus(const Request& request, const PrometheusView& view) {
  Segments segments = segments_of(request.path);
  if (!segments.empty() && segments[0] == prefix) segments.erase(segments.begin());
  const prom::Parameters parameters(request);
  Answer answer = answer_path(request, {parameters, segments, view});
  if (is_api(segments)) allow_other_origins(answer);
  return answer;
}

}  // namespace muster
