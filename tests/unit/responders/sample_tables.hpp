// The Tables that an API server makes of the sample cluster's objects.
#pragma once

#include <string>

namespace muster::test {

std::string sample_pod_table();
std::string sample_deployment_table();
std::string sample_replica_set_table();
/// Not in the order of time.
std::string sample_event_table();

}  // namespace muster::test
