// kubectl's commands and their flags.
#include <array>

#include "responders/kubectl/handlers.hpp"
#include "responders/kubectl/kubectl.hpp"

namespace muster {
namespace {

namespace handlers = kubectl_handlers;

constexpr FlagSpec selector{"selector", 'l'}, field_selector{"field-selector"}, output{"output", 'o'},
    all_namespaces{"all-namespaces", 'A', FlagKind::truth}, all{"all", 0, FlagKind::truth},
    filename{"filename", 'f'}, container{"container", 'c'}, overwrite{"overwrite", 0, FlagKind::truth},
    revision{"revision", 0, FlagKind::whole}, timeout{"timeout", 0, FlagKind::duration},
    containers{"containers", 'c'}, from_literal{"from-literal"};

constexpr std::array get_flags{selector,
                               field_selector,
                               output,
                               all_namespaces,
                               FlagSpec{"sort-by"},
                               FlagSpec{"no-headers", 0, FlagKind::truth},
                               FlagSpec{"show-labels", 0, FlagKind::truth},
                               FlagSpec{"ignore-not-found", 0, FlagKind::truth}};
constexpr std::array describe_flags{selector, FlagSpec{"show-events", 0, FlagKind::truth}};
constexpr std::array logs_flags{selector,
                                container,
                                FlagSpec{"previous", 'p', FlagKind::truth},
                                FlagSpec{"follow", 'f', FlagKind::truth},
                                FlagSpec{"tail", 0, FlagKind::whole},
                                FlagSpec{"since", 0, FlagKind::duration},
                                FlagSpec{"timestamps", 0, FlagKind::truth}};
constexpr std::array undo_flags{FlagSpec{"to-revision", 0, FlagKind::whole}, selector};
constexpr std::array history_flags{revision, selector};
constexpr std::array status_flags{revision, timeout, selector, FlagSpec{"watch", 'w', FlagKind::truth}};
constexpr std::array rollout_flags{selector};
constexpr std::array scale_flags{FlagSpec{"replicas", 0, FlagKind::whole},
                                 FlagSpec{"current-replicas", 0, FlagKind::whole}, selector, all};
constexpr std::array set_image_flags{selector, all};
constexpr std::array set_resources_flags{FlagSpec{"limits"}, FlagSpec{"requests"}, containers, selector, all};
constexpr std::array set_env_flags{
    containers, FlagSpec{"env", 'e'}, overwrite, selector, all, FlagSpec{"list", 0, FlagKind::truth}};
constexpr std::array patch_flags{FlagSpec{"patch", 'p'}, FlagSpec{"type"}, FlagSpec{"subresource"}};
constexpr std::array label_flags{overwrite, selector, all, FlagSpec{"resource-version"}};
constexpr std::array delete_flags{selector,
                                  field_selector,
                                  all,
                                  filename,
                                  FlagSpec{"force", 0, FlagKind::truth},
                                  FlagSpec{"now", 0, FlagKind::truth},
                                  FlagSpec{"grace-period", 0, FlagKind::whole},
                                  FlagSpec{"wait", 0, FlagKind::truth},
                                  timeout,
                                  FlagSpec{"ignore-not-found", 0, FlagKind::truth}};
constexpr std::array cordon_flags{selector};
constexpr std::array taint_flags{overwrite, selector, all};
constexpr std::array drain_flags{FlagSpec{"force", 0, FlagKind::truth},
                                 FlagSpec{"ignore-daemonsets", 0, FlagKind::truth},
                                 FlagSpec{"delete-emptydir-data", 0, FlagKind::truth},
                                 FlagSpec{"grace-period", 0, FlagKind::whole},
                                 timeout,
                                 FlagSpec{"pod-selector"}};
constexpr std::array file_flags{filename};
constexpr std::array create_flags{from_literal};
constexpr std::array top_flags{selector, all_namespaces, FlagSpec{"sort-by"},
                               FlagSpec{"containers", 0, FlagKind::truth},
                               FlagSpec{"no-headers", 0, FlagKind::truth}};
constexpr std::array version_flags{FlagSpec{"client", 0, FlagKind::truth}, output};

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
    at_once(
        "get",
        "kubectl get TYPE[,TYPE] [NAME...] | TYPE/NAME... [-n NS | -A] [-l SELECTOR] [--field-selector F] "
        "[-o wide|name|yaml|json|jsonpath=TEMPLATE] [--sort-by PATH] [--show-labels] [--no-headers]",
        get_flags, handlers::get),
    at_once("describe", "kubectl describe pod|deployment [NAME...] [-l SELECTOR]", describe_flags,
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
    at_once("apply", "kubectl apply -f FILE", file_flags, handlers::apply),
    at_once("create", "kubectl create -f FILE", file_flags, handlers::create_file),
    at_once("create configmap", "kubectl create configmap NAME --from-literal KEY=VALUE...", create_flags,
            handlers::create_configmap),
    at_once("create secret", "kubectl create secret generic NAME --from-literal KEY=VALUE...", create_flags,
            handlers::create_secret),
    at_once("top pods", "kubectl top pods [-l SELECTOR] [--sort-by cpu|memory]", top_flags,
            handlers::top_pods),
    at_once("top pod", "kubectl top pod [NAME]", top_flags, handlers::top_pods),
    at_once("top nodes", "kubectl top nodes", top_flags, handlers::top_nodes),
    at_once("top node", "kubectl top node [NAME]", top_flags, handlers::top_nodes),
    at_once("version", "kubectl version [--client]", version_flags, handlers::version),
    refused("edit", "needs an editor, which this console does not have: use `kubectl patch` instead"),
    refused("exec", "is not available in this drill yet"),
    refused("run", "is not available in this drill yet"),
};

constexpr std::array<std::string_view, 22> not_built{
    "api-resources", "api-versions", "attach",  "auth",      "autoscale", "certificate",
    "cluster-info",  "completion",   "config",  "cp",        "debug",     "diff",
    "events",        "explain",      "expose",  "kustomize", "options",   "plugin",
    "port-forward",  "proxy",        "replace", "wait"};

}  // namespace

std::span<const KubectlCommand> kubectl_commands() {
  return commands;
}
std::span<const std::string_view> kubectl_not_built() {
  return not_built;
}

}  // namespace muster
