// Files applied one after the other to a fresh cluster, each followed until nothing changes any more.
import { applyFile, type ObjectOutcome } from '../../cluster/apply.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { RolloutProjection } from '../../cluster/projections/rollout-projection.ts';
import { liveCatalog } from '../../cluster/registry/custom/live-catalog.ts';
import { groupOf, type KubeObject } from '../../kube/object.ts';
import type { Deployment } from '../../schema/generated/types.ts';
import { resourceKey } from '../../kube/resource.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly nodes: number;
}

export interface AppliedFile {
  readonly file: string;
  readonly objects: readonly KubeObject[];
}

export interface StepOutcome {
  readonly file: string;
  readonly objects: readonly {
    readonly object: string;
    readonly result: ObjectOutcome['result'];
    readonly message?: string;
    readonly warnings: readonly string[];
  }[];
  /** False when objects still changed after an hour of virtual time. */
  readonly settled: boolean;
  /** How long it took in the cluster's own time, the quiet seconds at the end left out. */
  readonly virtualMs: number;
  readonly wallMs: number;
  readonly rollouts: readonly RolloutOutcome[];
}

/** What a step made of a Deployment that it rolled. */
export interface RolloutOutcome {
  /** 'default/web' */
  readonly deployment: string;
  readonly state: 'complete' | 'progressing' | 'paused' | 'stalled';
  readonly reason?: string;
  readonly revision: number;
  /** Until every wanted pod was new and available; absent when it did not get there. */
  readonly durationMs?: number;
  /** The most pods that its ReplicaSets wanted at once. */
  readonly mostPods: number;
  readonly fewestReady: number;
}

export interface SimulationOutcome {
  readonly seed: number;
  readonly nodes: number;
  readonly steps: readonly StepOutcome[];
  /** How many objects of each resource there are in the end, beside what every cluster has. */
  readonly objects: Readonly<Record<string, number>>;
  readonly virtualMs: number;
  readonly wallMs: number;
}

/** A step is over when nothing has changed for so long. */
const quietMs = 3_000;

export function simulate(files: readonly AppliedFile[], { seed, nodes }: SimulationOptions): SimulationOutcome {
  const started = performance.now();
  const cluster = new Cluster({ seed, nodes: { count: nodes } });
  const own = countObjects(cluster);
  const steps = files.map((file) => runStep(cluster, file));
  return {
    seed,
    nodes,
    steps,
    objects: Object.fromEntries(
      [...countObjects(cluster)].map(([resource, count]) => [resource, count - (own.get(resource) ?? 0)] as const).filter(([, count]) => count > 0),
    ),
    virtualMs: cluster.agenda.now - cluster.startedAt,
    wallMs: performance.now() - started,
  };
}

function runStep(cluster: Cluster, { file, objects }: AppliedFile): StepOutcome {
  const [from, started] = [cluster.agenda.now, performance.now()];
  const { outcomes } = applyFile(cluster, objects, [], { kept: [], prune: false });
  const settled = cluster.settle(quietMs);
  return {
    file,
    objects: outcomes.map(({ result, status, warnings }, i) => ({
      object: nameOf(objects[i]!),
      result,
      warnings,
      ...(status?.message !== undefined && { message: status.message }),
    })),
    settled,
    virtualMs: cluster.agenda.now - from - (settled ? quietMs : 0),
    wallMs: performance.now() - started,
    rollouts: objects.filter(({ kind }) => kind === 'Deployment').flatMap((object) => rolloutOf(cluster, object, from) ?? []),
  };
}

/** undefined when the step left the Deployment alone. */
function rolloutOf(cluster: Cluster, { metadata }: KubeObject, since: number): RolloutOutcome | undefined {
  const deployment = cluster.store.get<Deployment>('deployments.apps', metadata.namespace ?? 'default', metadata.name);
  if (!deployment) return undefined;
  const projection = new RolloutProjection(cluster.store, deployment);
  const view = projection.view(cluster.agenda.now);
  projection.close();
  if (!view || view.timeline.from < since) return undefined;
  const { from, to, mostPods, fewestReady } = view.timeline;
  return {
    deployment: view.key,
    state: view.state,
    ...(view.stalled && { reason: `${view.stalled.reason}: ${view.stalled.message}` }),
    revision: view.currentRevision,
    ...(to !== undefined && { durationMs: to - from }),
    mostPods,
    fewestReady,
  };
}

function nameOf({ apiVersion, kind, metadata }: KubeObject): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group ? `.${group}` : ''}/${metadata.name}`;
}

/** Events and Leases say what happened and who is alive; they are not what was asked for. */
const left = new Set(['events', 'leases.coordination.k8s.io']);

function countObjects({ store }: Cluster): ReadonlyMap<string, number> {
  const resources = [...new Set(liveCatalog(store).kinds.map(resourceKey))].filter((resource) => !left.has(resource));
  return new Map(resources.map((resource) => [resource, store.collection(resource).size] as const));
}
