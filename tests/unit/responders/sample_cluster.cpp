#include "tests/unit/responders/sample_cluster.hpp"

#include "tests/unit/responders/sample_tables.hpp"

namespace muster::test {
namespace {

constexpr const char* deployment_json =
    R"json({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"autonomous-dev","namespace":"autonomous-dev-prod",
"uid":"dep-uid","generation":2,"resourceVersion":"100","creationTimestamp":"2025-11-01T12:40:00Z",
"labels":{"app":"autonomous-dev"},"annotations":{"deployment.kubernetes.io/revision":"2"}},
"spec":{"replicas":3,"selector":{"matchLabels":{"app":"autonomous-dev"}},"template":{"metadata":{"labels":{"app":"autonomous-dev",
"tier":"backend"}},"spec":{"containers":[{"name":"app","image":"registry.example.com/autonomous-dev:1.2.3",
"imagePullPolicy":"IfNotPresent","ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],
"envFrom":[{"configMapRef":{"name":"autonomous-dev-config"}}],"env":[{"name":"A",
"value":"b"},{"name":"DATABASE_URL","valueFrom":{"secretKeyRef":{"name":"autonomous-dev-secrets",
"key":"database-url"}}}],"resources":{"limits":{"cpu":"4","memory":"8Gi"},"requests":{"cpu":"1",
"memory":"2Gi"}},"livenessProbe":{"httpGet":{"path":"/health/live","port":8080,"scheme":"HTTP"},
"initialDelaySeconds":10,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,
"failureThreshold":3},"readinessProbe":{"httpGet":{"path":"/health/ready","port":"http",
"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3},
"terminationMessagePath":"/dev/termination-log"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
"dnsPolicy":"ClusterFirst","securityContext":{}}},"strategy":{"type":"RollingUpdate",
"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"}},"progressDeadlineSeconds":600,
"revisionHistoryLimit":10},"status":{"observedGeneration":2,"replicas":4,"updatedReplicas":1,
"readyReplicas":3,"availableReplicas":3,"unavailableReplicas":1,"conditions":[{"type":"Available",
"status":"True","reason":"MinimumReplicasAvailable","message":"Deployment has minimum availability.",
"lastTransitionTime":"2025-11-01T12:43:20Z","lastUpdateTime":"2025-11-01T12:43:20Z"},
{"type":"Progressing","status":"True","reason":"ReplicaSetUpdated","message":"x",
"lastTransitionTime":"2025-11-01T12:43:20Z","lastUpdateTime":"2025-11-01T14:35:00Z"}]}})json";

constexpr const char* old_set_json =
    R"json({"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"autonomous-dev-6c8f",
"namespace":"autonomous-dev-prod","uid":"autonomous-dev-6c8f-uid","generation":1,
"resourceVersion":"90","creationTimestamp":"2025-11-01T12:41:40Z","labels":{"app":"autonomous-dev",
"pod-template-hash":"6c8f"},"annotations":{"deployment.kubernetes.io/revision":"1",
"deployment.kubernetes.io/desired-replicas":"3","deployment.kubernetes.io/max-replicas":"4",
"kubernetes.io/change-cause":"release 1.2.2"},"ownerReferences":[{"apiVersion":"apps/v1",
"kind":"Deployment","name":"autonomous-dev","uid":"dep-uid","controller":true,"blockOwnerDeletion":true}]},
"spec":{"replicas":3,"selector":{"matchLabels":{"app":"autonomous-dev","pod-template-hash":"6c8f"}},
"template":{"metadata":{"labels":{"app":"autonomous-dev","tier":"backend","pod-template-hash":"6c8f"}},
"spec":{"containers":[{"name":"app","image":"registry.example.com/autonomous-dev:1.2.2",
"imagePullPolicy":"IfNotPresent","ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],
"envFrom":[{"configMapRef":{"name":"autonomous-dev-config"}}],"env":[{"name":"A",
"value":"b"},{"name":"DATABASE_URL","valueFrom":{"secretKeyRef":{"name":"autonomous-dev-secrets",
"key":"database-url"}}}],"resources":{"limits":{"cpu":"4","memory":"8Gi"},"requests":{"cpu":"1",
"memory":"2Gi"}},"livenessProbe":{"httpGet":{"path":"/health/live","port":8080,"scheme":"HTTP"},
"initialDelaySeconds":10,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,
"failureThreshold":3},"readinessProbe":{"httpGet":{"path":"/health/ready","port":"http",
"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3},
"terminationMessagePath":"/dev/termination-log"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
"dnsPolicy":"ClusterFirst","securityContext":{}}}},"status":{"replicas":3,"readyReplicas":3,
"availableReplicas":3,"observedGeneration":1}})json";

constexpr const char* new_set_json =
    R"json({"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"autonomous-dev-7d9b",
"namespace":"autonomous-dev-prod","uid":"autonomous-dev-7d9b-uid","generation":1,
"resourceVersion":"90","creationTimestamp":"2025-11-01T12:43:20Z","labels":{"app":"autonomous-dev",
"pod-template-hash":"7d9b"},"annotations":{"deployment.kubernetes.io/revision":"2",
"deployment.kubernetes.io/desired-replicas":"3","deployment.kubernetes.io/max-replicas":"4"},
"ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"autonomous-dev",
"uid":"dep-uid","controller":true,"blockOwnerDeletion":true}]},"spec":{"replicas":1,
"selector":{"matchLabels":{"app":"autonomous-dev","pod-template-hash":"7d9b"}},"template":{"metadata":{"labels":{"app":"autonomous-dev",
"tier":"backend","pod-template-hash":"7d9b"}},"spec":{"containers":[{"name":"app",
"image":"registry.example.com/autonomous-dev:1.2.3","imagePullPolicy":"IfNotPresent",
"ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],"envFrom":[{"configMapRef":{"name":"autonomous-dev-config"}}],
"env":[{"name":"A","value":"b"},{"name":"DATABASE_URL","valueFrom":{"secretKeyRef":{"name":"autonomous-dev-secrets",
"key":"database-url"}}}],"resources":{"limits":{"cpu":"4","memory":"8Gi"},"requests":{"cpu":"1",
"memory":"2Gi"}},"livenessProbe":{"httpGet":{"path":"/health/live","port":8080,"scheme":"HTTP"},
"initialDelaySeconds":10,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,
"failureThreshold":3},"readinessProbe":{"httpGet":{"path":"/health/ready","port":"http",
"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3},
"terminationMessagePath":"/dev/termination-log"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
"dnsPolicy":"ClusterFirst","securityContext":{}}}},"status":{"replicas":1,"readyReplicas":0,
"availableReplicas":0,"observedGeneration":1}})json";

constexpr const char* good_pod_json =
    R"json({"apiVersion":"v1","kind":"Pod","metadata":{"name":"autonomous-dev-6c8f-aaaaa","namespace":"autonomous-dev-prod",
"uid":"autonomous-dev-6c8f-aaaaa-uid","resourceVersion":"80","creationTimestamp":"2025-11-01T14:34:48Z",
"labels":{"app":"autonomous-dev","pod-template-hash":"6c8f"},"ownerReferences":[{"apiVersion":"apps/v1",
"kind":"ReplicaSet","name":"autonomous-dev-6c8f","uid":"autonomous-dev-6c8f-uid",
"controller":true,"blockOwnerDeletion":true}]},"spec":{"containers":[{"name":"app",
"image":"registry.example.com/autonomous-dev:1.2.2","imagePullPolicy":"IfNotPresent",
"ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],"envFrom":[{"configMapRef":{"name":"autonomous-dev-config"}}],
"env":[{"name":"A","value":"b"},{"name":"DATABASE_URL","valueFrom":{"secretKeyRef":{"name":"autonomous-dev-secrets",
"key":"database-url"}}}],"resources":{"limits":{"cpu":"4","memory":"8Gi"},"requests":{"cpu":"1",
"memory":"2Gi"}},"livenessProbe":{"httpGet":{"path":"/health/live","port":8080,"scheme":"HTTP"},
"initialDelaySeconds":10,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,
"failureThreshold":3},"readinessProbe":{"httpGet":{"path":"/health/ready","port":"http",
"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3},
"terminationMessagePath":"/dev/termination-log"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
"dnsPolicy":"ClusterFirst","securityContext":{},"nodeName":"node-1","serviceAccountName":"default",
"priority":0,"tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists",
"effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable",
"operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]},"status":{"phase":"Running",
"hostIP":"10.0.0.1","podIP":"10.244.1.10","podIPs":[{"ip":"10.244.1.10"}],"startTime":"2025-11-01T14:34:48Z",
"qosClass":"Burstable","conditions":[{"type":"PodReadyToStartContainers","status":"True",
"lastTransitionTime":"2025-11-01T14:35:00Z"},{"type":"Initialized","status":"True",
"lastTransitionTime":"2025-11-01T14:35:00Z"},{"type":"Ready","status":"True","lastTransitionTime":"2025-11-01T14:35:00Z"},
{"type":"ContainersReady","status":"True","lastTransitionTime":"2025-11-01T14:35:00Z"},
{"type":"PodScheduled","status":"True","lastTransitionTime":"2025-11-01T14:35:00Z"}],
"containerStatuses":[{"name":"app","image":"registry.example.com/autonomous-dev:1.2.2",
"imageID":"sha256:abc","containerID":"containerd://123","ready":true,"started":true,
"restartCount":0,"lastState":{},"state":{"running":{"startedAt":"2025-11-01T14:35:00Z"}}}]}})json";

constexpr const char* bad_pod_json =
    R"json({"apiVersion":"v1","kind":"Pod","metadata":{"name":"autonomous-dev-7d9b-bbbbb","namespace":"autonomous-dev-prod",
"uid":"autonomous-dev-7d9b-bbbbb-uid","resourceVersion":"80","creationTimestamp":"2025-11-01T14:34:48Z",
"labels":{"app":"autonomous-dev","pod-template-hash":"7d9b"},"ownerReferences":[{"apiVersion":"apps/v1",
"kind":"ReplicaSet","name":"autonomous-dev-7d9b","uid":"autonomous-dev-7d9b-uid",
"controller":true,"blockOwnerDeletion":true}]},"spec":{"containers":[{"name":"app",
"image":"registry.example.com/autonomous-dev:1.2.3","imagePullPolicy":"IfNotPresent",
"ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],"envFrom":[{"configMapRef":{"name":"autonomous-dev-config"}}],
"env":[{"name":"A","value":"b"},{"name":"DATABASE_URL","valueFrom":{"secretKeyRef":{"name":"autonomous-dev-secrets",
"key":"database-url"}}}],"resources":{"limits":{"cpu":"4","memory":"8Gi"},"requests":{"cpu":"1",
"memory":"2Gi"}},"livenessProbe":{"httpGet":{"path":"/health/live","port":8080,"scheme":"HTTP"},
"initialDelaySeconds":10,"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,
"failureThreshold":3},"readinessProbe":{"httpGet":{"path":"/health/ready","port":"http",
"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3},
"terminationMessagePath":"/dev/termination-log"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
"dnsPolicy":"ClusterFirst","securityContext":{},"nodeName":"node-1","serviceAccountName":"default",
"priority":0,"tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists",
"effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable",
"operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]},"status":{"phase":"Running",
"hostIP":"10.0.0.1","podIP":"10.244.1.10","podIPs":[{"ip":"10.244.1.10"}],"startTime":"2025-11-01T14:34:48Z",
"qosClass":"Burstable","conditions":[{"type":"PodReadyToStartContainers","status":"True",
"lastTransitionTime":"2025-11-01T14:35:00Z"},{"type":"Initialized","status":"True",
"lastTransitionTime":"2025-11-01T14:35:00Z"},{"type":"Ready","status":"False","lastTransitionTime":"2025-11-01T14:35:00Z"},
{"type":"ContainersReady","status":"False","lastTransitionTime":"2025-11-01T14:35:00Z"},
{"type":"PodScheduled","status":"True","lastTransitionTime":"2025-11-01T14:35:00Z"}],
"containerStatuses":[{"name":"app","image":"registry.example.com/autonomous-dev:1.2.3",
"imageID":"sha256:abc","containerID":"containerd://123","ready":false,"started":false,
"restartCount":5,"lastState":{"terminated":{"exitCode":1,"reason":"Error","startedAt":"2025-11-01T14:38:50Z",
"finishedAt":"2025-11-01T14:38:59Z","containerID":"containerd://122"}},"state":{"waiting":{"reason":"CrashLoopBackOff",
"message":"back-off 2m40s restarting failed container=app pod=autonomous-dev-7d9b-bbbbb"}}}]}})json";

constexpr const char* events_json =
    R"json({"apiVersion":"v1","kind":"EventList","metadata":{"resourceVersion":"120"},"items":[{"apiVersion":"v1",
"kind":"Event","metadata":{"name":"e2","namespace":"autonomous-dev-prod","uid":"e2",
"creationTimestamp":"2025-11-01T14:35:10Z"},"involvedObject":{"kind":"Pod","namespace":"autonomous-dev-prod",
"name":"autonomous-dev-7d9b-bbbbb","uid":"autonomous-dev-7d9b-bbbbb-uid","apiVersion":"v1"},
"reason":"BackOff","message":"Back-off restarting failed container app in pod x",
"type":"Warning","source":{"component":"kubelet"},"firstTimestamp":"2025-11-01T14:35:10Z",
"lastTimestamp":"2025-11-01T14:39:35Z","count":12,"reportingComponent":"kubelet",
"reportingInstance":"","eventTime":null},{"apiVersion":"v1","kind":"Event","metadata":{"name":"e1",
"namespace":"autonomous-dev-prod","uid":"e1","creationTimestamp":"2025-11-01T14:34:49Z"},
"involvedObject":{"kind":"Pod","namespace":"autonomous-dev-prod","name":"autonomous-dev-7d9b-bbbbb",
"uid":"autonomous-dev-7d9b-bbbbb-uid","apiVersion":"v1"},"reason":"Pulled","message":"Container image \"x\" already present on machine",
"type":"Normal","source":{"component":"kubelet"},"firstTimestamp":"2025-11-01T14:34:49Z",
"lastTimestamp":"2025-11-01T14:34:49Z","count":1,"reportingComponent":"kubelet","reportingInstance":"",
"eventTime":null},{"apiVersion":"v1","kind":"Event","metadata":{"name":"e0","namespace":"autonomous-dev-prod",
"uid":"e1","creationTimestamp":"2025-11-01T14:34:49Z"},"involvedObject":{"kind":"Pod",
"namespace":"autonomous-dev-prod","name":"autonomous-dev-7d9b-bbbbb","uid":"autonomous-dev-7d9b-bbbbb-uid",
"apiVersion":"v1"},"reason":"Scheduled","message":"Successfully assigned","type":"Normal",
"source":{},"firstTimestamp":null,"lastTimestamp":null,"reportingComponent":"default-scheduler",
"reportingInstance":"","eventTime":"2025-11-01T14:34:48.123456Z"}]})json";

