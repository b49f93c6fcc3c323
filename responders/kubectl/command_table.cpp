// kubectl's commands and their flags.
#include <array>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/kubectl.hpp"

namespace muster {
namespace {

namespace handlers = kubectl_handlers;

constexpr FlagKind truth = FlagKind::truth;
constexpr FlagSpec selector{"selector", 'l'}, field_selector{"field-selector"}, output{"output", 'o'},
    all_namespaces{"all-namespaces", 'A', truth}, all{"all", 0, truth}, filename{"filename", 'f'},
    container{"container", 'c'}, overwrite{"overwrite", 0, truth}, revision{"revision", 0, FlagKind::whole},
    timeout{"timeout", 0, FlagKind::duration}, containers{"containers", 'c'}, from_literal{"from-literal"},
    dry_run{"dry-run", 0, FlagKind::choice}, recursive{"recursive", 'R', truth}, manager{"field-manager"},
    validate{"validate", 0, FlagKind::choice}, managed{"show-managed-fields", 0, truth}, chunk{"chunk-size"},
    record{"record", 0, truth}, no_headers{"no-headers", 0, truth}, image{"image"},
    port{"port", 0, FlagKind::whole}, list{"list", 0, truth}, go_template{"template"};
constexpr std::array get_flags{selector,
                               field_selector,
                               output,
                               all_namespaces,
                               FlagSpec{"sort-by"},
                               no_headers,
                               FlagSpec{"show-labels", 0, truth},
                               FlagSpec{"ignore-not-found", 0, truth},
                               FlagSpec{"watch", 'w', truth},
                               FlagSpec{"watch-only", 0, truth},
                               FlagSpec{"label-columns", 'L'},
                               filename,
                               recursive,
                               chunk,
                               FlagSpec{"show-kind", 0, truth},
                               managed,
                               FlagSpec{"raw"},
                               FlagSpec{"server-print", 0, truth},
                               go_template,
                               FlagSpec{"subresource"}};
constexpr std::array describe_flags{selector, FlagSpec{"show-events", 0, truth}, all_namespaces, filename,
                                    chunk};
constexpr std::array logs_flags{selector,
                                container,
                                FlagSpec{"previous", 'p', truth},
                                FlagSpec{"follow", 'f', truth},
                                FlagSpec{"tail", 0, FlagKind::whole},
                                FlagSpec{"since", 0, FlagKind::duration},
                                FlagSpec{"since-time"},
                                FlagSpec{"timestamps", 0, truth},
                                FlagSpec{"all-containers", 0, truth},
                                FlagSpec{"prefix", 0, truth},
                                FlagSpec{"limit-bytes"},
                                FlagSpec{"max-log-requests", 0, FlagKind::whole},
                                FlagSpec{"ignore-errors", 0, truth},
                                FlagSpec{"pod-running-timeout", 0, FlagKind::duration},
                                FlagSpec{"all-pods", 0, truth}};
constexpr std::array undo_flags{FlagSpec{"to-revision", 0, FlagKind::whole}, selector, dry_run, output,
                                filename};
constexpr std::array history_flags{revision, selector, output};
constexpr std::array status_flags{revision, timeout, selector, FlagSpec{"watch", 'w', truth}};
constexpr std::array rollout_flags{selector, output, manager, filename};
constexpr std::array scale_flags{FlagSpec{"replicas", 0, FlagKind::whole},
                                 FlagSpec{"current-replicas", 0, FlagKind::whole},
                                 selector,
                                 all,
                                 dry_run,
                                 output,
                                 timeout,
                                 filename,
                                 record};
constexpr std::array set_image_flags{selector, all, dry_run, output, record, filename};
constexpr std::array set_resources_flags{
    FlagSpec{"limits"}, FlagSpec{"requests"}, containers, selector, all, dry_run, output};
constexpr std::array set_env_flags{containers,
                                   FlagSpec{"env", 'e'},
                                   overwrite,
                                   selector,
                                   all,
                                   list,
                                   FlagSpec{"from"},
                                   FlagSpec{"keys"},
                                   FlagSpec{"prefix"},
                                   dry_run,
                                   output,
                                   FlagSpec{"resolve", 0, truth}};
constexpr std::array patch_flags{FlagSpec{"patch", 'p'},
                                 FlagSpec{"type"},
                                 FlagSpec{"subresource"},
                                 FlagSpec{"patch-file"},
                                 dry_run,
                                 output,
                                 filename};
constexpr std::array label_flags{overwrite, selector, all,    field_selector, FlagSpec{"resource-version"},
                                 list,      dry_run,  output, all_namespaces, manager,
                                 filename};
constexpr std::array delete_flags{selector,
                                  field_selector,
                                  all,
                                  filename,
                                  FlagSpec{"force", 0, truth},
                                  FlagSpec{"now", 0, truth},
                                  FlagSpec{"grace-period", 0, FlagKind::whole},
                                  FlagSpec{"wait", 0, truth},
                                  timeout,
                                  FlagSpec{"ignore-not-found", 0, truth},
                                  FlagSpec{"cascade", 0, FlagKind::choice},
                                  dry_run,
                                  output,
                                  all_namespaces,
                                  recursive};
constexpr std::array cordon_flags{selector, dry_run};
constexpr std::array taint_flags{overwrite, selector, all, dry_run};
constexpr std::array drain_flags{FlagSpec{"force", 0, truth},
                                 FlagSpec{"ignore-daemonsets", 0, truth},
                                 FlagSpec{"delete-emptydir-data", 0, truth},
                                 FlagSpec{"grace-period", 0, FlagKind::whole},
                                 timeout,
                                 FlagSpec{"pod-selector"},
                                 dry_run,
                                 FlagSpec{"disable-eviction", 0, truth},
                                 chunk,
                                 FlagSpec{"skip-wait-for-delete-timeout", 0, FlagKind::whole},
                                 selector};
constexpr std::array apply_flags{filename,
                                 dry_run,
                                 output,
                                 recursive,
                                 validate,
                                 manager,
                                 FlagSpec{"server-side", 0, truth},
                                 FlagSpec{"force-conflicts", 0, truth},
                                 FlagSpec{"overwrite", 0, truth},
                                 FlagSpec{"force", 0, truth},
                                 selector,
                                 all,
                                 FlagSpec{"save-config", 0, truth},
                                 record,
                                 FlagSpec{"wait", 0, truth},
                                 timeout,
                                 FlagSpec{"type"},
                                 FlagSpec{"edit"}};
constexpr std::array replace_flags{filename,
                                   dry_run,
                                   output,
                                   go_template,
                                   recursive,
                                   validate,
                                   manager,
                                   FlagSpec{"force", 0, truth},
                                   FlagSpec{"cascade", 0, FlagKind::choice},
                                   FlagSpec{"grace-period", 0, FlagKind::whole},
                                   FlagSpec{"save-config", 0, truth},
                                   FlagSpec{"wait", 0, truth},
                                   timeout};
constexpr std::array create_flags{from_literal,
                                  FlagSpec{"from-file"},
                                  FlagSpec{"from-env-file"},
                                  FlagSpec{"type"},
                                  dry_run,
                                  output,
                                  validate,
                                  FlagSpec{"save-config", 0, truth},
                                  FlagSpec{"append-hash", 0, truth},
                                  manager};
constexpr std::array make_flags{image,
                                port,
                                FlagSpec{"replicas", 0, FlagKind::whole},
                                FlagSpec{"from"},
                                FlagSpec{"schedule"},
                                FlagSpec{"restart"},
                                FlagSpec{"tcp"},
                                FlagSpec{"selector"},
                                FlagSpec{"min-available"},
                                FlagSpec{"max-unavailable"},
                                dry_run,
                                output,
                                validate,
                                FlagSpec{"save-config", 0, truth},
                                FlagSpec{"node-port"},
                                FlagSpec{"clusterip"},
                                manager};
constexpr std::array expose_flags{port,
                                  FlagSpec{"target-port"},
                                  FlagSpec{"name"},
                                  FlagSpec{"type"},
                                  FlagSpec{"protocol"},
                                  dry_run,
                                  output,
                                  selector,
                                  filename};
constexpr std::array autoscale_flags{FlagSpec{"min", 0, FlagKind::whole},
                                     FlagSpec{"max", 0, FlagKind::whole},
                                     FlagSpec{"cpu-percent", 0, FlagKind::whole},
                                     FlagSpec{"name"},
                                     dry_run,
                                     output,
                                     filename};
constexpr std::array top_flags{selector,
                               field_selector,
                               all_namespaces,
                               FlagSpec{"sort-by"},
                               FlagSpec{"containers", 0, truth},
                               no_headers,
                               FlagSpec{"sum", 0, truth},
                               FlagSpec{"show-capacity", 0, truth},
                               FlagSpec{"use-protocol-buffers", 0, truth}};
constexpr std::array version_flags{FlagSpec{"client", 0, truth}, output};
constexpr std::array exec_flags{container,
                                FlagSpec{"stdin", 'i', truth},
                                FlagSpec{"tty", 't', truth},
                                FlagSpec{"quiet", 'q', truth},
                                filename,
                                FlagSpec{"pod-running-timeout", 0, FlagKind::duration}};
constexpr std::array run_flags{image,
                               FlagSpec{"restart"},
                               FlagSpec{"rm", 0, truth},
                               FlagSpec{"stdin", 'i', truth},
                               FlagSpec{"tty", 't', truth},
                               FlagSpec{"env"},
                               FlagSpec{"labels", 'l'},
                               port,
                               FlagSpec{"command", 0, truth},
                               FlagSpec{"attach", 0, truth},
                               FlagSpec{"quiet", 'q', truth},
                               dry_run,
                               output,
                               FlagSpec{"image-pull-policy"},
                               FlagSpec{"pod-running-timeout", 0, FlagKind::duration},
                               manager,
                               FlagSpec{"leave-stdin-open", 0, truth}};
constexpr std::array edit_flags{output,   validate,
                                filename, FlagSpec{"save-config", 0, truth},
                                managed,  FlagSpec{"subresource"},
                                manager,  FlagSpec{"windows-line-endings", 0, truth}};
constexpr std::array wait_flags{FlagSpec{"for"}, selector, field_selector, all,
                                timeout,         filename, output,         all_namespaces};
constexpr std::array events_flags{FlagSpec{"for"}, FlagSpec{"types"}, all_namespaces,
                                  output,          no_headers,        chunk};
constexpr std::array resources_flags{FlagSpec{"api-group"},
                                     FlagSpec{"namespaced", 0, truth},
                                     output,
                                     no_headers,
                                     FlagSpec{"verbs"},
                                     FlagSpec{"cached", 0, truth},
                                     FlagSpec{"sort-by"},
                                     FlagSpec{"categories"}};
constexpr std::array auth_flags{
    list, FlagSpec{"quiet", 'q', truth}, all_namespaces, FlagSpec{"subresource"}, no_headers, output};
constexpr std::array config_flags{FlagSpec{"current", 0, truth},
                                  FlagSpec{"minify", 0, truth},
                                  FlagSpec{"raw", 0, truth},
                                  output,
                                  no_headers,
                                  FlagSpec{"flatten", 0, truth}};
constexpr std::array explain_flags{FlagSpec{"recursive", 0, truth}, FlagSpec{"api-version"}, output};
constexpr std::array no_flags{output};

constexpr KubectlCommand at_once(std::string_view name, std::string_view synopsis,
                                 std::span<const FlagSpec> flags, void (*run)(KubectlCall&)) {
  return KubectlCommand{name, synopsis, flags, run, nullptr, {}};
}
constexpr KubectlCommand waiting(std::string_view name, std::string_view synopsis,
                                 std::span<const FlagSpec> flags, Task<void> (*run)(KubectlCall&)) {
  return KubectlCommand{name, synopsis, flags, nullptr, run, {}};
}
constexpr KubectlCommand refused(std::string_view name, std::string_view refusal) {
  return KubectlCommand{name, {}, {}, nullptr, nullptr, refusal};
}

constexpr std::array commands{
    waiting(
        "get",
        "kubectl get TYPE[,TYPE] [NAME...] | TYPE/NAME... [-n NS | -A] [-l SELECTOR] [--field-selector F] "
        "[-o wide|name|yaml|json|jsonpath=TEMPLATE|go-template=TEMPLATE|custom-columns=SPEC] [--sort-by "
        "PATH] [-L KEYS] "
        "[--show-labels] "
        "[--no-headers] [-w]",
        get_flags, handlers::get),
    at_once("describe", "kubectl describe TYPE [NAME...] | TYPE/NAME... [-l SELECTOR]", describe_flags,
            handlers::describe),
    waiting(
        "logs",
        "kubectl logs POD | TYPE/NAME | -l SELECTOR [-c CONTAINER] [--previous] [--tail N] [--since TIME] "
        "[--timestamps] [-f]",
        logs_flags, handlers::logs),
    at_once("rollout undo", "kubectl rollout undo deployment/NAME [--to-revision N]", undo_flags,
            handlers::rollout_undo),
    waiting("rollout status", "kubectl rollout status deployment/NAME [--timeout TIME] [--watch=false]",
            status_flags, handlers::rollout_status),
    at_once("rollout history", "kubectl rollout history deployment/NAME [--revision N]", history_flags,
            handlers::rollout_history),
    at_once("rollout restart", "kubectl rollout restart deployment/NAME", rollout_flags,
            handlers::rollout_restart),
    at_once("rollout pause", "kubectl rollout pause deployment/NAME", rollout_flags, handlers::rollout_pause),
    at_once("rollout resume", "kubectl rollout resume deployment/NAME", rollout_flags,
            handlers::rollout_resume),
    at_once("scale", "kubectl scale deployment|replicaset NAME --replicas N [--current-replicas N]",
            scale_flags, handlers::scale),
    at_once("set image", "kubectl set image deployment/NAME CONTAINER=IMAGE...", set_image_flags,
            handlers::set_image),
    at_once("set resources",
            "kubectl set resources deployment NAME [-c CONTAINER] [--limits L] [--requests R]",
            set_resources_flags, handlers::set_resources),
    at_once("set env", "kubectl set env deployment/NAME [-c CONTAINER] NAME=VALUE... NAME-...", set_env_flags,
            handlers::set_env),
    at_once("patch", "kubectl patch TYPE NAME -p PATCH [--type strategic|merge|json]", patch_flags,
            handlers::patch),
    at_once("label", "kubectl label TYPE NAME KEY=VALUE... KEY-... [--overwrite]", label_flags,
            handlers::label),
    at_once("annotate", "kubectl annotate TYPE NAME KEY=VALUE... KEY-... [--overwrite]", label_flags,
            handlers::annotate),
    waiting("delete",
            "kubectl delete TYPE NAME... | -l SELECTOR | --all | -f FILE [--force] [--grace-period N] "
            "[--wait=false]",
            delete_flags, handlers::remove),
    at_once("cordon", "kubectl cordon NODE...", cordon_flags, handlers::cordon),
    at_once("uncordon", "kubectl uncordon NODE...", cordon_flags, handlers::uncordon),
    at_once("taint", "kubectl taint nodes NODE... KEY[=VALUE]:EFFECT... KEY[:EFFECT]-... [--overwrite]",
            taint_flags, handlers::taint),
    waiting(
        "drain",
        "kubectl drain NODE... [--ignore-daemonsets] [--force] [--delete-emptydir-data] [--grace-period N] "
        "[--timeout TIME] [--pod-selector S]",
        drain_flags, handlers::drain),
    at_once("set serviceaccount", "kubectl set serviceaccount deployment NAME ACCOUNT", set_image_flags,
            handlers::set_service_account),
    at_once("apply", "kubectl apply -f FILE [--server-side] [--dry-run=client|server]", apply_flags,
            handlers::apply),
    at_once("create", "kubectl create -f FILE", apply_flags, handlers::create_file),
    waiting("replace", "kubectl replace -f FILE [--force [--grace-period N] [--timeout TIME]]", replace_flags,
            handlers::replace),
    at_once("diff", "kubectl diff -f FILE", apply_flags, handlers::diff),
    at_once("create namespace", "kubectl create namespace NAME", make_flags, handlers::create_namespace),
    at_once("create ns", "kubectl create ns NAME", make_flags, handlers::create_namespace),
    at_once("create serviceaccount", "kubectl create serviceaccount NAME", make_flags,
            handlers::create_service_account),
    at_once("create deployment", "kubectl create deployment NAME --image IMAGE [--replicas N] [-- COMMAND]",
            make_flags, handlers::create_deployment),
    at_once("create job", "kubectl create job NAME --image IMAGE | --from cronjob/NAME", make_flags,
            handlers::create_job),
    at_once("create cronjob", "kubectl create cronjob NAME --image IMAGE --schedule CRON", make_flags,
            handlers::create_cron_job),
    at_once("create service", "kubectl create service clusterip|nodeport|loadbalancer NAME --tcp PORT:TARGET",
            make_flags, handlers::create_service),
    at_once("create poddisruptionbudget",
            "kubectl create poddisruptionbudget NAME --selector S --min-available N", make_flags,
            handlers::create_budget),
    at_once("create pdb", "kubectl create pdb NAME --selector S --min-available N", make_flags,
            handlers::create_budget),
    at_once("expose", "kubectl expose TYPE NAME [--port N] [--target-port N] [--name NAME]", expose_flags,
            handlers::expose),
    at_once("autoscale", "kubectl autoscale TYPE NAME [--min N] --max N [--cpu-percent P]", autoscale_flags,
            handlers::autoscale),
    at_once("create configmap",
            "kubectl create configmap NAME --from-literal KEY=VALUE... --from-file [KEY=]FILE...",
            create_flags, handlers::create_configmap),
    at_once("create secret", "kubectl create secret generic NAME --from-literal KEY=VALUE...", create_flags,
            handlers::create_secret),
    at_once("top pods", "kubectl top pods [-l SELECTOR] [--sort-by cpu|memory]", top_flags,
            handlers::top_pods),
    at_once("top pod", "kubectl top pod [NAME]", top_flags, handlers::top_pods),
    at_once("top nodes", "kubectl top nodes [--sort-by cpu|memory]", top_flags, handlers::top_nodes),
    at_once("top node", "kubectl top node [NAME]", top_flags, handlers::top_nodes),
    at_once("version", "kubectl version [--client]", version_flags, handlers::version),
    waiting("exec", "kubectl exec POD | TYPE/NAME [-i] [-t] [-c CONTAINER] -- COMMAND...", exec_flags,
            handlers::exec),
    waiting("run",
            "kubectl run NAME --image IMAGE [-i] [-t] [--rm] [--restart Never] [--env K=V] [-- WORD...]",
            run_flags, handlers::run),
    waiting("edit", "KUBE_EDITOR=\"sed -i s/old/new/\" kubectl edit TYPE NAME", edit_flags, handlers::edit),
    waiting("wait",
            "kubectl wait TYPE/NAME... --for delete|create|condition=C[=V]|jsonpath={P}[=V] [--timeout TIME]",
            wait_flags, handlers::wait),
    at_once("events", "kubectl events [--for TYPE/NAME] [--types Warning,Normal] [-A]", events_flags,
            handlers::events),
    at_once("auth can-i", "kubectl auth can-i VERB TYPE[/NAME] [--list]", auth_flags, handlers::auth_can_i),
    at_once("auth whoami", "kubectl auth whoami", auth_flags, handlers::auth_whoami),
    at_once("api-resources", "kubectl api-resources [--namespaced] [--api-group G]", resources_flags,
            handlers::api_resources),
    at_once("api-versions", "kubectl api-versions", no_flags, handlers::api_versions),
    at_once("cluster-info", "kubectl cluster-info", no_flags, handlers::cluster_info),
    at_once(
        "config",
        "kubectl config current-context|get-contexts|use-context|set-context --current --namespace NS|view",
        config_flags, handlers::config),
    refused("attach", "is not built: the main process of a container has no terminal here"),
    refused("debug", "is not built: use `kubectl run` or `kubectl exec`"),
    refused("cp", "is not built: use `kubectl exec POD -- cat FILE > FILE`"),
    refused("port-forward", "is not built: ask the service's URL with curl"),
    refused("proxy", "is not built: use `kubectl get --raw PATH`"),
    at_once("explain", "kubectl explain TYPE[.FIELD]... [--recursive] [--api-version VERSION]", explain_flags,
            handlers::explain),
    refused("set selector", "is not built: use `kubectl patch`"),
    refused("set subject", "is not built: roles are not modelled"),
};

constexpr std::array<std::string_view, 7> not_built{"alpha",   "certificate", "completion", "kustomize",
                                                    "options", "plugin",      "krew"};

}  // namespace

std::span<const KubectlCommand> kubectl_commands() {
  return commands;
}
std::span<const std::string_view> kubectl_not_built() {
  return not_built;
}

}  // namespace muster
