// API versions that Kubernetes served once, when it stopped, and where their kinds are now. From the deprecation guide of kubernetes.io.

export interface RemovedVersion {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** The release that no longer serves it. */
  readonly removedIn: string;
  /** Where the kinds are served now; absent when there is no successor. */
  readonly now?: string;
  /** What else must change in a manifest. */
  readonly change?: string;
}

const deploymentChanges = 'spec.selector is required and cannot change, and the defaults of maxSurge and maxUnavailable became 25%';

export const removedVersions: readonly RemovedVersion[] = [
  { apiVersion: 'extensions/v1beta1', kinds: ['Deployment'], removedIn: '1.16', now: 'apps/v1', change: `${deploymentChanges}; spec.rollbackTo is gone` },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['DaemonSet'],
    removedIn: '1.16',
    now: 'apps/v1',
    change: 'spec.selector is required and cannot change; spec.templateGeneration is gone',
  },
  { apiVersion: 'extensions/v1beta1', kinds: ['ReplicaSet'], removedIn: '1.16', now: 'apps/v1', change: 'spec.selector is required and cannot change' },
  { apiVersion: 'extensions/v1beta1', kinds: ['NetworkPolicy'], removedIn: '1.16', now: 'networking.k8s.io/v1' },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['PodSecurityPolicy'],
    removedIn: '1.16',
    change: 'label the namespace with pod-security.kubernetes.io/enforce instead',
  },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['Ingress'],
    removedIn: '1.22',
    now: 'networking.k8s.io/v1',
    change:
      'spec.backend became spec.defaultBackend, serviceName and servicePort became service.name and service.port.number or .name, and pathType is required',
  },
  { apiVersion: 'apps/v1beta1', kinds: ['Deployment'], removedIn: '1.16', now: 'apps/v1', change: `${deploymentChanges}; spec.rollbackTo is gone` },
  {
    apiVersion: 'apps/v1beta1',
    kinds: ['StatefulSet'],
    removedIn: '1.16',
    now: 'apps/v1',
    change: 'spec.selector is required and cannot change, and the default update strategy became RollingUpdate',
  },
  { apiVersion: 'apps/v1beta2', kinds: ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'], removedIn: '1.16', now: 'apps/v1' },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['Ingress'],
    removedIn: '1.22',
    now: 'networking.k8s.io/v1',
    change:
      'spec.backend became spec.defaultBackend, serviceName and servicePort became service.name and service.port.number or .name, and pathType is required',
  },
  { apiVersion: 'networking.k8s.io/v1beta1', kinds: ['IngressClass'], removedIn: '1.22', now: 'networking.k8s.io/v1' },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1beta1',
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    removedIn: '1.22',
    now: 'rbac.authorization.k8s.io/v1',
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1alpha1',
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    removedIn: '1.20',
    now: 'rbac.authorization.k8s.io/v1',
  },
  { apiVersion: 'scheduling.k8s.io/v1beta1', kinds: ['PriorityClass'], removedIn: '1.22', now: 'scheduling.k8s.io/v1' },
  { apiVersion: 'scheduling.k8s.io/v1alpha1', kinds: ['PriorityClass'], removedIn: '1.17', now: 'scheduling.k8s.io/v1' },
  { apiVersion: 'coordination.k8s.io/v1beta1', kinds: ['Lease'], removedIn: '1.22', now: 'coordination.k8s.io/v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'], removedIn: '1.22', now: 'storage.k8s.io/v1' },
  { apiVersion: 'storage.k8s.io/v1beta1', kinds: ['CSIStorageCapacity'], removedIn: '1.27', now: 'storage.k8s.io/v1' },
  {
    apiVersion: 'apiextensions.k8s.io/v1beta1',
    kinds: ['CustomResourceDefinition'],
    removedIn: '1.22',
    now: 'apiextensions.k8s.io/v1',
    change: 'spec.versions replaces spec.version, and every version needs a structural schema',
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    removedIn: '1.22',
    now: 'admissionregistration.k8s.io/v1',
    change: 'sideEffects and admissionReviewVersions are required',
  },
  { apiVersion: 'apiregistration.k8s.io/v1beta1', kinds: ['APIService'], removedIn: '1.22', now: 'apiregistration.k8s.io/v1' },
  { apiVersion: 'authentication.k8s.io/v1beta1', kinds: ['TokenReview'], removedIn: '1.22', now: 'authentication.k8s.io/v1' },
  {
    apiVersion: 'authorization.k8s.io/v1beta1',
    kinds: ['LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SubjectAccessReview', 'SelfSubjectRulesReview'],
    removedIn: '1.22',
    now: 'authorization.k8s.io/v1',
  },
  {
    apiVersion: 'certificates.k8s.io/v1beta1',
    kinds: ['CertificateSigningRequest'],
    removedIn: '1.22',
    now: 'certificates.k8s.io/v1',
    change: 'spec.signerName and spec.usages are required',
  },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], removedIn: '1.25', now: 'batch/v1' },
  { apiVersion: 'batch/v2alpha1', kinds: ['CronJob'], removedIn: '1.21', now: 'batch/v1' },
  {
    apiVersion: 'policy/v1beta1',
    kinds: ['PodDisruptionBudget'],
    removedIn: '1.25',
    now: 'policy/v1',
    change: 'an empty spec.selector now selects every pod of the namespace',
  },
  {
    apiVersion: 'policy/v1beta1',
    kinds: ['PodSecurityPolicy'],
    removedIn: '1.25',
    change: 'label the namespace with pod-security.kubernetes.io/enforce instead',
  },
  {
    apiVersion: 'discovery.k8s.io/v1beta1',
    kinds: ['EndpointSlice'],
    removedIn: '1.25',
    now: 'discovery.k8s.io/v1',
    change: 'topology became nodeName, zone and deprecatedTopology',
  },
  { apiVersion: 'events.k8s.io/v1beta1', kinds: ['Event'], removedIn: '1.25', now: 'events.k8s.io/v1' },
  { apiVersion: 'node.k8s.io/v1beta1', kinds: ['RuntimeClass'], removedIn: '1.25', now: 'node.k8s.io/v1' },
  { apiVersion: 'node.k8s.io/v1alpha1', kinds: ['RuntimeClass'], removedIn: '1.24', now: 'node.k8s.io/v1', change: 'the fields of spec moved to the top' },
  {
    apiVersion: 'autoscaling/v2beta1',
    kinds: ['HorizontalPodAutoscaler'],
    removedIn: '1.25',
    now: 'autoscaling/v2',
    change: 'targetAverageUtilization became target.averageUtilization with target.type Utilization',
  },
  { apiVersion: 'autoscaling/v2beta2', kinds: ['HorizontalPodAutoscaler'], removedIn: '1.26', now: 'autoscaling/v2' },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta1',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    removedIn: '1.26',
    now: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    removedIn: '1.29',
    now: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    removedIn: '1.32',
    now: 'flowcontrol.apiserver.k8s.io/v1',
  },
];

export function removedVersionOf(apiVersion: string, kind: string): RemovedVersion | undefined {
  return removedVersions.find((row) => row.apiVersion === apiVersion && row.kinds.includes(kind));
}
