#include "cluster_model/exporters/exposition.hpp"

#include "cluster_model/exporters/exporters.hpp"
#include "cluster_model/world.hpp"

namespace muster {

std::vector<ScrapeTarget> scrape_targets(World& world) {
  std::vector<ScrapeTarget> targets = scrape_targets({world.objects(), world.requests(), world.profile(),
                                                      world.epoch(), &world.control_plane(), &world.disks(),
                                                      world.databases(), world.providers(), world.now()});
  add_surroundings_targets(world, targets);
  return targets;
}

}  // namespace muster
