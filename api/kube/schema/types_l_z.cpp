// Made by tools/kube_schema.py; the language is explained in schema.hpp.
#include "api/kube/schema/schema.hpp"

namespace muster::kube {

const char* const schema_types_l_z = R"(~LabelSelector matchExpressions:*LabelSelectorRequirement matchLabels:%s
LabelSelectorAttributes rawSelector:s requirements:*LabelSelectorRequirement
LabelSelectorRequirement key:s! operator:s! values:*s
Lease apiVersion:s kind:s metadata:ObjectMeta spec:LeaseSpec
LeaseSpec acquireTime:m holderIdentity:s leaseDurationSeconds:i leaseTransitions:i preferredHolder:s renewTime:m
  strategy:s
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
LimitRange apiVersion:s kind:s metadata:ObjectMeta spec:LimitRangeSpec
LimitRangeItem default:%s defaultRequest:%s max:%s maxLimitRequestRatio:%s min:%s type:s!
LimitRangeSpec limits:*LimitRangeItem!
LinuxContainerUser gid:i! supplementalGroups:*i uid:i!
LoadBalancerIngress hostname:s ip:s ipMode:s ports:*PortStatus
LoadBalancerStatus ingress:*LoadBalancerIngress
~LocalObjectReference name:s
LocalVolumeSource fsType:s path:s!
ManagedFieldsEntry apiVersion:s fieldsType:s fieldsV1:o manager:s operation:s subresource:s time:t
ModifyVolumeStatus status:s! targetVolumeAttributesClassName:s
NFSVolumeSource path:s! readOnly:b server:s!
Namespace apiVersion:s kind:s metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus
NamespaceCondition lastTransitionTime:t message:s reason:s status:s! type:s!
NamespaceSpec finalizers:*s
NamespaceStatus conditions:*NamespaceCondition@type phase:s
NetworkPolicy apiVersion:s kind:s metadata:ObjectMeta spec:NetworkPolicySpec
NetworkPolicyEgressRule ports:*NetworkPolicyPort to:*NetworkPolicyPeer
NetworkPolicyIngressRule from:*NetworkPolicyPeer ports:*NetworkPolicyPort
NetworkPolicyPeer ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector
NetworkPolicyPort endPort:i port:x protocol:s
NetworkPolicySpec egress:*NetworkPolicyEgressRule ingress:*NetworkPolicyIngressRule podSelector:LabelSelector!
  policyTypes:*s
Node apiVersion:s kind:s metadata:ObjectMeta spec:NodeSpec status:NodeStatus
NodeAddress address:s! type:s!
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:*PreferredSchedulingTerm
  requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
NodeCondition lastHeartbeatTime:t lastTransitionTime:t message:s reason:s status:s! type:s!
NodeConfigSource configMap:ConfigMapNodeConfigSource
NodeConfigStatus active:NodeConfigSource assigned:NodeConfigSource error:s lastKnownGood:NodeConfigSource
NodeDaemonEndpoints kubeletEndpoint:DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:b
NodeRuntimeHandler features:NodeRuntimeHandlerFeatures name:s
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:b userNamespaces:b
~NodeSelector nodeSelectorTerms:*NodeSelectorTerm!
NodeSelectorRequirement key:s! operator:s! values:*s
~NodeSelectorTerm matchExpressions:*NodeSelectorRequirement matchFields:*NodeSelectorRequirement
NodeSpec configSource:NodeConfigSource externalID:s podCIDR:s podCIDRs:*s@ providerID:s taints:*Taint unschedulable:b
NodeStatus addresses:*NodeAddress@type allocatable:%s capacity:%s conditions:*NodeCondition@type
  config:NodeConfigStatus daemonEndpoints:NodeDaemonEndpoints features:NodeFeatures images:*ContainerImage
  nodeInfo:NodeSystemInfo phase:s runtimeHandlers:*NodeRuntimeHandler volumesAttached:*AttachedVolume volumesInUse:*s
NodeSystemInfo architecture:s! bootID:s! containerRuntimeVersion:s! kernelVersion:s! kubeProxyVersion:s!
  kubeletVersion:s! machineID:s! operatingSystem:s! osImage:s! systemUUID:s!
NonResourceAttributes path:s verb:s
NonResourceRule nonResourceURLs:*s verbs:*s!
~ObjectFieldSelector apiVersion:s fieldPath:s!
ObjectMeta annotations:%s creationTimestamp:t deletionGracePeriodSeconds:i deletionTimestamp:t finalizers:*s@
  generateName:s generation:i labels:%s managedFields:*ManagedFieldsEntry name:s namespace:s
  ownerReferences:*OwnerReference@uid resourceVersion:s selfLink:s uid:s
~ObjectReference apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
~OwnerReference apiVersion:s! blockOwnerDeletion:b controller:b kind:s! name:s! uid:s!
PersistentVolume apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeSpec status:PersistentVolumeStatus
PersistentVolumeClaim apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeClaimSpec
  status:PersistentVolumeClaimStatus
PersistentVolumeClaimCondition lastProbeTime:t lastTransitionTime:t message:s reason:s status:s! type:s!
PersistentVolumeClaimSpec accessModes:*s dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference
  resources:VolumeResourceRequirements selector:LabelSelector storageClassName:s volumeAttributesClassName:s
  volumeMode:s volumeName:s
PersistentVolumeClaimStatus accessModes:*s allocatedResourceStatuses:%s allocatedResources:%s capacity:%s
  conditions:*PersistentVolumeClaimCondition@type currentVolumeAttributesClassName:s
  modifyVolumeStatus:ModifyVolumeStatus phase:s
PersistentVolumeClaimTemplate metadata:ObjectMeta spec:PersistentVolumeClaimSpec!
PersistentVolumeClaimVolumeSource claimName:s! readOnly:b
PersistentVolumeSpec accessModes:*s awsElasticBlockStore:AWSElasticBlockStoreVolumeSource
  azureDisk:AzureDiskVolumeSource azureFile:AzureFilePersistentVolumeSource capacity:%s
  cephfs:CephFSPersistentVolumeSource cinder:CinderPersistentVolumeSource claimRef:ObjectReference
  csi:CSIPersistentVolumeSource fc:FCVolumeSource flexVolume:FlexPersistentVolumeSource flocker:FlockerVolumeSource
  gcePersistentDisk:GCEPersistentDiskVolumeSource glusterfs:GlusterfsPersistentVolumeSource
  hostPath:HostPathVolumeSource iscsi:ISCSIPersistentVolumeSource local:LocalVolumeSource mountOptions:*s
  nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity persistentVolumeReclaimPolicy:s
  photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource
  quobyte:QuobyteVolumeSource rbd:RBDPersistentVolumeSource scaleIO:ScaleIOPersistentVolumeSource storageClassName:s
  storageos:StorageOSPersistentVolumeSource volumeAttributesClassName:s volumeMode:s
  vsphereVolume:VsphereVirtualDiskVolumeSource
PersistentVolumeStatus lastPhaseTransitionTime:t message:s phase:s reason:s
PhotonPersistentDiskVolumeSource fsType:s pdID:s!
Pod apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:PodStatus
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:*WeightedPodAffinityTerm
  requiredDuringSchedulingIgnoredDuringExecution:*PodAffinityTerm
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:*s mismatchLabelKeys:*s namespaceSelector:LabelSelector
  namespaces:*s topologyKey:s!
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:*WeightedPodAffinityTerm
  requiredDuringSchedulingIgnoredDuringExecution:*PodAffinityTerm
PodCondition lastProbeTime:t lastTransitionTime:t message:s reason:s status:s! type:s!
PodDNSConfig nameservers:*s options:*PodDNSConfigOption searches:*s
PodDNSConfigOption name:s value:s
PodDisruptionBudget apiVersion:s kind:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec
  status:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec maxUnavailable:x minAvailable:x selector:LabelSelector unhealthyPodEvictionPolicy:s
PodDisruptionBudgetStatus conditions:*Condition@type currentHealthy:i! desiredHealthy:i! disruptedPods:%t
  disruptionsAllowed:i! expectedPods:i! observedGeneration:i
PodFailurePolicy rules:*PodFailurePolicyRule!
PodFailurePolicyOnExitCodesRequirement containerName:s operator:s! values:*i!
PodFailurePolicyOnPodConditionsPattern status:s! type:s!
PodFailurePolicyRule action:s! onExitCodes:PodFailurePolicyOnExitCodesRequirement
  onPodConditions:*PodFailurePolicyOnPodConditionsPattern
PodIP ip:s!
PodOS name:s!
PodReadinessGate conditionType:s!
PodResourceClaim name:s! resourceClaimName:s resourceClaimTemplateName:s
PodResourceClaimStatus name:s! resourceClaimName:s
PodSchedulingGate name:s!
PodSecurityContext appArmorProfile:AppArmorProfile fsGroup:i fsGroupChangePolicy:s runAsGroup:i runAsNonRoot:b
  runAsUser:i seLinuxChangePolicy:s seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:*i
  supplementalGroupsPolicy:s sysctls:*Sysctl windowsOptions:WindowsSecurityContextOptions
PodSpec activeDeadlineSeconds:i affinity:Affinity automountServiceAccountToken:b containers:*Container@name!
  dnsConfig:PodDNSConfig dnsPolicy:s enableServiceLinks:b ephemeralContainers:*EphemeralContainer@name
  hostAliases:*HostAlias@ip hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s
  imagePullSecrets:*LocalObjectReference@name initContainers:*Container@name nodeName:s nodeSelector:%s~ os:PodOS
  overhead:%s preemptionPolicy:s priority:i priorityClassName:s readinessGates:*PodReadinessGate
  resourceClaims:*PodResourceClaim@name resources:ResourceRequirements restartPolicy:s runtimeClassName:s
  schedulerName:s schedulingGates:*PodSchedulingGate@name securityContext:PodSecurityContext serviceAccount:s
  serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:i
  tolerations:*Toleration topologySpreadConstraints:*TopologySpreadConstraint@topologyKey,whenUnsatisfiable
  volumes:*Volume@name
PodStatus conditions:*PodCondition@type containerStatuses:*ContainerStatus ephemeralContainerStatuses:*ContainerStatus
  hostIP:s hostIPs:*HostIP initContainerStatuses:*ContainerStatus message:s nominatedNodeName:s phase:s podIP:s
  podIPs:*PodIP@ip qosClass:s reason:s resize:s resourceClaimStatuses:*PodResourceClaimStatus startTime:t
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PortStatus error:s port:i! protocol:s!
PortworxVolumeSource fsType:s readOnly:b volumeID:s!
Preconditions resourceVersion:s uid:s
PreferredSchedulingTerm preference:NodeSelectorTerm! weight:i!
Probe exec:ExecAction failureThreshold:i grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:i periodSeconds:i
  successThreshold:i tcpSocket:TCPSocketAction terminationGracePeriodSeconds:i timeoutSeconds:i
ProjectedVolumeSource defaultMode:i sources:*VolumeProjection
QuobyteVolumeSource group:s readOnly:b registry:s! tenant:s user:s volume:s!
RBDPersistentVolumeSource fsType:s image:s! keyring:s monitors:*s! pool:s readOnly:b secretRef:SecretReference user:s
RBDVolumeSource fsType:s image:s! keyring:s monitors:*s! pool:s readOnly:b secretRef:LocalObjectReference user:s
ReplicaSet apiVersion:s kind:s metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus
ReplicaSetCondition lastTransitionTime:t message:s reason:s status:s! type:s!
ReplicaSetSpec minReadySeconds:i replicas:i selector:LabelSelector! template:PodTemplateSpec
ReplicaSetStatus availableReplicas:i conditions:*ReplicaSetCondition@type fullyLabeledReplicas:i observedGeneration:i
  readyReplicas:i replicas:i!
ResourceAttributes fieldSelector:FieldSelectorAttributes group:s labelSelector:LabelSelectorAttributes name:s
  namespace:s resource:s subresource:s verb:s version:s
ResourceClaim name:s! request:s
~ResourceFieldSelector containerName:s divisor:s resource:s!
ResourceHealth health:s resourceID:s!
ResourceQuota apiVersion:s kind:s metadata:ObjectMeta spec:ResourceQuotaSpec status:ResourceQuotaStatus
ResourceQuotaSpec hard:%s scopeSelector:ScopeSelector~ scopes:*s
ResourceQuotaStatus hard:%s used:%s
ResourceRequirements claims:*ResourceClaim@name limits:%s requests:%s
ResourceRule apiGroups:*s resourceNames:*s resources:*s verbs:*s!
ResourceStatus name:s! resources:*ResourceHealth
RollingUpdateDaemonSet maxSurge:x maxUnavailable:x
RollingUpdateDeployment maxSurge:x maxUnavailable:x
RollingUpdateStatefulSetStrategy maxUnavailable:x partition:i
SELinuxOptions level:s role:s type:s user:s
Scale apiVersion:s kind:s metadata:ObjectMeta spec:ScaleSpec status:ScaleStatus
ScaleIOPersistentVolumeSource fsType:s gateway:s! protectionDomain:s readOnly:b secretRef:SecretReference!
  sslEnabled:b storageMode:s storagePool:s system:s! volumeName:s
ScaleIOVolumeSource fsType:s gateway:s! protectionDomain:s readOnly:b secretRef:LocalObjectReference! sslEnabled:b
  storageMode:s storagePool:s system:s! volumeName:s
ScaleSpec replicas:i
ScaleStatus replicas:i! selector:s
~ScopeSelector matchExpressions:*ScopedResourceSelectorRequirement
~ScopedResourceSelectorRequirement operator:s! scopeName:s! values:*s
SeccompProfile localhostProfile:s type:s!
Secret apiVersion:s data:%y immutable:b kind:s metadata:ObjectMeta stringData:%s type:s
SecretEnvSource name:s optional:b
~SecretKeySelector key:s! name:s optional:b
SecretProjection items:*KeyToPath name:s optional:b
~SecretReference name:s namespace:s
SecretVolumeSource defaultMode:i items:*KeyToPath optional:b secretName:s
SecurityContext allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:b
  procMount:s readOnlyRootFilesystem:b runAsGroup:i runAsNonRoot:b runAsUser:i seLinuxOptions:SELinuxOptions
  seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions
SelfSubjectAccessReview apiVersion:s kind:s metadata:ObjectMeta spec:SelfSubjectAccessReviewSpec!
  status:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes
SelfSubjectReview apiVersion:s kind:s metadata:ObjectMeta status:SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo:UserInfo
SelfSubjectRulesReview apiVersion:s kind:s metadata:ObjectMeta spec:SelfSubjectRulesReviewSpec!
  status:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace:s
Service apiVersion:s kind:s metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus
ServiceAccount apiVersion:s automountServiceAccountToken:b imagePullSecrets:*LocalObjectReference kind:s
  metadata:ObjectMeta secrets:*ObjectReference@name
ServiceAccountTokenProjection audience:s expirationSeconds:i path:s!
ServiceBackendPort name:s number:i
ServicePort appProtocol:s name:s nodePort:i port:i! protocol:s targetPort:x
ServiceSpec allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:*s externalIPs:*s externalName:s
  externalTrafficPolicy:s healthCheckNodePort:i internalTrafficPolicy:s ipFamilies:*s ipFamilyPolicy:s
  loadBalancerClass:s loadBalancerIP:s loadBalancerSourceRanges:*s ports:*ServicePort@port,protocol
  publishNotReadyAddresses:b selector:%s~ sessionAffinity:s sessionAffinityConfig:SessionAffinityConfig
  trafficDistribution:s type:s
ServiceStatus conditions:*Condition@type loadBalancer:LoadBalancerStatus
SessionAffinityConfig clientIP:ClientIPConfig
SleepAction seconds:i!
StatefulSet apiVersion:s kind:s metadata:ObjectMeta spec:StatefulSetSpec status:StatefulSetStatus
StatefulSetCondition lastTransitionTime:t message:s reason:s status:s! type:s!
StatefulSetOrdinals start:i
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
StatefulSetSpec minReadySeconds:i ordinals:StatefulSetOrdinals
  persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:s
  replicas:i revisionHistoryLimit:i selector:LabelSelector! serviceName:s! template:PodTemplateSpec!
  updateStrategy:StatefulSetUpdateStrategy volumeClaimTemplates:*PersistentVolumeClaim
StatefulSetStatus availableReplicas:i collisionCount:i conditions:*StatefulSetCondition@type currentReplicas:i
  currentRevision:s observedGeneration:i readyReplicas:i replicas:i! updateRevision:s updatedReplicas:i
StatefulSetUpdateStrategy rollingUpdate:RollingUpdateStatefulSetStrategy type:s
StorageClass allowVolumeExpansion:b allowedTopologies:*TopologySelectorTerm apiVersion:s kind:s metadata:ObjectMeta
  mountOptions:*s parameters:%s provisioner:s! reclaimPolicy:s volumeBindingMode:s
StorageOSPersistentVolumeSource fsType:s readOnly:b secretRef:ObjectReference volumeName:s volumeNamespace:s
StorageOSVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference volumeName:s volumeNamespace:s
SubjectAccessReviewStatus allowed:b! denied:b evaluationError:s reason:s
SubjectRulesReviewStatus evaluationError:s incomplete:b! nonResourceRules:*NonResourceRule!
  resourceRules:*ResourceRule!
SuccessPolicy rules:*SuccessPolicyRule!
SuccessPolicyRule succeededCount:i succeededIndexes:s
Sysctl name:s! value:s!
TCPSocketAction host:s port:x!
Taint effect:s! key:s! timeAdded:t value:s
Toleration effect:s key:s operator:s tolerationSeconds:i value:s
TopologySelectorLabelRequirement key:s! values:*s!
TopologySelectorTerm matchLabelExpressions:*TopologySelectorLabelRequirement
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:*s maxSkew:i! minDomains:i nodeAffinityPolicy:s
  nodeTaintsPolicy:s topologyKey:s! whenUnsatisfiable:s!
~TypedLocalObjectReference apiGroup:s kind:s! name:s!
~TypedObjectReference apiGroup:s kind:s! name:s! namespace:s
UncountedTerminatedPods failed:*s succeeded:*s
UserInfo extra:%*s groups:*s uid:s username:s
V2ContainerResourceMetricSource container:s! name:s! target:V2MetricTarget!
V2ContainerResourceMetricStatus container:s! current:V2MetricValueStatus! name:s!
V2CrossVersionObjectReference apiVersion:s kind:s! name:s!
V2ExternalMetricSource metric:V2MetricIdentifier! target:V2MetricTarget!
V2ExternalMetricStatus current:V2MetricValueStatus! metric:V2MetricIdentifier!
V2HPAScalingPolicy periodSeconds:i! type:s! value:i!
V2HPAScalingRules policies:*V2HPAScalingPolicy selectPolicy:s stabilizationWindowSeconds:i
V2HorizontalPodAutoscaler apiVersion:s kind:s metadata:ObjectMeta spec:V2HorizontalPodAutoscalerSpec
  status:V2HorizontalPodAutoscalerStatus
V2HorizontalPodAutoscalerBehavior scaleDown:V2HPAScalingRules scaleUp:V2HPAScalingRules
V2HorizontalPodAutoscalerCondition lastTransitionTime:t message:s reason:s status:s! type:s!
V2HorizontalPodAutoscalerSpec behavior:V2HorizontalPodAutoscalerBehavior maxReplicas:i! metrics:*V2MetricSpec
  minReplicas:i scaleTargetRef:V2CrossVersionObjectReference!
V2HorizontalPodAutoscalerStatus conditions:*V2HorizontalPodAutoscalerCondition@type currentMetrics:*V2MetricStatus
  currentReplicas:i desiredReplicas:i! lastScaleTime:t observedGeneration:i
V2MetricIdentifier name:s! selector:LabelSelector
V2MetricSpec containerResource:V2ContainerResourceMetricSource external:V2ExternalMetricSource
  object:V2ObjectMetricSource pods:V2PodsMetricSource resource:V2ResourceMetricSource type:s!
V2MetricStatus containerResource:V2ContainerResourceMetricStatus external:V2ExternalMetricStatus
  object:V2ObjectMetricStatus pods:V2PodsMetricStatus resource:V2ResourceMetricStatus type:s!
V2MetricTarget averageUtilization:i averageValue:s type:s! value:s
V2MetricValueStatus averageUtilization:i averageValue:s value:s
V2ObjectMetricSource describedObject:V2CrossVersionObjectReference! metric:V2MetricIdentifier! target:V2MetricTarget!
V2ObjectMetricStatus current:V2MetricValueStatus! describedObject:V2CrossVersionObjectReference!
  metric:V2MetricIdentifier!
V2PodsMetricSource metric:V2MetricIdentifier! target:V2MetricTarget!
V2PodsMetricStatus current:V2MetricValueStatus! metric:V2MetricIdentifier!
V2ResourceMetricSource name:s! target:V2MetricTarget!
V2ResourceMetricStatus current:V2MetricValueStatus! name:s!
Volume awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource
  azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource
  csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource
  ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource
  gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource
  hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name:s! nfs:NFSVolumeSource
  persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource
  portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource
  scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource
  vsphereVolume:VsphereVirtualDiskVolumeSource
VolumeDevice devicePath:s! name:s!
VolumeMount mountPath:s! mountPropagation:s name:s! readOnly:b recursiveReadOnly:s subPath:s subPathExpr:s
VolumeMountStatus mountPath:s! name:s! readOnly:b recursiveReadOnly:s
VolumeNodeAffinity required:NodeSelector
VolumeProjection clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection
  downwardAPI:DownwardAPIProjection secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection
VolumeResourceRequirements limits:%s requests:%s
VsphereVirtualDiskVolumeSource fsType:s storagePolicyID:s storagePolicyName:s volumePath:s!
WeightedPodAffinityTerm podAffinityTerm:PodAffinityTerm! weight:i!
WindowsSecurityContextOptions gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s)";

}  // namespace muster::kube
