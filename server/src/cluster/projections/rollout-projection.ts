// What the rollout view shows of one Deployment, kept up to date while somebody looks.
import { resolveIntOrString } from '../../kube/int-or-string.ts';
import { controllerOf } from '../../kube/object.ts';
import type { RevisionView, RolloutView } from '../../protocol/rollout-view.ts';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../schema/generated/types.ts';
import type { Commit } from '../store/commit.ts';
import { podsByOwner, replicaSetsByOwner } from '../store/indexes.ts';
import type { Store } from '../store/store.ts';
import { RolloutTimeline } from './rollout-timeline.ts';
import { momentOf } from './rows/row-base.ts';
import { imagesOf, isSettled, revisionAnnotation, stallOf } from './rows/deployment-row.ts';
import type { Pod } from '../../schema/generated/types.ts';

export class RolloutProjection {
  readonly key: string;
  readonly #store: Store;
  readonly #uid: string;
  readonly #timeline: RolloutTimeline;
  readonly #unsubscribe: () => void;
  #changed = false;

  /** The Deployment must exist. */
  constructor(store: Store, deployment: Deployment) {
    this.#store = store;
    this.#uid = deployment.metadata.uid;
    this.key = `${deployment.metadata.namespace}/${deployment.metadata.name}`;
    this.#timeline = new RolloutTimeline(this.#uid, store.log);
    this.#unsubscribe = store.onCommit((commit) => this.#onCommit(commit));
  }

  close(): void {
    this.#unsubscribe();
  }

  /** Whether anything changed since this was last asked. */
  takeChanged(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }

  /** undefined when the Deployment is gone. */
  view(now: number): RolloutView | undefined {
    const [namespace, name] = this.key.split('/') as [string, string];
    const deployment = this.#store.get<Deployment>('deployments.apps', namespace, name);
    if (deployment?.metadata.uid !== this.#uid) return undefined;
    const revisions = this.#revisions(deployment);
    const current = revisions.find((revision) => revision.current);
    const stalled = stallOf(deployment, this.#podsOf(current));
    const { spec, status } = deployment;
    return {
      key: this.key,
      uid: this.#uid,
      namespace,
      name,
      ...bounds(deployment),
      desired: spec.replicas ?? 1,
      ready: status.readyReplicas ?? 0,
      state: stalled ? 'stalled' : isSettled(deployment) ? 'complete' : spec.paused ? 'paused' : 'progressing',
      ...(stalled && { stalled }),
      currentRevision: current?.revision ?? 0,
      revisions,
      timeline: this.#timeline.timeline(now),
    };
  }

  #onCommit(commit: Commit): void {
    if (this.#timeline.feed(commit)) this.#changed = true;
  }

  #revisions(deployment: Deployment): readonly RevisionView[] {
    const sets = [...this.#store.indexed(replicaSetsByOwner, this.#uid).objects.values()] as ReplicaSet[];
    const current = deployment.metadata.annotations?.[revisionAnnotation];
    return sets.map((set) => revisionView(set, current, this.#timeline.revisionSince(set.metadata.uid))).toSorted((a, b) => b.revision - a.revision);
  }

  *#podsOf(revision: RevisionView | undefined): Iterable<Pod> {
    const set = revision && this.#store.get<ReplicaSet>('replicasets.apps', this.key.split('/')[0], revision.replicaSet);
    if (set && controllerOf(set)?.uid === this.#uid) yield* this.#store.indexed(podsByOwner, set.metadata.uid).objects.values() as Iterable<Pod>;
  }
}

function revisionView(set: ReplicaSet, current: string | undefined, since: number | undefined): RevisionView {
  const annotations = set.metadata.annotations ?? {};
  const changeCause = annotations['kubernetes.io/change-cause'];
  const revision = annotations[revisionAnnotation];
  return {
    revision: Number(revision ?? 0),
    replicaSet: set.metadata.name,
    hash: set.metadata.labels?.['pod-template-hash'] ?? '',
    images: imagesOf(set.spec.template?.spec),
    ...(changeCause && { changeCause }),
    since: since ?? momentOf(set.metadata.creationTimestamp),
    desired: set.spec.replicas ?? 1,
    ready: set.status.readyReplicas ?? 0,
    current: revision === current,
    template: withoutHash(set.spec.template),
  };
}

function withoutHash(template: PodTemplateSpec | undefined): unknown {
  const { 'pod-template-hash': _hash, ...labels } = template?.metadata?.labels ?? {};
  return { ...template, metadata: { ...template?.metadata, labels } };
}

/** Surge rounds up, unavailability rounds down: 25 % of 6 are 2 more pods and 1 fewer. Both 0 counts as one fewer. */
function bounds({ spec }: Deployment): Pick<RolloutView, 'strategy' | 'maxSurge' | 'maxUnavailable' | 'atMost' | 'atLeast'> {
  const desired = spec.replicas ?? 1;
  const rolling = spec.strategy.rollingUpdate;
  if (spec.strategy.type === 'Recreate' || !rolling) return { strategy: 'Recreate', atMost: desired, atLeast: 0 };
  const surge = resolveIntOrString(rolling.maxSurge, desired, 'up');
  const unavailable = resolveIntOrString(rolling.maxUnavailable, desired, 'down');
  return {
    strategy: 'RollingUpdate',
    ...(rolling.maxSurge !== undefined && { maxSurge: rolling.maxSurge }),
    ...(rolling.maxUnavailable !== undefined && { maxUnavailable: rolling.maxUnavailable }),
    atMost: desired + surge,
    atLeast: Math.max(0, desired - (surge === 0 && unavailable === 0 ? 1 : unavailable)),
  };
}
