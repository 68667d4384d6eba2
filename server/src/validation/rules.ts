// The rules of every kind. A kind with rules of its own is one file and one line in `own`.
import type { KubeObject } from '../kube/object.ts';
import { kindOf } from '../schema/kinds.ts';
import { clusterRoleBindingRules, roleBindingRules } from './access/role-bindings.ts';
import { clusterRoleRules, roleRules } from './access/roles.ts';
import { certificateSigningRequestRules } from './certificates/certificate-signing-request.ts';
import { configMapRules } from './core/config-map.ts';
import { limitRangeRules } from './core/limit-range.ts';
import { persistentVolumeClaimRules } from './core/persistent-volume-claim.ts';
import { persistentVolumeRules } from './core/persistent-volume.ts';
import { resourceQuotaRules } from './core/resource-quota.ts';
import { secretRules } from './core/secret.ts';
import { serviceAccountRules } from './core/service-account.ts';
import { podDisruptionBudgetRules } from './policy/pod-disruption-budget.ts';
import { priorityClassRules } from './policy/priority-class.ts';
import { runtimeClassRules } from './policy/runtime-class.ts';
import { csiDriverRules } from './storage/csi-driver.ts';
import { csiNodeRules } from './storage/csi-node.ts';
import { csiStorageCapacityRules } from './storage/csi-storage-capacity.ts';
import { storageClassRules } from './storage/storage-class.ts';
import { volumeAttachmentRules } from './storage/volume-attachment.ts';
import { volumeAttributesClassRules } from './storage/volume-attributes-class.ts';
import { horizontalPodAutoscalerRules } from './autoscaling/horizontal-pod-autoscaler.ts';
import { eventRules, strictEventRules } from './core/event.ts';
import { leaseRules } from './core/lease.ts';
import { namespaceRules } from './core/namespace.ts';
import { nodeRules } from './core/node.ts';
import { validatingAdmissionPolicyBindingRules, validatingAdmissionPolicyRules } from './definitions/admission-policy.ts';
import { customResourceDefinitionRules } from './definitions/definition.ts';
import { mutatingAdmissionPolicyBindingRules, mutatingAdmissionPolicyRules } from './definitions/mutating-policy.ts';
import { withDefaults } from './defaults/with-defaults.ts';
import type { KindRules, RulesOf } from './kind-rules.ts';
import { resourceClaimRules, resourceClaimTemplateRules } from './devices/claims.ts';
import { deviceClassRules } from './devices/device-class.ts';
import { resourceSliceRules } from './devices/resource-slice.ts';
import { apiServiceRules } from './extension/api-service.ts';
import { webhookConfigurationRules } from './extension/webhook-configurations.ts';
import { flowSchemaRules } from './flow/flow-schema.ts';
import { priorityLevelRules } from './flow/priority-level.ts';
import { metadataRules } from './metadata/rules.ts';
import { endpointSliceRules } from './network/endpoint-slice.ts';
import { endpointsRules } from './network/endpoints.ts';
import { ingressClassRules } from './network/ingress-class.ts';
import { ingressRules } from './network/ingress.ts';
import { ipAddressRules, serviceCidrRules } from './network/ip-address.ts';
import { networkPolicyRules } from './network/network-policy.ts';
import { serviceRules } from './network/service.ts';
import { podRules } from './pod/pod.ts';
import type { Conversion } from './versions/conversion.ts';
import { conversionOf } from './versions/conversion.ts';
import { convertedRules } from './versions/converted-rules.ts';
import { controllerRevisionRules } from './workloads/controller-revision.ts';
import { cronJobRules } from './workloads/cron-job.ts';
import { daemonSetRules } from './workloads/daemon-set.ts';
import { deploymentRules } from './workloads/deployment.ts';
import { jobRules } from './workloads/job.ts';
import { podTemplateRules } from './workloads/pod-template.ts';
import { replicaSetRules } from './workloads/replica-set.ts';
import { replicationControllerRules } from './workloads/replication-controller.ts';
import { statefulSetRules } from './workloads/stateful-set.ts';

export type { KindRules } from './kind-rules.ts';

