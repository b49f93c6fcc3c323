#include "api/kube/protobuf/protobuf.hpp"

namespace muster::kube {

const char* const protobuf_messages = R"(
ObjectMeta 1:name:s 2:generateName:s 3:namespace:s 5:uid:s 6:resourceVersion:s 7:generation:i 8:creationTimestamp:t
  9:deletionTimestamp:t 10:deletionGracePeriodSeconds:i 11:labels:%s 12:annotations:%s 13:ownerReferences:*OwnerReference
  14:finalizers:*s
OwnerReference 1:kind:s 3:name:s 4:uid:s 5:apiVersion:s 6:controller:b 7:blockOwnerDeletion:b
LabelSelector 1:matchLabels:%s 2:matchExpressions:*LabelSelectorRequirement
LabelSelectorRequirement 1:key:s 2:operator:s 3:values:*s
DeleteOptions 1:gracePeriodSeconds:I 2:preconditions:Preconditions 3:orphanDependents:b 4:propagationPolicy:s 5:dryRun:*s
Preconditions 1:uid:s 2:resourceVersion:s
Eviction 1:metadata:ObjectMeta 2:deleteOptions:DeleteOptions
Secret 1:metadata:ObjectMeta 2:data:%y 3:type:s 4:stringData:%s 5:immutable:b
ConfigMap 1:metadata:ObjectMeta 2:data:%s 3:binaryData:%y 4:immutable:b
Namespace 1:metadata:ObjectMeta
ServiceAccount 1:metadata:ObjectMeta
SelfSubjectAccessReview 1:metadata:ObjectMeta 2:spec:SelfSubjectAccessReviewSpec
SelfSubjectAccessReviewSpec 1:resourceAttributes:ResourceAttributes 2:nonResourceAttributes:NonResourceAttributes
ResourceAttributes 1:namespace:s 2:verb:s 3:group:s 4:version:s 5:resource:s 6:subresource:s 7:name:s
NonResourceAttributes 1:path:s 2:verb:s
SelfSubjectRulesReview 1:metadata:ObjectMeta 2:spec:SelfSubjectRulesReviewSpec
SelfSubjectRulesReviewSpec 1:namespace:s
SelfSubjectReview 1:metadata:ObjectMeta
HorizontalPodAutoscaler 1:metadata:ObjectMeta 2:spec:HorizontalPodAutoscalerSpec
HorizontalPodAutoscalerSpec 1:scaleTargetRef:CrossVersionObjectReference 2:minReplicas:i 3:maxReplicas:i
  4:targetCPUUtilizationPercentage:i
CrossVersionObjectReference 1:kind:s 2:name:s 3:apiVersion:s
Service 1:metadata:ObjectMeta 2:spec:ServiceSpec
ServiceSpec 1:ports:*ServicePort 2:selector:%s 3:clusterIP:s 4:type:s 5:externalIPs:*s 7:sessionAffinity:s
  8:loadBalancerIP:s 10:externalName:s
ServicePort 1:name:s 2:protocol:s 3:port:i 4:targetPort:x 5:nodePort:i 6:appProtocol:s
Deployment 1:metadata:ObjectMeta 2:spec:DeploymentSpec
DeploymentSpec 1:replicas:I 2:selector:LabelSelector 3:template:PodTemplateSpec 4:strategy:DeploymentStrategy
  5:minReadySeconds:i 6:revisionHistoryLimit:i 7:paused:b 9:progressDeadlineSeconds:i
DeploymentStrategy 1:type:s 2:rollingUpdate:RollingUpdateDeployment
RollingUpdateDeployment 1:maxUnavailable:x 2:maxSurge:x
PodTemplateSpec 1:metadata:ObjectMeta 2:spec:PodSpec
PodSpec 2:containers:*Container 3:restartPolicy:s 4:terminationGracePeriodSeconds:I 5:activeDeadlineSeconds:i
  6:dnsPolicy:s 7:nodeSelector:%s 8:serviceAccountName:s 9:serviceAccount:s 10:nodeName:s 11:hostNetwork:b
  20:initContainers:*Container 24:priorityClassName:s
Container 1:name:s 2:image:s 3:command:*s 4:args:*s 5:workingDir:s 6:ports:*ContainerPort 7:env:*EnvVar
  8:resources:ResourceRequirements 14:imagePullPolicy:s 16:stdin:b 17:stdinOnce:b 18:tty:b
ContainerPort 1:name:s 2:hostPort:i 3:containerPort:i 4:protocol:s 5:hostIP:s
EnvVar 1:name:s 2:value:s
ResourceRequirements 1:limits:%q 2:requests:%q
Job 1:metadata:ObjectMeta 2:spec:JobSpec
JobSpec 1:parallelism:i 2:completions:i 3:activeDeadlineSeconds:i 4:selector:LabelSelector 5:manualSelector:b
  6:template:PodTemplateSpec 7:backoffLimit:I 8:ttlSecondsAfterFinished:I
CronJob 1:metadata:ObjectMeta 2:spec:CronJobSpec
CronJobSpec 1:schedule:s 2:startingDeadlineSeconds:i 3:concurrencyPolicy:s 4:suspend:b 5:jobTemplate:JobTemplateSpec
  6:successfulJobsHistoryLimit:I 7:failedJobsHistoryLimit:I 8:timeZone:s
JobTemplateSpec 1:metadata:ObjectMeta 2:spec:JobSpec
PodDisruptionBudget 1:metadata:ObjectMeta 2:spec:PodDisruptionBudgetSpec
PodDisruptionBudgetSpec 1:minAvailable:x 2:selector:LabelSelector 3:maxUnavailable:x
ResourceQuota 1:metadata:ObjectMeta 2:spec:ResourceQuotaSpec
ResourceQuotaSpec 1:hard:%q 2:scopes:*s
Ingress 1:metadata:ObjectMeta 2:spec:IngressSpec
IngressSpec 1:defaultBackend:IngressBackend 2:tls:*IngressTLS 3:rules:*IngressRule 4:ingressClassName:s
IngressTLS 1:hosts:*s 2:secretName:s
IngressRule 1:host:s 2::^IngressRuleValue
IngressRuleValue 1:http:HTTPIngressRuleValue
HTTPIngressRuleValue 1:paths:*HTTPIngressPath
HTTPIngressPath 1:path:s 2:backend:IngressBackend 3:pathType:s
IngressBackend 3:resource:TypedLocalObjectReference 4:service:IngressServiceBackend
IngressServiceBackend 1:name:s 2:port:ServiceBackendPort
ServiceBackendPort 1:name:s 2:number:i
TypedLocalObjectReference 1:apiGroup:s 2:kind:s 3:name:s
)";

}  // namespace muster::kube
