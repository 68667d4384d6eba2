// Objects for tests of DaemonSets: only what the decisions read.
import { Census } from '../../../../server/src/cluster/controllers/daemon-set/census.ts';
import { inOrder, type DaemonNode, type Rules } from '../../../../server/src/cluster/controllers/daemon-set/node.ts';
import type { DaemonSet, Node, Pod, PodSpec, Taint } from '../../../../server/src/schema/generated/types.ts';
import { at, atMs, pod, type PodShape } from '../builders.ts';

const hash = 'new';

export const rules = (more: Partial<Rules> = {}): Rules => ({ hash, minReadySeconds: 0, update: 'replace', nowMs: atMs(100), ...more });

/** '+' ready for 100 s, '~' for 1 s, '-' not ready, 'F' failed, 'S' succeeded, 'x' ready and terminating, before 'new' or 'old': 'old+'. */
export function daemonPod(text: string, name = text, shape: PodShape = {}): Pod {
  const state = text.slice(-1);
  const phase = state === 'F' ? 'Failed' : state === 'S' ? 'Succeeded' : 'Running';
  const labels = { app: 'agent', 'controller-revision-hash': text.slice(0, -1) };
  return pod(name, {
    node: 'n',
    phase,
    labels,
    ...('+x~'.includes(state) && { readySince: state === '~' ? 99 : 0 }),
    ...(state === 'x' && { deleted: true }),
    ...shape,
  });
}

/** ['run old+ new-', …]: the nodes n0, n1, … with their placement and pods, the oldest first. */
export const daemonNode = (text: string, i = 0, keptForMs = 0): DaemonNode => {
  const [placement, ...pods] = text.split(' ');
  const made = pods.map((each, age) => daemonPod(each, `${each}@n${i}${age > 0 ? `.${age}` : ''}`, { created: age, node: `n${i}` }));
  return { name: `n${i}`, placement: placement as DaemonNode['placement'], pods: inOrder(made), keptForMs };
};

export function censusOf(nodes: readonly string[], more: Partial<Rules> = {}): Census {
  const census = new Census();
  nodes.forEach((text, i) => census.see(daemonNode(text, i), [], rules(more)));
  return census;
}

export const names = (pods: readonly Pod[]): readonly string[] => pods.map(({ metadata }) => metadata.name);

export function daemonSet(podSpec: Partial<PodSpec> = {}, more: Partial<DaemonSet['spec']> = {}, status: Partial<DaemonSet['status']> = {}): DaemonSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'default', uid: 'agent', resourceVersion: '1', generation: 1, creationTimestamp: at(0) },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: { metadata: { labels: { app: 'agent' } } as never, spec: { containers: [{ name: 'main', image: 'a', resources: {} }], ...podSpec } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      revisionHistoryLimit: 10,
      ...more,
    },
    status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0, ...status },
  };
}

export const node = (name: string, labels: Record<string, string> = {}, taints: readonly Taint[] = []): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: at(0), labels },
  spec: { ...(taints.length > 0 && { taints }) },
  status: {} as Node['status'],
});
