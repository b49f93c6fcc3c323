#include "scenarios/profile_file.hpp"

#include <fmt/format.h>

#include "scenarios/profile/sections.hpp"

namespace muster {

Result<ProfileFile> parse_profile(const std::string& text, const std::string& file_name) {
  const auto root = read_yaml(text, file_name);
  if (!root) return root.error();
  ReadContext errors{file_name, {}};
  ProfileFile result;
  ProfileContext context{errors, result};
  MapReader map(*root, "a profile", errors);
  map.whole("muster", 1, 1);
  result.profile.name = map.text("name");
  const auto& services = map.items("services", "a list of services");
  for (std::size_t i = 0; i < services.size(); ++i)
    read_service(services[i], fmt::format("services.{}", i), context);
  for (const YamlNode& item : map.items("databases")) read_database(item, context);
  for (const YamlNode& item : map.items("providers")) read_provider(item, context);
  if (!errors.first_error) check_steps(services, context);
  const auto& apps = map.items("apps", "a list of what runs in the pods");
  for (std::size_t i = 0; i < apps.size(); ++i) read_app(apps[i], fmt::format("apps.{}", i), context);
  if (const YamlNode* cluster = map.node("cluster")) read_cluster(*cluster, context);
  for (const YamlNode& agent : map.items("agents")) read_agent(agent, context);
  if (const YamlNode* disks = map.node("disks")) read_disks(*disks, context);
  if (const YamlNode* network = map.node("network")) read_network(*network, context);
  if (const YamlNode* intruder = map.node("intruder")) read_intruder(*intruder, context);
  map.finish();
  if (errors.first_error) return *errors.first_error;
  return result;
}

}  // namespace muster
