// The cloud console of managed databases, in the shapes of Google's Cloud SQL Admin API (sqladmin v1).
//   GET   /cloud/sql/v1/projects/P/instances[/NAME]
//   PATCH /cloud/sql/v1/projects/P/instances/NAME           {"settings":{"dataDiskSizeGb":"200"}} or
//   databaseFlags POST  .../instances/NAME/failover | restart | promoteReplica | clone | restoreBackup |
//   backupRuns GET   .../instances/NAME/backupRuns PUT   .../instances/NAME/users?name=ROLE
//   {"password":"..."} GET   /cloud/sql/v1/projects/P/operations[/N]
// A write answers with an operation that takes virtual time. docs/database.md.
#pragma once

#include "api/request.hpp"
#include "api/url.hpp"

namespace muster {

class World;

Answer handle_cloud_sql(const Request& request, const Url& url, World& world);

}  // namespace muster
