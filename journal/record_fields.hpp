// The fields of every record type: their key, and their order in the line. Writer and reader both walk these
// lists, so they cannot disagree. A visitor is called as visit(key, member).
#pragma once

#include <string_view>

#include "journal/record.hpp"

namespace muster {

/// The `type` word of a record in the journal.
template <class T>
inline constexpr std::string_view record_type = "";
template <>
inline constexpr std::string_view record_type<Header> = "header";
template <>
inline constexpr std::string_view record_type<RequestRecord> = "request";
template <>
inline constexpr std::string_view record_type<Seal> = "seal";
template <>
inline constexpr std::string_view record_type<TrafficFact> = "traffic";
template <>
inline constexpr std::string_view record_type<FaultFact> = "fault";
template <>
inline constexpr std::string_view record_type<PodFact> = "pod";
template <>
inline constexpr std::string_view record_type<WorkloadFact> = "workload";
template <>
inline constexpr std::string_view record_type<RolloutFact> = "rollout";
template <>
inline constexpr std::string_view record_type<ObjectFact> = "object";
template <>
inline constexpr std::string_view record_type<WarningFact> = "warning";
template <>
inline constexpr std::string_view record_type<DataFact> = "data";
template <>
inline constexpr std::string_view record_type<IntruderFact> = "intruder";
template <>
inline constexpr std::string_view record_type<AgentFact> = "agent";
template <>
inline constexpr std::string_view record_type<EvidenceFact> = "evidence";
template <>
inline constexpr std::string_view record_type<AlertFact> = "alert";
template <>
inline constexpr std::string_view record_type<PageFact> = "page";
template <>
inline constexpr std::string_view record_type<DeskFact> = "desk";
template <>
inline constexpr std::string_view record_type<ResponderFact> = "responder";
template <>
inline constexpr std::string_view record_type<EndFact> = "end";

template <class Visitor>
void visit_fields(Header& h, Visitor& visit) {
  visit("format", h.format);
  visit("model", h.model);
  visit("scenario", h.scenario);
  visit("seed", h.seed);
  visit("epoch", h.epoch);
  visit("horizon", h.horizon);
  visit("responders", h.responders);
  visit("overrides", h.overrides);
  visit("inputs", h.inputs);
  visit("rubric", h.rubric_json);
}

template <class Visitor>
void visit_fields(RequestRecord& r, Visitor& visit) {
  visit("actor", r.actor);
  visit("verb", r.verb);
  visit("path", r.path);
  visit("contentType", r.content_type);
  visit("body", r.body);
  visit("status", r.status);
  visit("clues", r.clues);
}

template <class Visitor>
void visit_fields(Seal& s, Visitor& visit) {
  visit("records", s.records);
  visit("head", s.head);
}

template <class Visitor>
void visit_fields(TrafficFact& f, Visitor& visit) {
  visit("service", f.service);
  visit("arrivals", f.arrivals);
  visit("retries", f.retries);
  visit("endpoints", f.endpoints);
  visit("slow", f.slow);
  visit("users", f.users_seen);
  visit("affected", f.users_affected);
  visit("usersMinute", f.users_seen_minute);
  visit("affectedMinute", f.users_affected_minute);
  visit("latency", f.latency);
}

template <class Visitor>
void visit_fields(FaultFact& f, Visitor& visit) {
  visit("id", f.id);
  visit("kind", f.kind);
  visit("target", f.target);
  visit("active", f.active);
  visit("detail", f.detail);
}

template <class Visitor>
void visit_fields(PodFact& f, Visitor& visit) {
  visit("namespace", f.namespace_);
  visit("pod", f.pod);
  visit("change", f.change);
  visit("image", f.image);
  visit("node", f.node);
  visit("reason", f.reason);
  visit("exitCode", f.exit_code);
  visit("restarts", f.restarts);
}

template <class Visitor>
void visit_fields(WorkloadFact& f, Visitor& visit) {
  visit("kind", f.kind);
  visit("namespace", f.namespace_);
  visit("name", f.name);
  visit("wanted", f.wanted);
  visit("pods", f.pods);
  visit("updated", f.updated);
  visit("ready", f.ready);
  visit("available", f.available);
  visit("revision", f.revision);
  visit("image", f.image);
}

template <class Visitor>
void visit_fields(RolloutFact& f, Visitor& visit) {
  visit("namespace", f.namespace_);
  visit("deployment", f.deployment);
  visit("change", f.change);
  visit("revision", f.revision);
}

template <class Visitor>
void visit_fields(ObjectFact& f, Visitor& visit) {
  visit("kind", f.kind);
  visit("namespace", f.namespace_);
  visit("name", f.name);
  visit("change", f.change);
  visit("by", f.by);
  visit("resourceVersion", f.resource_version);
}

template <class Visitor>
void visit_fields(WarningFact& f, Visitor& visit) {
  visit("object", f.object);
  visit("reason", f.reason);
  visit("message", f.message);
  visit("count", f.count);
}

template <class Visitor>
void visit_fields(DataFact& f, Visitor& visit) {
  visit("atRisk", f.at_risk);
  visit("lostWrites", f.lost_writes);
}

template <class Visitor>
void visit_fields(IntruderFact& f, Visitor& visit) {
  visit("active", f.active);
  visit("step", f.step);
}

template <class Visitor>
void visit_fields(AgentFact& f, Visitor& visit) {
  visit("agentType", f.agent_type);
  visit("failing", f.failing);
}

template <class Visitor>
void visit_fields(EvidenceFact& f, Visitor& visit) {
  visit("item", f.item);
  visit("where", f.where);
  visit("change", f.change);
  visit("weight", f.weight);
}

template <class Visitor>
void visit_fields(AlertFact& f, Visitor& visit) {
  visit("alert", f.alert);
  visit("labels", f.labels);
  visit("state", f.state);
  visit("priority", f.priority);
}

template <class Visitor>
void visit_fields(PageFact& f, Visitor& visit) {
  visit("page", f.page);
  visit("alerts", f.alerts);
  visit("to", f.to);
  visit("priority", f.priority);
}

template <class Visitor>
void visit_fields(DeskFact& f, Visitor& visit) {
  visit("action", f.action);
  visit("actor", f.actor);
  visit("severity", f.severity);
  visit("to", f.to);
  visit("text", f.text);
  visit("page", f.page);
}

template <class Visitor>
void visit_fields(ResponderFact& f, Visitor& visit) {
  visit("responder", f.responder);
  visit("change", f.change);
  visit("file", f.file);
  visit("line", f.line);
  visit("text", f.text);
}

template <class Visitor>
void visit_fields(EndFact& f, Visitor& visit) {
  visit("reason", f.reason);
  visit("fingerprint", f.fingerprint);
  visit("events", f.events);
}

}  // namespace muster
