// The table of kinds: which have particulars, and the small facts that need no code.
// A new kind with particulars is one file here and one line in `specials`.
import { resourceKey } from '../../../kube/resource.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { fieldsOf } from '../../../schema/fields.ts';
import { zeroStruct } from '../../../schema/zero.ts';
import { rulesOf } from '../../../validation/rules.ts';
import { customStrategyOf } from '../custom/strategy.ts';
import type { KindStrategy, Strategy } from '../strategy.ts';
import { daemonSetStrategy } from './daemon-set.ts';
import { customResourceDefinitionStrategy } from './custom-resource-definition.ts';
import { deploymentStrategy } from './deployment.ts';
import { endpointSliceStrategy } from './endpoint-slice.ts';
import { jobStrategy } from './job.ts';
import { limitRangeStrategy } from './limit-range.ts';
import { namespaceStrategy } from './namespace.ts';
import { podStrategy } from './pod.ts';
import { replicationControllerStrategy } from './replication-controller.ts';
import { apiServiceStrategy } from './api-service.ts';
import { certificateSigningRequestStrategy } from './certificate-signing-request.ts';
import { csiDriverStrategy } from './csi-driver.ts';
import { nodeStrategy } from './node.ts';
import { persistentVolumeStrategy } from './persistent-volume.ts';
import { persistentVolumeClaimStrategy } from './persistent-volume-claim.ts';
import { priorityClassStrategy } from './priority-class.ts';
import { serviceAccountStrategy } from './service-account.ts';
import { serviceStrategy } from './service.ts';

const specials = new Map<string, unknown>([
  ['apiservices.apiregistration.k8s.io', apiServiceStrategy],
  ['certificatesigningrequests.certificates.k8s.io', certificateSigningRequestStrategy],
  ['customresourcedefinitions.apiextensions.k8s.io', customResourceDefinitionStrategy],
  ['cronjobs.batch', { statusTakesMetadata: true }],
  ['csidrivers.storage.k8s.io', csiDriverStrategy],
  ['daemonsets.apps', daemonSetStrategy],
  ['deployments.apps', deploymentStrategy],
  ['endpointslices.discovery.k8s.io', endpointSliceStrategy],
  ['ingresses.networking.k8s.io', { statusTakesMetadata: true }],
  ['horizontalpodautoscalers.autoscaling', { statusTakesMetadata: true }],
  ['jobs.batch', jobStrategy],
  ['limitranges', limitRangeStrategy],
  ['namespaces', namespaceStrategy],
  ['nodes', nodeStrategy],
  ['persistentvolumeclaims', persistentVolumeClaimStrategy],
  ['persistentvolumes', persistentVolumeStrategy],
  ['poddisruptionbudgets.policy', { statusTakesMetadata: true }],
  ['pods', podStrategy],
  ['priorityclasses.scheduling.k8s.io', priorityClassStrategy],
  ['replicasets.apps', { statusTakesMetadata: true }],
  ['replicationcontrollers', replicationControllerStrategy],
  ['resourcequotas', { statusTakesMetadata: true }],
  ['serviceaccounts', serviceAccountStrategy],
  ['services', serviceStrategy],
  ['statefulsets.apps', { statusTakesMetadata: true }],
]);

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Kinds whose metadata.generation is kept. The others have none. */
const withGeneration = words(`
  pods podtemplates replicationcontrollers deployments.apps replicasets.apps statefulsets.apps daemonsets.apps
  cronjobs.batch jobs.batch ingresses.networking.k8s.io ingressclasses.networking.k8s.io networkpolicies.networking.k8s.io
  poddisruptionbudgets.policy priorityclasses.scheduling.k8s.io endpointslices.discovery.k8s.io customresourcedefinitions.apiextensions.k8s.io
  mutatingwebhookconfigurations.admissionregistration.k8s.io validatingwebhookconfigurations.admissionregistration.k8s.io
  validatingadmissionpolicies.admissionregistration.k8s.io validatingadmissionpolicybindings.admissionregistration.k8s.io
  mutatingadmissionpolicies.admissionregistration.k8s.io mutatingadmissionpolicybindings.admissionregistration.k8s.io
  flowschemas.flowcontrol.apiserver.k8s.io prioritylevelconfigurations.flowcontrol.apiserver.k8s.io
  resourceslices.resource.k8s.io deviceclasses.resource.k8s.io`);

/** AllowCreateOnUpdate of the kind's strategy in k8s.io/kubernetes/pkg/registry. */
const creatingOnUpdate = words(`
  endpoints events limitranges services leases.coordination.k8s.io clusterroles.rbac.authorization.k8s.io clusterrolebindings.rbac.authorization.k8s.io
  roles.rbac.authorization.k8s.io rolebindings.rbac.authorization.k8s.io runtimeclasses.node.k8s.io`);

/** AllowUnconditionalUpdate is false in the kind's strategy. */
const needingResourceVersion = words(`
  leases.coordination.k8s.io poddisruptionbudgets.policy apiservices.apiregistration.k8s.io customresourcedefinitions.apiextensions.k8s.io
  runtimeclasses.node.k8s.io csidrivers.storage.k8s.io csinodes.storage.k8s.io csistoragecapacities.storage.k8s.io volumeattachments.storage.k8s.io
  mutatingwebhookconfigurations.admissionregistration.k8s.io validatingwebhookconfigurations.admissionregistration.k8s.io
  validatingadmissionpolicies.admissionregistration.k8s.io validatingadmissionpolicybindings.admissionregistration.k8s.io
  mutatingadmissionpolicies.admissionregistration.k8s.io mutatingadmissionpolicybindings.admissionregistration.k8s.io`);

/** ReturnDeletedObject of the kind's store. */
const returningDeleted = words(`
  pods services serviceaccounts persistentvolumes persistentvolumeclaims podtemplates resourcequotas namespaces storageclasses.storage.k8s.io
  volumeattributesclasses.storage.k8s.io volumeattachments.storage.k8s.io csidrivers.storage.k8s.io csinodes.storage.k8s.io
  deviceclasses.resource.k8s.io resourceclaims.resource.k8s.io resourceclaimtemplates.resource.k8s.io resourceslices.resource.k8s.io`);

/** Resources that are another one's objects in other words. */
const storedAs: ReadonlyMap<string, string> = new Map([['events.events.k8s.io', 'events']]);

const known = new Map<KindInfo, Strategy>();

/** The same strategy every time for the same kind. */
export function strategyOf(info: KindInfo): Strategy {
  if (info.custom) return customStrategyOf(info, info.custom);
  const found = known.get(info);
  if (found) return found;
  const resource = storedAs.get(resourceKey(info)) ?? resourceKey(info);
  const strategy: Strategy = {
    info,
    resource,
    rules: rulesOf(info.apiVersion, info.kind),
    special: (specials.get(resource) ?? {}) as KindStrategy,
    hasGeneration: withGeneration.has(resource),
    ...statusOf(info),
    createsOnUpdate: creatingOnUpdate.has(resource),
    needsResourceVersion: needingResourceVersion.has(resource),
    returnsDeleted: returningDeleted.has(resource),
  };
  known.set(info, strategy);
  return strategy;
}

/** A kubelet registers its node with a status; all other objects begin with none. */
function statusOf(info: KindInfo): Pick<Strategy, 'hasStatus' | 'initialStatus'> {
  const type = fieldsOf(info.type).get('status')?.type;
  const hasStatus = type !== undefined && info.subresources.some((subresource) => subresource.name === 'status');
  return { hasStatus, ...(hasStatus && type.is === 'object' && info.resource !== 'nodes' && { initialStatus: zeroStruct(type.type) }) };
}
