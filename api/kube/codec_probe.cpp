#include "api/kube/codec_json.hpp"

namespace muster::kube {

namespace {

void read_handler(Fields& fields, Probe& probe) {
  if (fields.has("httpGet")) {
    probe.handler = Probe::Handler::http_get;
    fields.object("httpGet", [&](Fields& get) {
      get.text("path", probe.path);
      get.int_or_text("port", probe.port);
      get.drop_default("scheme", "HTTP");  // pkg/apis/core/v1/defaults.go; written again below
    });
  } else if (fields.has("tcpSocket")) {
    probe.handler = Probe::Handler::tcp_socket;
    fields.object("tcpSocket", [&](Fields& socket) { socket.int_or_text("port", probe.port); });
  } else {
    probe.handler = Probe::Handler::exec;  // and grpc: a check inside the container, kept in the rest
  }
}

Json write_handler(const Probe& probe) {
  Json handler = Json::object();
  if (probe.handler == Probe::Handler::http_get) put(handler, "path", probe.path);
  if (!probe.port.empty()) handler["port"] = number_or_text(probe.port);
  return handler;
}

}  // namespace

void read_probe(Fields& container, const char* key, std::optional<Probe>& probe) {
  if (!container.has(key)) return;
  container.object(key, [&](Fields& fields) {
    Probe& read = probe.emplace();
    read_handler(fields, read);
    fields.seconds("initialDelaySeconds", read.initial_delay);
    fields.seconds("periodSeconds", read.period);
    fields.seconds("timeoutSeconds", read.timeout);
    fields.whole("successThreshold", read.success_threshold);
    fields.whole("failureThreshold", read.failure_threshold);
    read.rest = fields.rest();
  });
}

void write_probe(Json& container, const char* key, const std::optional<Probe>& probe) {
  if (!probe) return;
  Json json{{"periodSeconds", whole_seconds(probe->period)},
            {"timeoutSeconds", whole_seconds(probe->timeout)},
            {"successThreshold", probe->success_threshold},
            {"failureThreshold", probe->failure_threshold}};
  put_nonzero(json, "initialDelaySeconds", whole_seconds(probe->initial_delay));
  if (probe->handler == Probe::Handler::http_get) put(json, "httpGet", write_handler(*probe));
  if (probe->handler == Probe::Handler::tcp_socket) put(json, "tcpSocket", write_handler(*probe));
  merge_rest(json, probe->rest);
  if (probe->handler == Probe::Handler::http_get && !json["httpGet"].contains("scheme"))
    json["httpGet"]["scheme"] = "HTTP";
  container[key] = std::move(json);
}

}  // namespace muster::kube
