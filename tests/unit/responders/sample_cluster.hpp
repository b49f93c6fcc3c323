// A deployment in the middle of a bad rollout, as a real API server answers: three old pods serve, one new
// pod crashes.
#pragma once

#include "tests/unit/responders/fake_host.hpp"

namespace muster::test {

/// Namespace autonomous-dev-prod, deployment autonomous-dev, revisions 1 and 2; sets the time to 14:40:00.
void add_sample_cluster(FakeHost& host);
const char* sample_deployment();

}  // namespace muster::test
