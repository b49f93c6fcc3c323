// A database console as psql uses it, and the status pages of third parties.
//   POST /db/NAME/query        {"sql":"SELECT
//   1","user":"postgres","password":"...","host":"...","database":"..."}
//                              or {"sql":"...","url":"postgresql://..."}; host: default the endpoint
//   GET  /db/NAME/log[?instance=I]   the server's log
//   GET  /provider/NAME/status
// Answers: 200 {"columns":[...],"rows":[[...]],"command":"SELECT 1"}; 400 {"error":"ERROR:  ..."} for a
// statement that fails; 503 {"error":"psql: error: ..."} if no connection comes about, for the reasons any
// client has.
#pragma once

#include "api/request.hpp"
#include "api/url.hpp"

namespace muster {

class World;

Answer handle_database(const Request& request, const Url& url, World& world);
Answer handle_provider_status(const Request& request, const Url& url, const World& world);

}  // namespace muster
