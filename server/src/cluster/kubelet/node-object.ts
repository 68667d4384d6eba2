// The Node object that a kubelet registers, and what is read from one.
import { nodeFault } from '../../kube/fault-annotations.ts';
import type { StringMap } from '../../kube/object.ts';
import type { Node, NodeCondition, NodeStatus } from '../../schema/generated/types.ts';
import type { Draft } from '../runtime/writer.ts';
import { nodeAddress, podNetwork } from './addresses.ts';
import { hexOf } from './image.ts';

const kubeletVersion = 'v1.36.3';
/** 4 CPU and 8Gi; nothing is held back for the system, so that what a node has is what pods can ask for. */
const resources = { cpu: '4', 'ephemeral-storage': '100Gi', 'hugepages-1Gi': '0', 'hugepages-2Mi': '0', memory: '8Gi', pods: '110' };

/** `index` counts from 0: node-1 in zone-a, node-2 in zone-b, node-3 in zone-c, node-4 in zone-a, … `time`: RFC 3339, of its conditions. */
export function nodeObject(index: number, time?: string, name = `node-${index + 1}`): Draft<Node> {
  const number = index + 1;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { ...hostLabels(name), 'topology.kubernetes.io/zone': `zone-${'abc'[index % 3]}` },
    },
    spec: { podCIDR: podNetwork(number), podCIDRs: [podNetwork(number)] },
    status: nodeStatus(name, nodeAddress(number), time),
  };
}

function nodeStatus(name: string, address: string, time: string | undefined): NodeStatus {
  const times = time === undefined ? {} : { lastHeartbeatTime: time, lastTransitionTime: time };
  return {
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: name },
    ],
    allocatable: resources,
    capacity: resources,
    conditions: healthy.map((condition) => ({ ...condition, ...times })),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64',
      bootID: uuidLike(`${name} boot`),
      containerRuntimeVersion: 'containerd://2.2.1',
      kernelVersion: '6.12.0-drydock',
      kubeProxyVersion: '',
      kubeletVersion,
      machineID: hexOf(`${name} machine`, 32),
      operatingSystem: 'linux',
      osImage: 'Drydock (simulated)',
      systemUUID: uuidLike(`${name} system`),
    },
  };
}

/** Whether its kubelet has already said what the node is. */
export const isRegistered = ({ status }: Node): boolean => (status.nodeInfo?.kubeletVersion ?? '') !== '';

/** A node that somebody else created, with what every kubelet adds to its node; `number` counts from 1 and gives it its addresses. */
export function registered({ metadata, spec, status, ...rest }: Node, number: number): Node {
  const capacity = status.capacity ?? resources;
  return {
    ...rest,
    metadata: { ...metadata, labels: { ...hostLabels(metadata.name), ...metadata.labels } },
    spec: { podCIDR: podNetwork(number), podCIDRs: [podNetwork(number)], ...spec },
    status: { ...nodeStatus(metadata.name, nodeAddress(number), undefined), capacity, allocatable: status.allocatable ?? capacity },
  };
}

const hostLabels = (name: string): StringMap => ({
  'beta.kubernetes.io/arch': 'amd64',
  'beta.kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
  'kubernetes.io/hostname': name,
  'kubernetes.io/os': 'linux',
});

/** What a kubelet in good health says, in the order in which it says it. */
const healthy: readonly NodeCondition[] = [
  { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  { type: 'PIDPressure', status: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];

/** Its conditions as its kubelet posts them at this time: in good health. */
export function healthyConditions(node: Node, time: string): readonly NodeCondition[] {
  const before = node.status.conditions ?? [];
  const others = before.filter(({ type }) => !healthy.some((own) => own.type === type));
  return [
    ...healthy.map((condition) => {
      const last = before.find(({ type }) => type === condition.type);
      const lastTransitionTime = last?.status === condition.status ? (last.lastTransitionTime ?? time) : time;
      return { ...condition, lastHeartbeatTime: time, lastTransitionTime };
    }),
    ...others,
  ];
}

const uuidLike = (text: string): string => hexOf(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Declared to be down: its kubelet does nothing. */
export const isDown = (node: Node): boolean => nodeFault(node.metadata.annotations) === 'down';

export const hostAddressOf = ({ status }: Node): string => status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '127.0.0.1';
