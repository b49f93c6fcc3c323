// The services' own URLs, as a browser or curl outside the cluster finds them:
//   GET /web/HOST/PATH
// The answer is what the balancer would give now; it takes no worker and is no user's request.
#pragma once

#include "api/request.hpp"
#include "api/url.hpp"

namespace muster {

class World;
struct ServiceProfile;

/// What the service's application itself says at a path; `path` without a query.
Answer application_page(const ServiceProfile& service, const std::string& method, const std::string& path);

Answer handle_web(const Request& request, const Url& url, World& world);

}  // namespace muster
