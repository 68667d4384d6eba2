import { formatQuantity, milliUnitsOf, quantityOf, unitsOf } from '../../kube/quantity.ts';
import type { Event, Lease, Node, Pod, Taint } from '../../schema/generated/types.ts';
import { rolesOf } from '../printers/node.ts';
import type { Around, Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { amountLines, annotationLines, dateText, labelLines, multiline, none, sinceText, type Lines } from './lines.ts';
import { podAmounts, sumOf, type Amounts } from './pod-amounts.ts';

export const describeNode: Describer<Node> = (node, around) => {
  const { metadata, spec, status } = node;
  return [
    `Name:\t${metadata.name}`,
    `Roles:\t${rolesOf(node).join(',') || none}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `CreationTimestamp:\t${dateText(metadata.creationTimestamp)}`,
    ...multiline('Taints', (spec.taints ?? []).toSorted(byEffect).map(taintText)),
    `Unschedulable:\t${spec.unschedulable ?? false}`,
    ...leaseLines(around.get<Lease>('coordination.k8s.io/v1', 'Lease', 'kube-node-lease', metadata.name), metadata.name),
    ...conditionsOf(node),
    'Addresses:',
    ...(status.addresses ?? []).map(({ type, address }) => `  ${type}:\t${address}`),
    ...amountLines('Capacity', status.capacity),
    ...amountLines('Allocatable', status.allocatable),
    ...infoLines(node),
    ...(spec.podCIDR ? [`PodCIDR:\t${spec.podCIDR}`] : []),
    ...(spec.podCIDRs?.length ? [`PodCIDRs:\t${spec.podCIDRs.join(',')}`] : []),
    ...(spec.providerID ? [`ProviderID:\t${spec.providerID}`] : []),
    ...podLines(node, around),
    ...eventLines(nodeEvents(node, around), around.now),
  ];
};

const byEffect = (a: Taint, b: Taint) => (`${a.effect},${a.key}` < `${b.effect},${b.key}` ? -1 : 1);

/** 'key=value:Effect', 'key:Effect'. */
const taintText = ({ key, value, effect }: Taint) => `${key}${value ? `=${value}` : ''}:${effect}`;

function leaseLines(lease: Lease | undefined, name: string): Lines {
  if (!lease) return [`Lease:\tFailed to get lease: leases.coordination.k8s.io "${name}" not found`];
  const { holderIdentity, acquireTime, renewTime } = lease.spec;
  return [
    'Lease:',
    `  HolderIdentity:\t${holderIdentity ?? '<unset>'}`,
    `  AcquireTime:\t${dateOrUnset(acquireTime)}`,
    `  RenewTime:\t${dateOrUnset(renewTime)}`,
  ];
}

const dateOrUnset = (time: string | undefined) => (time ? dateText(time) : '<unset>');

function conditionsOf({ status }: Node): Lines {
  if (!status.conditions?.length) return [];
  const rows = status.conditions.map(({ type, status: holds, lastHeartbeatTime, lastTransitionTime, reason = '', message = '' }) => {
    return `  ${type} \t${holds} \t${dateText(lastHeartbeatTime)} \t${dateText(lastTransitionTime)} \t${reason} \t${message}`;
  });
  return [
    'Conditions:',
    '  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage',
    '  ----\t------\t-----------------\t------------------\t------\t-------',
    ...rows,
  ];
}

function infoLines({ status: { nodeInfo } }: Node): Lines {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Machine ID', nodeInfo?.machineID],
    ['System UUID', nodeInfo?.systemUUID],
    ['Boot ID', nodeInfo?.bootID],
    ['Kernel Version', nodeInfo?.kernelVersion],
    ['OS Image', nodeInfo?.osImage],
    ['Operating System', nodeInfo?.operatingSystem],
    ['Architecture', nodeInfo?.architecture],
    ['Container Runtime Version', nodeInfo?.containerRuntimeVersion],
    ['Kubelet Version', nodeInfo?.kubeletVersion],
    ...(nodeInfo?.kubeProxyVersion ? [['Kube-Proxy Version', nodeInfo.kubeProxyVersion] as const] : []),
  ];
  return ['System Info:', ...fields.map(([name, value]) => `  ${name}:\t${value ?? ''}`)];
}

function podLines(node: Node, around: Around): Lines {
  const { name } = node.metadata;
  const pods = around.list<Pod>('v1', 'Pod', { fieldSelector: `spec.nodeName=${name},status.phase!=Succeeded,status.phase!=Failed` });
  const room = new Map(Object.entries(node.status.allocatable ?? node.status.capacity ?? {}).map(([resource, amount]) => [resource, quantityOf(amount)]));
  const amounts = pods.map((pod) => ({ requests: podAmounts(pod, 'requests'), limits: podAmounts(pod, 'limits') }));
  const rows = pods.map((pod, i) => {
    const { requests, limits } = amounts[i]!;
    const cells = [share(requests, 'cpu', room), share(limits, 'cpu', room), share(requests, 'memory', room), share(limits, 'memory', room)];
    return `  ${pod.metadata.namespace ?? ''}\t${pod.metadata.name}\t\t${cells.join('\t')}\t${sinceText(pod.metadata.creationTimestamp, around.now)}`;
  });
  const requests = sumOf(amounts.map((each) => each.requests));
  const limits = sumOf(amounts.map((each) => each.limits));
  const extended = [...room.keys()].filter((resource) => !['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(resource)).sort();
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...rows,
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...['cpu', 'memory', 'ephemeral-storage'].map((resource) => `  ${resource}\t${share(requests, resource, room)}\t${share(limits, resource, room)}`),
    ...extended.map((resource) => `  ${resource}\t${amountText(requests, resource)}\t${amountText(limits, resource)}`),
  ];
}

const amountText = (amounts: Amounts, resource: string) => formatQuantity(amounts.get(resource) ?? quantityOf('0'));

/** '100m (2%)': the amount and its share of what the node has. */
function share(amounts: Amounts, resource: string, room: Amounts): string {
  const text = amountText(amounts, resource);
  const sizeOf = resource === 'cpu' ? milliUnitsOf : unitsOf;
  const whole = sizeOf(amountText(room, resource));
  return `${text} (${whole === 0 ? 0 : Math.trunc((sizeOf(text) / whole) * 100)}%)`;
}

/** Controllers name a node's uid in their events, kubelets its name. */
function nodeEvents({ metadata }: Node, around: Around): readonly Event[] | undefined {
  const { name, uid } = metadata;
  const byUid = around.events({ kind: 'Node', name, uid });
  return byUid && [...byUid, ...(around.events({ kind: 'Node', name, uid: name }) ?? [])];
}
