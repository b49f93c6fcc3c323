// Made by tools/kube_schema.py; the language is explained in schema.hpp.
#include "api/kube/schema/schema.hpp"

namespace muster::kube {

const char* const schema_types_a_k = R"(AWSElasticBlockStoreVolumeSource fsType:s partition:i readOnly:b volumeID:s!
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
AppArmorProfile localhostProfile:s type:s!
AttachedVolume devicePath:s! name:s!
AzureDiskVolumeSource cachingMode:s diskName:s! diskURI:s! fsType:s kind:s readOnly:b
AzureFilePersistentVolumeSource readOnly:b secretName:s! secretNamespace:s shareName:s!
AzureFileVolumeSource readOnly:b secretName:s! shareName:s!
CSIPersistentVolumeSource controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference
  driver:s! fsType:s nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference
  nodeStageSecretRef:SecretReference readOnly:b volumeAttributes:%s volumeHandle:s!
CSIVolumeSource driver:s! fsType:s nodePublishSecretRef:LocalObjectReference readOnly:b volumeAttributes:%s
Capabilities add:*s drop:*s
CephFSPersistentVolumeSource monitors:*s! path:s readOnly:b secretFile:s secretRef:SecretReference user:s
CephFSVolumeSource monitors:*s! path:s readOnly:b secretFile:s secretRef:LocalObjectReference user:s
CinderPersistentVolumeSource fsType:s readOnly:b secretRef:SecretReference volumeID:s!
CinderVolumeSource fsType:s readOnly:b secretRef:LocalObjectReference volumeID:s!
ClientIPConfig timeoutSeconds:i
ClusterTrustBundleProjection labelSelector:LabelSelector name:s optional:b path:s! signerName:s
Condition lastTransitionTime:t! message:s! observedGeneration:i reason:s! status:s! type:s!
ConfigMap apiVersion:s binaryData:%y data:%s immutable:b kind:s metadata:ObjectMeta
ConfigMapEnvSource name:s optional:b
~ConfigMapKeySelector key:s! name:s optional:b
ConfigMapNodeConfigSource kubeletConfigKey:s! name:s! namespace:s! resourceVersion:s uid:s
ConfigMapProjection items:*KeyToPath name:s optional:b
ConfigMapVolumeSource defaultMode:i items:*KeyToPath name:s optional:b
Container args:*s command:*s env:*EnvVar@name envFrom:*EnvFromSource image:s imagePullPolicy:s lifecycle:Lifecycle
  livenessProbe:Probe name:s! ports:*ContainerPort@containerPort,protocol readinessProbe:Probe
  resizePolicy:*ContainerResizePolicy resources:ResourceRequirements restartPolicy:s securityContext:SecurityContext
  startupProbe:Probe stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:s tty:b
  volumeDevices:*VolumeDevice@devicePath volumeMounts:*VolumeMount@mountPath workingDir:s
ContainerImage names:*s sizeBytes:i
ContainerPort containerPort:i! hostIP:s hostPort:i name:s protocol:s
ContainerResizePolicy resourceName:s! restartPolicy:s!
ContainerState running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting
ContainerStateRunning startedAt:t
ContainerStateTerminated containerID:s exitCode:i! finishedAt:t message:s reason:s signal:i startedAt:t
ContainerStateWaiting message:s reason:s
ContainerStatus allocatedResources:%s allocatedResourcesStatus:*ResourceStatus containerID:s image:s! imageID:s!
  lastState:ContainerState name:s! ready:b! resources:ResourceRequirements restartCount:i! started:b
  state:ContainerState user:ContainerUser volumeMounts:*VolumeMountStatus
ContainerUser linux:LinuxContainerUser
ControllerRevision apiVersion:s data:o kind:s metadata:ObjectMeta revision:i!
CoreEndpointPort appProtocol:s name:s port:i! protocol:s
CoreEvent action:s apiVersion:s count:i eventTime:m firstTimestamp:t involvedObject:ObjectReference! kind:s
  lastTimestamp:t message:s metadata:ObjectMeta! reason:s related:ObjectReference reportingComponent:s
  reportingInstance:s series:CoreEventSeries source:EventSource type:s
CoreEventSeries count:i lastObservedTime:m
CronJob apiVersion:s kind:s metadata:ObjectMeta spec:CronJobSpec status:CronJobStatus
CronJobSpec concurrencyPolicy:s failedJobsHistoryLimit:i jobTemplate:JobTemplateSpec! schedule:s!
  startingDeadlineSeconds:i successfulJobsHistoryLimit:i suspend:b timeZone:s
CronJobStatus active:*ObjectReference lastScheduleTime:t lastSuccessfulTime:t
~CrossVersionObjectReference apiVersion:s kind:s! name:s!
DaemonEndpoint Port:i!
DaemonSet apiVersion:s kind:s metadata:ObjectMeta spec:DaemonSetSpec status:DaemonSetStatus
DaemonSetCondition lastTransitionTime:t message:s reason:s status:s! type:s!
DaemonSetSpec minReadySeconds:i revisionHistoryLimit:i selector:LabelSelector! template:PodTemplateSpec!
  updateStrategy:DaemonSetUpdateStrategy
DaemonSetStatus collisionCount:i conditions:*DaemonSetCondition@type currentNumberScheduled:i!
  desiredNumberScheduled:i! numberAvailable:i numberMisscheduled:i! numberReady:i! numberUnavailable:i
  observedGeneration:i updatedNumberScheduled:i
DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet type:s
DeleteOptions apiVersion:s dryRun:*s gracePeriodSeconds:i ignoreStoreReadErrorWithClusterBreakingPotential:b kind:s
  orphanDependents:b preconditions:Preconditions propagationPolicy:s
Deployment apiVersion:s kind:s metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus
DeploymentCondition lastTransitionTime:t lastUpdateTime:t message:s reason:s status:s! type:s!
DeploymentSpec minReadySeconds:i paused:b progressDeadlineSeconds:i replicas:i revisionHistoryLimit:i
  selector:LabelSelector! strategy:DeploymentStrategy template:PodTemplateSpec!
DeploymentStatus availableReplicas:i collisionCount:i conditions:*DeploymentCondition@type observedGeneration:i
  readyReplicas:i replicas:i unavailableReplicas:i updatedReplicas:i
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type:s
DiscoveryV1EndpointPort appProtocol:s name:s port:i protocol:s
DownwardAPIProjection items:*DownwardAPIVolumeFile
DownwardAPIVolumeFile fieldRef:ObjectFieldSelector mode:i path:s! resourceFieldRef:ResourceFieldSelector
DownwardAPIVolumeSource defaultMode:i items:*DownwardAPIVolumeFile
EmptyDirVolumeSource medium:s sizeLimit:s
Endpoint addresses:*s! conditions:EndpointConditions deprecatedTopology:%s hints:EndpointHints hostname:s nodeName:s
  targetRef:ObjectReference zone:s
EndpointAddress hostname:s ip:s! nodeName:s targetRef:ObjectReference
EndpointConditions ready:b serving:b terminating:b
EndpointHints forZones:*ForZone
EndpointSlice addressType:s! apiVersion:s endpoints:*Endpoint! kind:s metadata:ObjectMeta
  ports:*DiscoveryV1EndpointPort
EndpointSubset addresses:*EndpointAddress notReadyAddresses:*EndpointAddress ports:*CoreEndpointPort
Endpoints apiVersion:s kind:s metadata:ObjectMeta subsets:*EndpointSubset
EnvFromSource configMapRef:ConfigMapEnvSource prefix:s secretRef:SecretEnvSource
EnvVar name:s! value:s valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector
  secretKeyRef:SecretKeySelector
EphemeralContainer args:*s command:*s env:*EnvVar@name envFrom:*EnvFromSource image:s imagePullPolicy:s
  lifecycle:Lifecycle livenessProbe:Probe name:s! ports:*ContainerPort@containerPort,protocol readinessProbe:Probe
  resizePolicy:*ContainerResizePolicy resources:ResourceRequirements restartPolicy:s securityContext:SecurityContext
  startupProbe:Probe stdin:b stdinOnce:b targetContainerName:s terminationMessagePath:s terminationMessagePolicy:s
  tty:b volumeDevices:*VolumeDevice@devicePath volumeMounts:*VolumeMount@mountPath workingDir:s
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate
EventSource component:s host:s
EventsEvent action:s apiVersion:s deprecatedCount:i deprecatedFirstTimestamp:t deprecatedLastTimestamp:t
  deprecatedSource:EventSource eventTime:m! kind:s metadata:ObjectMeta note:s reason:s regarding:ObjectReference
  related:ObjectReference reportingController:s reportingInstance:s series:EventsEventSeries type:s
EventsEventSeries count:i! lastObservedTime:m!
Eviction apiVersion:s deleteOptions:DeleteOptions kind:s metadata:ObjectMeta
ExecAction command:*s
FCVolumeSource fsType:s lun:i readOnly:b targetWWNs:*s wwids:*s
FieldSelectorAttributes rawSelector:s requirements:*FieldSelectorRequirement
FieldSelectorRequirement key:s! operator:s! values:*s
FlexPersistentVolumeSource driver:s! fsType:s options:%s readOnly:b secretRef:SecretReference
FlexVolumeSource driver:s! fsType:s options:%s readOnly:b secretRef:LocalObjectReference
FlockerVolumeSource datasetName:s datasetUUID:s
ForZone name:s!
GCEPersistentDiskVolumeSource fsType:s partition:i pdName:s! readOnly:b
GRPCAction port:i! service:s
GitRepoVolumeSource directory:s repository:s! revision:s
GlusterfsPersistentVolumeSource endpoints:s! endpointsNamespace:s path:s! readOnly:b
GlusterfsVolumeSource endpoints:s! path:s! readOnly:b
HTTPGetAction host:s httpHeaders:*HTTPHeader path:s port:x! scheme:s
HTTPHeader name:s! value:s!
HTTPIngressPath backend:IngressBackend! path:s pathType:s!
HTTPIngressRuleValue paths:*HTTPIngressPath!
HorizontalPodAutoscaler apiVersion:s kind:s metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec
  status:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerSpec maxReplicas:i! minReplicas:i scaleTargetRef:CrossVersionObjectReference!
  targetCPUUtilizationPercentage:i
HorizontalPodAutoscalerStatus currentCPUUtilizationPercentage:i currentReplicas:i! desiredReplicas:i! lastScaleTime:t
  observedGeneration:i
HostAlias hostnames:*s ip:s!
HostIP ip:s!
HostPathVolumeSource path:s! type:s
IPBlock cidr:s! except:*s
ISCSIPersistentVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s! iscsiInterface:s
  lun:i! portals:*s readOnly:b secretRef:SecretReference targetPortal:s!
ISCSIVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s! iscsiInterface:s lun:i!
  portals:*s readOnly:b secretRef:LocalObjectReference targetPortal:s!
ImageVolumeSource pullPolicy:s reference:s
Ingress apiVersion:s kind:s metadata:ObjectMeta spec:IngressSpec status:IngressStatus
IngressBackend resource:TypedLocalObjectReference service:IngressServiceBackend
IngressLoadBalancerIngress hostname:s ip:s ports:*IngressPortStatus
IngressLoadBalancerStatus ingress:*IngressLoadBalancerIngress
IngressPortStatus error:s port:i! protocol:s!
IngressRule host:s http:HTTPIngressRuleValue
IngressServiceBackend name:s! port:ServiceBackendPort
IngressSpec defaultBackend:IngressBackend ingressClassName:s rules:*IngressRule tls:*IngressTLS
IngressStatus loadBalancer:IngressLoadBalancerStatus
IngressTLS hosts:*s secretName:s
Job apiVersion:s kind:s metadata:ObjectMeta spec:JobSpec status:JobStatus
JobCondition lastProbeTime:t lastTransitionTime:t message:s reason:s status:s! type:s!
JobSpec activeDeadlineSeconds:i backoffLimit:i backoffLimitPerIndex:i completionMode:s completions:i managedBy:s
  manualSelector:b maxFailedIndexes:i parallelism:i podFailurePolicy:PodFailurePolicy podReplacementPolicy:s
  selector:LabelSelector successPolicy:SuccessPolicy suspend:b template:PodTemplateSpec! ttlSecondsAfterFinished:i
JobStatus active:i completedIndexes:s completionTime:t conditions:*JobCondition failed:i failedIndexes:s ready:i
  startTime:t succeeded:i terminating:i uncountedTerminatedPods:UncountedTerminatedPods
JobTemplateSpec metadata:ObjectMeta spec:JobSpec
KeyToPath key:s! mode:i path:s!)";

}  // namespace muster::kube
