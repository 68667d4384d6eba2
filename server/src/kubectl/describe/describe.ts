// Object → the text of `kubectl describe`. A new kind is a file with its describer and one line here.
import type { KubeObject } from '../../kube/object.ts';
import { align, describeAlignment } from '../output/tabwriter.ts';
import { describeCertificateSigningRequest } from './certificate-signing-request.ts';
import { describeConfigMap } from './config-map.ts';
import { describeCronJob } from './cron-job.ts';
import { describeCsiNode } from './csi-node.ts';
import { describeDaemonSet } from './daemon-set.ts';
import { describeDeployment } from './deployment.ts';
import type { Around, Describer } from './describer.ts';
import { describeEndpointSlice } from './endpoint-slice.ts';
import { describeEndpoints } from './endpoints.ts';
import { describeGeneric } from './generic.ts';
import { describeHorizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { describeIngressClass } from './ingress-class.ts';
import { describeIngress } from './ingress.ts';
import { describeIpAddress } from './ip-address.ts';
import { describeJob } from './job.ts';
import { describeLimitRange } from './limit-range.ts';
import { describeNamespace } from './namespace.ts';
import { describeNetworkPolicy } from './network-policy.ts';
import { describeNode } from './node.ts';
import { describePersistentVolumeClaim } from './persistent-volume-claim.ts';
import { describePersistentVolume } from './persistent-volume.ts';
import { describePodDisruptionBudget } from './pod-disruption-budget.ts';
import { describePod } from './pod.ts';
import { describePriorityClass } from './priority-class.ts';
import { describeReplicaSet } from './replica-set.ts';
import { describeReplicationController } from './replication-controller.ts';
import { describeResourceQuota } from './resource-quota.ts';
import { describeRoleBinding } from './role-binding.ts';
import { describeRole } from './role.ts';
import { describeSecret } from './secret.ts';
import { describeServiceAccount } from './service-account.ts';
import { describeServiceCidr } from './service-cidr.ts';
import { describeService } from './service.ts';
import { describeStatefulSet } from './stateful-set.ts';
import { describeStorageClass, describeVolumeAttributesClass } from './storage-class.ts';

const describers = {
  'apps/v1/DaemonSet': describeDaemonSet,
  'apps/v1/Deployment': describeDeployment,
  'apps/v1/ReplicaSet': describeReplicaSet,
  'apps/v1/StatefulSet': describeStatefulSet,
  'autoscaling/v2/HorizontalPodAutoscaler': describeHorizontalPodAutoscaler,
  'batch/v1/CronJob': describeCronJob,
  'batch/v1/Job': describeJob,
  'certificates.k8s.io/v1/CertificateSigningRequest': describeCertificateSigningRequest,
  'discovery.k8s.io/v1/EndpointSlice': describeEndpointSlice,
  'networking.k8s.io/v1/IPAddress': describeIpAddress,
  'networking.k8s.io/v1/Ingress': describeIngress,
  'networking.k8s.io/v1/IngressClass': describeIngressClass,
  'networking.k8s.io/v1/NetworkPolicy': describeNetworkPolicy,
  'networking.k8s.io/v1/ServiceCIDR': describeServiceCidr,
  'policy/v1/PodDisruptionBudget': describePodDisruptionBudget,
  'rbac.authorization.k8s.io/v1/ClusterRole': describeRole,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': describeRoleBinding,
  'rbac.authorization.k8s.io/v1/Role': describeRole,
  'rbac.authorization.k8s.io/v1/RoleBinding': describeRoleBinding,
  'scheduling.k8s.io/v1/PriorityClass': describePriorityClass,
  'storage.k8s.io/v1/CSINode': describeCsiNode,
  'storage.k8s.io/v1/StorageClass': describeStorageClass,
  'storage.k8s.io/v1/VolumeAttributesClass': describeVolumeAttributesClass,
  'v1/ConfigMap': describeConfigMap,
  'v1/Endpoints': describeEndpoints,
  'v1/LimitRange': describeLimitRange,
  'v1/Namespace': describeNamespace,
  'v1/Node': describeNode,
  'v1/PersistentVolume': describePersistentVolume,
  'v1/PersistentVolumeClaim': describePersistentVolumeClaim,
  'v1/Pod': describePod,
  'v1/ReplicationController': describeReplicationController,
  'v1/ResourceQuota': describeResourceQuota,
  'v1/Secret': describeSecret,
  'v1/Service': describeService,
  'v1/ServiceAccount': describeServiceAccount,
} as Readonly<Record<string, Describer<never>>>;

/** Ends with a line break. */
export function describe(object: KubeObject, around: Around): string {
  const describer = (describers[`${object.apiVersion}/${object.kind}`] ?? describeGeneric) as Describer;
  return `${align(describer(object, around).join('\n'), describeAlignment)}\n`;
}
