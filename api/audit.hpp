// The door to the audit log, and who came through the others: every request to the Kubernetes API is noted
// there, and what a request read out counts as captured evidence. Paths: GET /audit/v1/events, GET
// /audit/v1/warnings.
#pragma once

#include "api/request.hpp"
#include "api/url.hpp"
#include "cluster_model/world.hpp"

namespace muster {

/// Notes a request that the Kubernetes door has answered.
void note_kubernetes_request(World& world, const Request& request, const Url& url, const Answer& answer);
/// The same for the database's door: reading the server's log captures it.
void note_database_request(World& world, const Url& url, const Answer& answer);

/// /audit/v1/...: the ring's entries, newest last, as JSON; parameters `user` and `verb` choose.
Answer handle_audit(World& world, const Request& request, const Url& url);

}  // namespace muster
