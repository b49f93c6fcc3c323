// Alertmanager's API, version 2 (prometheus/alertmanager api/v2/openapi.yaml), as amtool and its own page
// speak it.
//   GET    /api/v2/status
//   GET    /api/v2/receivers
//   GET    /api/v2/alerts[?filter=MATCHER...&active=&silenced=&inhibited=]
//   GET    /api/v2/silences[?filter=MATCHER...]
//   POST   /api/v2/silences   {"matchers":[...],"startsAt":...,"endsAt":...,"createdBy":...,"comment":...}
//   GET    /api/v2/silence/ID
//   DELETE /api/v2/silence/ID
// Alerts come from the rules alone: posting them is refused. `amtool --alertmanager.url` works with it.
#pragma once

#include "api/request.hpp"
#include "api/url.hpp"
#include "telemetry/alertmanager/alertmanager.hpp"

namespace muster {

Answer handle_alertmanager(const Request& request, const Url& url, SimTime now, Epoch epoch,
                           alertmanager::Alertmanager& alertmanager);

}  // namespace muster