constexpr const char* config_map_json =
    R"json({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"autonomous-dev-config",
"namespace":"autonomous-dev-prod","uid":"cm","resourceVersion":"5","creationTimestamp":"2025-11-01T12:10:00Z",
"annotations":{"n":"1","b":"true","t":"2025-11-01T00:00:00Z"}},"data":{"PORT":"8080",
"EMPTY":"","COLON":"a: b","HASH":"x #y","STAR":"*x","DASH":"- x","YES":"yes","Y":"y",
"MULTI":"a\nb\n","MULTI2":"a\nb","MULTI3":" a\n b\n\n","LEAD":" x","TRAIL":"x ","QUOTE":"it's",
"TAB":"a\tb","FLOAT":"1.5","EXP":"1e3","HEX":"0x1F","SEX":"1:30","URL":"postgres://u:p@h:5432/d?x=1",
"NULLISH":"null","TILDE":"~","AT":"@x","PCT":"%x","BANG":"!x","AMP":"<a> & b","BRACE":"{a}",
"COMMA":"a,b","UNI":"grüße","DOT":".5","VER":"1.2.3","PLUS":"+1","UNDER":"1_000",
"DATE":"2025-11-01","OCT":"0777","EQ":"=","JSON":"{\"a\": 1}"}})json";