const own: Readonly<Record<string, RulesOf<never>>> = {
  'admissionregistration.k8s.io/v1 MutatingAdmissionPolicy': mutatingAdmissionPolicyRules,
  'admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding': mutatingAdmissionPolicyBindingRules,
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': webhookConfigurationRules,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy': validatingAdmissionPolicyRules,
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding': validatingAdmissionPolicyBindingRules,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': webhookConfigurationRules,
  'apiextensions.k8s.io/v1 CustomResourceDefinition': customResourceDefinitionRules,
  'apiregistration.k8s.io/v1 APIService': apiServiceRules,
  'certificates.k8s.io/v1 CertificateSigningRequest': certificateSigningRequestRules,
  'flowcontrol.apiserver.k8s.io/v1 FlowSchema': flowSchemaRules,
  'flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration': priorityLevelRules,
  'apps/v1 ControllerRevision': controllerRevisionRules,
  'apps/v1 DaemonSet': daemonSetRules,
  'apps/v1 Deployment': deploymentRules,
  'apps/v1 ReplicaSet': replicaSetRules,
  'apps/v1 StatefulSet': statefulSetRules,
  'autoscaling/v2 HorizontalPodAutoscaler': horizontalPodAutoscalerRules,
  'batch/v1 CronJob': cronJobRules,
  'batch/v1 Job': jobRules,
  'coordination.k8s.io/v1 Lease': leaseRules,
  'discovery.k8s.io/v1 EndpointSlice': endpointSliceRules,
  'events.k8s.io/v1 Event': strictEventRules,
  'networking.k8s.io/v1 IPAddress': ipAddressRules,
  'networking.k8s.io/v1 Ingress': ingressRules,
  'networking.k8s.io/v1 IngressClass': ingressClassRules,
  'networking.k8s.io/v1 NetworkPolicy': networkPolicyRules,
  'networking.k8s.io/v1 ServiceCIDR': serviceCidrRules,
  'node.k8s.io/v1 RuntimeClass': runtimeClassRules,
  'policy/v1 PodDisruptionBudget': podDisruptionBudgetRules,
  'rbac.authorization.k8s.io/v1 ClusterRole': clusterRoleRules,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': clusterRoleBindingRules,
  'rbac.authorization.k8s.io/v1 Role': roleRules,
  'rbac.authorization.k8s.io/v1 RoleBinding': roleBindingRules,
  'resource.k8s.io/v1 DeviceClass': deviceClassRules,
  'resource.k8s.io/v1 ResourceClaim': resourceClaimRules,
  'resource.k8s.io/v1 ResourceClaimTemplate': resourceClaimTemplateRules,
  'resource.k8s.io/v1 ResourceSlice': resourceSliceRules,
  'scheduling.k8s.io/v1 PriorityClass': priorityClassRules,
  'storage.k8s.io/v1 CSIDriver': csiDriverRules,
  'storage.k8s.io/v1 CSINode': csiNodeRules,
  'storage.k8s.io/v1 CSIStorageCapacity': csiStorageCapacityRules,
  'storage.k8s.io/v1 StorageClass': storageClassRules,
  'storage.k8s.io/v1 VolumeAttachment': volumeAttachmentRules,
  'storage.k8s.io/v1 VolumeAttributesClass': volumeAttributesClassRules,
  'v1 ConfigMap': configMapRules,
  'v1 Endpoints': endpointsRules,
  'v1 Event': eventRules,
  'v1 LimitRange': limitRangeRules,
  'v1 Namespace': namespaceRules,
  'v1 Node': nodeRules,
  'v1 PersistentVolume': persistentVolumeRules,
  'v1 PersistentVolumeClaim': persistentVolumeClaimRules,
  'v1 Pod': podRules,
  'v1 PodTemplate': podTemplateRules,
  'v1 ReplicationController': replicationControllerRules,
  'v1 ResourceQuota': resourceQuotaRules,
  'v1 Secret': secretRules,
  'v1 ServiceAccount': serviceAccountRules,
  'v1 Service': serviceRules,
};

const known = new Map<string, KindRules>();

/** The same rules every time for the same kind. Kinds without own rules get metadata rules and defaults. */
export function rulesOf(apiVersion: string, kind: string): KindRules {
  const type = kindOf(apiVersion, kind)?.type;
  // Only kinds that exist are kept, so that nobody can fill the memory with names.
  if (type === undefined) return { ...metadataRules(kind), defaults: (object) => object };
  const key = `${apiVersion} ${kind}`;
  let rules = known.get(key);
  if (!rules) {
    const conversion = conversionOf(apiVersion, kind);
    const defaults = (object: KubeObject) => withDefaults(type, object);
    rules = conversion ? convertedRules(conversion, rulesOfStored(key, conversion), defaults) : { ...rulesOrMetadataRules(key, kind), defaults };
    known.set(key, rules);
  }
  return rules;
}

/** What is asked of an object that came in another version: of events.k8s.io more than of what is stored. */
function rulesOfStored(key: string, { stored }: Conversion): KindRules {
  const rules = rulesOf(stored.apiVersion, stored.kind);
  return Object.hasOwn(own, key) ? { ...rules, ...(own[key] as RulesOf<KubeObject>) } : rules;
}

/** Whether the fields of a kind are judged here, or only its metadata. */
export function hasOwnRules(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(own, `${apiVersion} ${kind}`) || conversionOf(apiVersion, kind) !== undefined;
}

function rulesOrMetadataRules(key: string, kind: string): RulesOf<KubeObject> {
  return Object.hasOwn(own, key) ? (own[key] as RulesOf<KubeObject>) : metadataRules(kind);
}
