// The Node object that a kubelet registers.
import type { Node } from '../../schema/generated/types.ts';
import type { Draft } from '../runtime/writer.ts';

/** `index` counts from 0: node-1 in zone-a, node-2 in zone-b, node-3 in zone-c, node-4 in zone-a, … */
export function nodeObject(index: number): Draft<Node> {
  const name = `node-${index + 1}`;
  const capacity = { cpu: '4', memory: '8Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': `zone-${'abc'[index % 3]}`,
      },
    },
    spec: {},
    status: { capacity, allocatable: capacity, conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }] },
  };
}