std::string list_of(const std::string& kind, const std::string& items) {
  return R"({"kind":")" + kind + R"(List","apiVersion":"v1","metadata":{"resourceVersion":"120"},"items":[)" +
         items + "]}";
}

}  // namespace

void add_sample_cluster(FakeHost& host) {
  const std::string apps = "GET /apis/apps/v1/namespaces/autonomous-dev-prod";
  const std::string core = "GET /api/v1/namespaces/autonomous-dev-prod";
  const std::string both_pods = std::string(good_pod_json) + "," + bad_pod_json;
  host.set_now(sim_start + 600s);
  host.answer(apps + "/deployments/autonomous-dev", deployment_json);
  host.answer(apps + "/deployments", list_of("Deployment", deployment_json));
  host.answer(apps + "/replicasets", list_of("ReplicaSet", std::string(old_set_json) + "," + new_set_json));
  host.answer(core + "/pods", list_of("Pod", both_pods));
  host.answer(core + "/pods/autonomous-dev-6c8f-aaaaa", good_pod_json);
  host.answer(core + "/pods/autonomous-dev-7d9b-bbbbb", bad_pod_json);
  host.answer(core + "/events", events_json);
  host.answer(core + "/configmaps/autonomous-dev-config", config_map_json);
  for (const char* path : {"/deployments/autonomous-dev", "/deployments/autonomous-dev/scale"})
    host.answer("PATCH /apis/apps/v1/namespaces/autonomous-dev-prod" + std::string(path), deployment_json);
  host.answer("PATCH /api/v1/namespaces/autonomous-dev-prod/pods/autonomous-dev-7d9b-bbbbb", bad_pod_json);
  host.answer("TABLE " + apps + "/deployments/autonomous-dev", sample_deployment_table());
  host.answer("TABLE " + apps + "/deployments", sample_deployment_table());
  host.answer("TABLE " + apps + "/replicasets", sample_replica_set_table());
  host.answer("TABLE " + core + "/pods", sample_pod_table());
  host.answer("TABLE " + core + "/events", sample_event_table());
}

const char* sample_deployment() {
  return deployment_json;
}

}  // namespace muster::test
