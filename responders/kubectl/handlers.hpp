// The handlers of the command table; each in the .cpp of its name.
#pragma once

#include "responders/kubectl/call.hpp"

namespace muster::kubectl_handlers {

Task<void> get(KubectlCall& call);
void describe(KubectlCall& call);
Task<void> logs(KubectlCall& call);
void rollout_undo(KubectlCall& call);
void rollout_history(KubectlCall& call);
void rollout_restart(KubectlCall& call);
void rollout_pause(KubectlCall& call);
void rollout_resume(KubectlCall& call);
Task<void> rollout_status(KubectlCall& call);
void scale(KubectlCall& call);
void set_image(KubectlCall& call);
void set_resources(KubectlCall& call);
void set_env(KubectlCall& call);
void patch(KubectlCall& call);
void label(KubectlCall& call);
void annotate(KubectlCall& call);
Task<void> remove(KubectlCall& call);
void cordon(KubectlCall& call);
void uncordon(KubectlCall& call);
void taint(KubectlCall& call);
Task<void> drain(KubectlCall& call);
void apply(KubectlCall& call);
void create_file(KubectlCall& call);
void create_configmap(KubectlCall& call);
void create_secret(KubectlCall& call);
void top_pods(KubectlCall& call);
void top_nodes(KubectlCall& call);
void version(KubectlCall& call);
Task<void> exec(KubectlCall& call);
Task<void> run(KubectlCall& call);
Task<void> edit(KubectlCall& call);
Task<void> wait(KubectlCall& call);
void events(KubectlCall& call);
void api_resources(KubectlCall& call);
void api_versions(KubectlCall& call);
void cluster_info(KubectlCall& call);
void config(KubectlCall& call);
void auth_can_i(KubectlCall& call);
void auth_whoami(KubectlCall& call);
void create_namespace(KubectlCall& call);
void create_service_account(KubectlCall& call);
void create_deployment(KubectlCall& call);
void create_job(KubectlCall& call);
void create_cron_job(KubectlCall& call);
void create_service(KubectlCall& call);
void create_budget(KubectlCall& call);
void expose(KubectlCall& call);
void autoscale(KubectlCall& call);
Task<void> replace(KubectlCall& call);
void explain(KubectlCall& call);
void diff(KubectlCall& call);
void set_service_account(KubectlCall& call);

}  // namespace muster::kubectl_handlers
