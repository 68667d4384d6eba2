// The sign of life of every node: its Lease is renewed every 10 s, its status is posted every 5 minutes, and both at once when a node
// that was down is up again. One timer serves all nodes, since they would all fire at the same moments.
import { formatMicroTime, formatTime } from '../../kube/time.ts';
import type { Lease, Node } from '../../schema/generated/types.ts';
import type { Component, ComponentFactory, Surroundings } from '../runtime/component.ts';
import type { Writer } from '../runtime/writer.ts';
import type { Commit } from '../store/commit.ts';
import { healthyConditions, isDown, isRegistered, registered } from './node-object.ts';

const name = 'kubelet-heartbeat';
/** No node has such names. */
const allLeases = 'all leases';
const allStatuses = 'all statuses';

const renewEveryMs = 10_000;
const postEveryMs = 300_000;
const leaseDurationSeconds = 40;
const leases = 'leases.coordination.k8s.io';
const leaseNamespace = 'kube-node-lease';

export const heartbeat: ComponentFactory = ({ agenda, reader, writer: writerFor }: Surroundings): Component => {
  const writer: Writer = writerFor('kubelet');

  function renew(node: Node): void {
    const { name: nodeName, uid } = node.metadata;
    const renewTime = formatMicroTime(agenda.now);
    const lease = reader.get<Lease>(leases, leaseNamespace, nodeName);
    if (lease) {
      writer.update<Lease>(leases, { ...lease, spec: { ...lease.spec, renewTime } });
      return;
    }
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid }];
    writer.create<Lease>(leases, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: nodeName, namespace: leaseNamespace, ownerReferences },
      spec: { holderIdentity: nodeName, leaseDurationSeconds, renewTime },
    });
  }

  /** Nodes are also made by hand: their kubelet then says what they are. */
  function register(node: Node): Node {
    const number = [...reader.collection('nodes').keys()].indexOf(node.metadata.name) + 1;
    const whole = registered(node, number);
    writer.update<Node>('nodes', whole);
    const after = reader.get<Node>('nodes', undefined, node.metadata.name)!;
    return { ...after, status: { ...whole.status, conditions: after.status.conditions ?? [] } };
  }

  function post(node: Node): void {
    const conditions = healthyConditions(node, formatTime(agenda.now));
    const isBack = conditions.some(({ type, status }) => type === 'Ready' && status !== node.status.conditions?.find((before) => before.type === type)?.status);
    writer.updateStatus<Node>('nodes', { ...node, status: { ...node.status, conditions } });
    if (isBack)
      writer.event(node, { type: 'Normal', reason: 'NodeReady', message: `Node ${node.metadata.name} status is now: NodeReady`, host: node.metadata.name });
  }

  const forAll = (act: (node: Node) => void): void => {
    for (const node of [...reader.collection('nodes').values()] as Node[]) if (!isDown(node)) act(node);
  };

  return {
    name,
    watches: ['nodes'],
    onCommit({ key, before, after, resourceVersion }: Commit): void {
      if (!after || isDown(after as Node) || (before && !isDown(before as Node))) return;
      agenda.wake(name, key, resourceVersion);
      agenda.wakeAt(agenda.now + renewEveryMs, name, allLeases);
      agenda.wakeAt(agenda.now + postEveryMs, name, allStatuses);
    },
    wake(key: string): void {
      if (key === allLeases || key === allStatuses) {
        forAll(key === allLeases ? renew : post);
        agenda.wakeAt(agenda.now + (key === allLeases ? renewEveryMs : postEveryMs), name, key);
        return;
      }
      const node = reader.get<Node>('nodes', undefined, key);
      if (!node || isDown(node)) return;
      renew(node);
      post(isRegistered(node) ? node : register(node));
    },
  };
};
