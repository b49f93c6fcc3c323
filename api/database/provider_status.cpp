#include <nlohmann/json.hpp>

#include "api/database/query.hpp"
#include "api/kube/fields_json.hpp"
#include "cluster_model/provider/provider.hpp"
#include "cluster_model/world.hpp"

namespace muster {

// Statuspage's summary.json in its essentials (support.atlassian.com/statuspage, "Status API").
Answer handle_provider_status(const Request& request, const Url& url, const World& world) {
  Answer answer;
  const bool known = url.segments.size() == 3 && url.segments[2] == "status";
  const Provider* provider = known ? world.provider(url.segments[1]) : nullptr;
  if (!provider || request.verb != "GET") {
    answer.status = provider ? 405 : 404;
    answer.body = "{\"message\":\"expected GET /provider/NAME/status of a provider of the profile\"}";
    return answer;
  }
  nlohmann::json components = nlohmann::json::array();
  for (const StatusLine& line : provider->status_page()) {
    components.push_back({{"name", line.component},
                          {"status", line.status},
                          {"updated_at", format_rfc3339(world.epoch(), line.since)}});
    if (line.status != "operational")
      answer.clues.push_back("provider/" + line.component + "/" + line.status);
  }
  answer.body = kube::print_json(
      {{"page", {{"name", provider->profile().name}}}, {"components", std::move(components)}});
  return answer;
}

}  // namespace muster
