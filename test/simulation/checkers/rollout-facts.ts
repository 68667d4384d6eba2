// What the checkers of rollouts know about a Deployment. Written from the documentation and not with the controller's code, so that
// one mistake is not made twice.
import type { Deployment, Pod, ReplicaSet } from '../../../server/src/schema/generated/types.ts';
import { podsByOwner, replicaSetsByOwner } from '../../../server/src/cluster/store/indexes.ts';
import type { Store } from '../../../server/src/cluster/store/store.ts';

export const desired = (deployment: Deployment): number => deployment.spec.replicas!;

/** The most pods that the ReplicaSets may want together. */
export function most(deployment: Deployment): number {
  return desired(deployment) + (deployment.spec.strategy.type === 'RollingUpdate' ? Math.ceil(part(deployment, 'maxSurge')) : 0);
}

/** The fewest pods that must be ready; 0 where nothing is promised. */
export function fewest(deployment: Deployment): number {
  if (deployment.spec.strategy.type !== 'RollingUpdate') return 0;
  const missing = Math.floor(part(deployment, 'maxUnavailable'));
  const nothingMayMove = missing === 0 && Math.ceil(part(deployment, 'maxSurge')) === 0;
  return Math.max(0, desired(deployment) - (nothingMayMove ? 1 : missing));
}

function part(deployment: Deployment, name: 'maxSurge' | 'maxUnavailable'): number {
  const value = deployment.spec.strategy.rollingUpdate![name]!;
  return typeof value === 'number' ? value : (Number.parseInt(value, 10) * desired(deployment)) / 100;
}

export const setsOf = (store: Store, deployment: Deployment): readonly ReplicaSet[] =>
  [...store.indexed(replicaSetsByOwner, deployment.metadata.uid).objects.values()] as ReplicaSet[];

export const podsOf = (store: Store, set: ReplicaSet): readonly Pod[] => [...store.indexed(podsByOwner, set.metadata.uid).objects.values()] as Pod[];

export const wanted = (sets: readonly ReplicaSet[]): number => sets.reduce((sum, { spec }) => sum + spec.replicas!, 0);

export const isFinished = ({ status }: Pod): boolean => status.phase === 'Succeeded' || status.phase === 'Failed';
export const isActive = (pod: Pod): boolean => !pod.metadata.deletionTimestamp && !isFinished(pod);
export const isReady = ({ status }: Pod): boolean => status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;

/** The Deployment with this uid, looked for by name. */
export const deploymentOf = (
  store: Store,
  namespace: string | undefined,
  owner: { readonly kind: string; readonly name: string; readonly uid: string } | undefined,
) => {
  const found = owner?.kind === 'Deployment' ? store.get<Deployment>('deployments.apps', namespace, owner.name) : undefined;
  return found?.metadata.uid === owner?.uid ? found : undefined;
};

/** Faults by which a pod that was ready stops being so. */
const flapping = new Set(['crash', 'fail', 'oom']);

export const mayFlap = ({ spec }: Deployment | ReplicaSet): boolean => {
  const annotations = spec.template.metadata?.annotations ?? {};
  return flapping.has(annotations['drydock.dev/fault'] ?? '') || annotations['drydock.dev/run-for'] !== undefined;
};
