// The rows of server-side tables. A new kind is a file with its printer and one line here.
import type { KubeObject } from '../../kube/object.ts';
import { columnsOf } from '../../schema/columns.ts';
import { conversionOf } from '../../validation/versions/conversion.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { ageOf, type Cell, type CellsOf } from './cell.ts';
import { apiServiceCells } from './api-service.ts';
import { certificateSigningRequestCells } from './certificate-signing-request.ts';
import { componentStatusCells } from './component-status.ts';
import { configMapCells } from './config-map.ts';
import { controllerRevisionCells } from './controller-revision.ts';
import { cronJobCells } from './cron-job.ts';
import { csiDriverCells, csiNodeCells } from './csi.ts';
import { customCells } from './custom.ts';
import { daemonSetCells } from './daemon-set.ts';
import { deploymentCells } from './deployment.ts';
import { endpointSliceCells } from './endpoint-slice.ts';
import { endpointsCells } from './endpoints.ts';
import { eventCells } from './event.ts';
import { ingressClassCells } from './ingress-class.ts';
import { flowSchemaCells, priorityLevelCells } from './flow-control.ts';
import { horizontalPodAutoscalerCells } from './horizontal-pod-autoscaler.ts';
import { ingressCells } from './ingress.ts';
import { ipAddressCells } from './ip-address.ts';
import { jobCells } from './job.ts';
import { leaseCells } from './lease.ts';
import { namespaceCells } from './namespace.ts';
import { networkPolicyCells } from './network-policy.ts';
import { nodeCells } from './node.ts';
import { persistentVolumeClaimCells } from './persistent-volume-claim.ts';
import { persistentVolumeCells } from './persistent-volume.ts';
import { podDisruptionBudgetCells } from './pod-disruption-budget.ts';
import { podTemplateCells } from './pod-template.ts';
import { podCells } from './pod.ts';
import { priorityClassCells } from './priority-class.ts';
import { replicaSetCells } from './replica-set.ts';
import { replicationControllerCells } from './replication-controller.ts';
import { resourceQuotaCells } from './resource-quota.ts';
import { roleBindingCells } from './role-binding.ts';
import { runtimeClassCells } from './runtime-class.ts';
import { secretCells } from './secret.ts';
import { serviceCidrCells } from './service-cidr.ts';
import { serviceCells } from './service.ts';
import { statefulSetCells } from './stateful-set.ts';
import { storageClassCells } from './storage-class.ts';
import { volumeAttachmentCells, volumeAttributesClassCells } from './volume-attachment.ts';
import { webhookConfigurationCells } from './webhook-configuration.ts';

const printers = {
  'admissionregistration.k8s.io/v1/mutatingwebhookconfigurations': webhookConfigurationCells,
  'admissionregistration.k8s.io/v1/validatingwebhookconfigurations': webhookConfigurationCells,
  'apiregistration.k8s.io/v1/apiservices': apiServiceCells,
  'apps/v1/controllerrevisions': controllerRevisionCells,
  'apps/v1/daemonsets': daemonSetCells,
  'apps/v1/deployments': deploymentCells,
  'apps/v1/replicasets': replicaSetCells,
  'apps/v1/statefulsets': statefulSetCells,
  'autoscaling/v2/horizontalpodautoscalers': horizontalPodAutoscalerCells,
  'batch/v1/cronjobs': cronJobCells,
  'batch/v1/jobs': jobCells,
  'certificates.k8s.io/v1/certificatesigningrequests': certificateSigningRequestCells,
  'coordination.k8s.io/v1/leases': leaseCells,
  'discovery.k8s.io/v1/endpointslices': endpointSliceCells,
  'flowcontrol.apiserver.k8s.io/v1/flowschemas': flowSchemaCells,
  'flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations': priorityLevelCells,
  'networking.k8s.io/v1/ingressclasses': ingressClassCells,
  'networking.k8s.io/v1/ingresses': ingressCells,
  'networking.k8s.io/v1/ipaddresses': ipAddressCells,
  'networking.k8s.io/v1/networkpolicies': networkPolicyCells,
  'networking.k8s.io/v1/servicecidrs': serviceCidrCells,
  'node.k8s.io/v1/runtimeclasses': runtimeClassCells,
  'policy/v1/poddisruptionbudgets': podDisruptionBudgetCells,
  'rbac.authorization.k8s.io/v1/clusterrolebindings': roleBindingCells,
  'rbac.authorization.k8s.io/v1/rolebindings': roleBindingCells,
  'scheduling.k8s.io/v1/priorityclasses': priorityClassCells,
  'storage.k8s.io/v1/csidrivers': csiDriverCells,
  'storage.k8s.io/v1/csinodes': csiNodeCells,
  'storage.k8s.io/v1/storageclasses': storageClassCells,
  'storage.k8s.io/v1/volumeattachments': volumeAttachmentCells,
  'storage.k8s.io/v1/volumeattributesclasses': volumeAttributesClassCells,
  'v1/componentstatuses': componentStatusCells,
  'v1/configmaps': configMapCells,
  'v1/endpoints': endpointsCells,
  'v1/events': eventCells,
  'v1/namespaces': namespaceCells,
  'v1/nodes': nodeCells,
  'v1/persistentvolumeclaims': persistentVolumeClaimCells,
  'v1/persistentvolumes': persistentVolumeCells,
  'v1/pods': podCells,
  'v1/podtemplates': podTemplateCells,
  'v1/replicationcontrollers': replicationControllerCells,
  'v1/resourcequotas': resourceQuotaCells,
  'v1/secrets': secretCells,
  'v1/services': serviceCells,
} as Readonly<Record<string, CellsOf<never>>>;

/** One cell for every column of the kind, in the order of `columnsOf`. `now`: virtual milliseconds since 1970. */
export function rowOf(kind: KindInfo, object: KubeObject, now: number): readonly Cell[] {
  // All versions of a kind print alike.
  const conversion = conversionOf(kind.apiVersion, kind.kind);
  if (conversion) return rowOf({ ...kind, apiVersion: conversion.stored.apiVersion }, conversion.toStored(object), now);
  if (kind.custom) return customCells(kind.custom, object, now);
  const key = `${kind.apiVersion}/${kind.resource}`;
  const printer = Object.hasOwn(printers, key) ? (printers[key] as CellsOf) : undefined;
  return printer ? printer(object, now) : columnsOf(kind.apiVersion, kind.resource).map(({ name }) => commonCell(name, object, now));
}

/** What every kind can show; columns of kinds that have no printer yet stay empty. */
function commonCell(column: string, object: KubeObject, now: number): Cell {
  if (column === 'Name') return object.metadata.name;
  if (column === 'Created At') return object.metadata.creationTimestamp;
  return column === 'Age' ? ageOf(object, now) : '';
}
