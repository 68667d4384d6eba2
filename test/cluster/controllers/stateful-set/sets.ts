// StatefulSets, their pods and their views for tests of plans.
import { ordinalOf, replicasOf, startOf } from '../../../../server/src/cluster/controllers/stateful-set/identity.ts';
import { planStatefulSet, type StatefulSetPlan } from '../../../../server/src/cluster/controllers/stateful-set/plan.ts';
import { planRevisions } from '../../../../server/src/cluster/controllers/stateful-set/revisions.ts';
import { Roster } from '../../../../server/src/cluster/controllers/stateful-set/roster.ts';
import type { Step } from '../../../../server/src/cluster/controllers/stateful-set/step.ts';
import type { StatefulSetView } from '../../../../server/src/cluster/controllers/stateful-set/view.ts';
import type {
  ControllerRevision,
  PersistentVolumeClaim,
  Pod,
  StatefulSet,
  StatefulSetSpec,
  StatefulSetStatus,
} from '../../../../server/src/schema/generated/types.ts';
import { at, atMs, template } from '../builders.ts';

export interface Shape {
  readonly replicas?: number;
  readonly image?: string;
  readonly parallel?: boolean;
  readonly partition?: number;
  readonly spec?: Partial<StatefulSetSpec>;
  readonly status?: Partial<StatefulSetStatus>;
  readonly deleted?: boolean;
}

export function statefulSet({ replicas = 3, image = 'v1', parallel, partition = 0, spec, status, deleted }: Shape = {}): StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: 'web',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: at(0),
      ...(deleted && { deletionTimestamp: at(0) }),
    },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      podManagementPolicy: parallel ? 'Parallel' : 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
      template: template(image, { app: 'web' }),
      ...spec,
    },
    status: { replicas: 0, ...status },
  };
}

/** missing: none. old, new: of the current and the update revision. */
export type PodState = 'ready' | 'starting' | 'pending' | 'failed' | 'stopping';

/** '3 old ready' */
export function podFrom(text: string, revisions: { readonly old: string; readonly new: string }): Pod {
  const [ordinal = '', age = '', state = '', since = '0'] = text.split(' ');
  const phase = state === 'pending' ? 'Pending' : state === 'failed' ? 'Failed' : 'Running';
  const isReady = state === 'ready' || state === 'stopping';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `web-${ordinal}`,
      namespace: 'default',
      uid: `uid-${ordinal}`,
      resourceVersion: '1',
      creationTimestamp: at(0),
      labels: {
        app: 'web',
        'statefulset.kubernetes.io/pod-name': `web-${ordinal}`,
        'controller-revision-hash': age === 'old' ? revisions.old : revisions.new,
      },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'web', controller: true }],
      ...(state === 'stopping' && { deletionTimestamp: at(0) }),
    },
    spec: { containers: [{ name: 'web', image: 'v1', resources: {} }] },
    status: { phase, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: at(Number(since)) }] },
  } as unknown as Pod;
}

/** A revision as it was stored when the set had this image. */
export function revisionOf(image: string, number = 1): ControllerRevision {
  const { create } = planRevisions(bareView(statefulSet({ image })));
  return {
    ...create,
    revision: number,
    metadata: { ...create!.metadata, uid: image, resourceVersion: '1', creationTimestamp: at(number) },
  } as ControllerRevision;
}

/** What there is beside the set and its history. */
export interface Rest {
  readonly pods?: readonly Pod[];
  readonly claims?: readonly PersistentVolumeClaim[];
  readonly seconds?: number;
}

export function bareView(set: StatefulSet, revisions: readonly ControllerRevision[] = [], rest: Rest = {}): StatefulSetView {
  return {
    set,
    roster: rosterOf(set, rest),
    adopt: [],
    release: [],
    revisions,
    adoptRevisions: [],
    revisionNamed: (name) => revisions.find(({ metadata }) => metadata.name === name),
  };
}

export const claimsAmong =
  (claims: readonly PersistentVolumeClaim[]) =>
  (name: string): PersistentVolumeClaim | undefined =>
    claims.find(({ metadata }) => metadata.name === name);

function rosterOf(set: StatefulSet, { pods = [], claims = [], seconds = 0 }: Rest): Roster {
  const roster = new Roster();
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod.metadata.name), pod]));
  for (let i = 0; i < replicasOf(set); i++) byOrdinal.set(startOf(set) + i, byOrdinal.get(startOf(set) + i)!);
  for (const [ordinal, pod] of byOrdinal) roster.see(ordinal, pod, { set, claimNamed: claimsAmong(claims) }, atMs(seconds));
  return roster;
}

/** 'v1' is the image of old pods, 'v2' that of new ones; the set is at v2 when there are old pods or `before` says so. */
export function viewOf(shape: Shape, pods: readonly string[], rest: Omit<Rest, 'pods'> = {}): StatefulSetView {
  const [first, second] = [revisionOf('v1', 1), revisionOf('v2', 2)];
  const names = { old: first.metadata.name, new: second.metadata.name };
  const set = statefulSet({ image: 'v2', ...shape, status: { currentRevision: names.old, ...shape.status } });
  return bareView(set, [first, second], { ...rest, pods: pods.map((text) => podFrom(text, names)) });
}

/** What a plan does: ['create web-1', 'delete web-2']. */
export function planned(shape: Shape, pods: readonly string[], seconds = 0, claims: readonly PersistentVolumeClaim[] = []): readonly string[] {
  return stepsOf(planStatefulSet(viewOf(shape, pods, { claims, seconds }), atMs(seconds)));
}

const stepsOf = ({ phases }: StatefulSetPlan): readonly string[] => phases.flatMap(({ steps }) => steps.map(textOf));

function textOf(step: Step): string {
  switch (step.do) {
    case 'create':
      return `create ${step.name}`;
    case 'delete':
      return `delete ${step.name}`;
    case 'claim':
      return `claim for ${step.pod.metadata.name}`;
    case 'mend':
      return `mend ${step.pod.metadata.name}`;
    case 'own':
      return `own ${step.claims.map(({ metadata }) => metadata.name).join(' ')}`;
  }
}
