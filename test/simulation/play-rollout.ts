// Plays a random rollout on a cluster of its own while the checkers watch every commit.
import { Cluster } from '../../server/src/cluster/cluster.ts';
import type { ApiRequest } from '../../server/src/cluster/registry/request.ts';
import type { Deployment, ReplicaSet } from '../../server/src/schema/generated/types.ts';
import { isActive, podsOf, setsOf } from './checkers/rollout-facts.ts';
import { outside, type Checker } from './checkers/checker.ts';
import type { Action, RandomRollout, Strategy, Version } from './random-rollout.ts';

export interface Played {
  readonly cluster: Cluster;
  /** What the checkers found, each with its place in the run. Empty: nothing. */
  readonly faults: readonly string[];
}

const [namespace, name] = ['default', 'web'];
/** A fault is often followed by many that it causes. */
const mostFaults = 5;
/** Longer than any progress deadline and than any wait for a pod. */
const restMs = 25_000;

export function playRollout(rollout: RandomRollout, checkers: readonly Checker[]): Played {
  const cluster = new Cluster({ seed: rollout.seed, freeze: true });
  const faults: string[] = [];
  let doing = 'create';
  const found = (checker: Checker, fault: string) =>
    faults.length < mostFaults && faults.push(`${checker.name}, after ${doing}, at ${cluster.agenda.now - cluster.startedAt} ms: ${fault}`);
  cluster.store.onCommit((commit) => {
    for (const checker of checkers) {
      const fault = checker.onCommit?.(commit, cluster.store);
      if (fault !== undefined) found(checker, fault);
    }
  });
  const send = (request: Omit<ApiRequest, 'namespace' | 'group'> & { group?: string }) => {
    const { code, body } = cluster.request({ group: '', namespace, ...request, options: { fieldManager: outside, ...request.options } });
    if (code >= 400 && code !== 404) throw new Error(`seed ${rollout.seed}, ${doing}: ${JSON.stringify(body)}`);
  };
  send({ verb: 'create', group: 'apps', resource: 'deployments', body: manifestOf(rollout) });
  for (const { afterMs, action } of rollout.actions) {
    cluster.advance(afterMs);
    doing = JSON.stringify(action);
    const request = requestFor(action, rollout, cluster);
    if (request) send(request);
  }
  doing = 'everything';
  if (!cluster.settle(restMs, 3 * 3_600_000)) faults.push('nothing comes to rest within 3 hours');
  for (const checker of checkers) for (const fault of checker.atRest?.(cluster.store) ?? []) found(checker, fault);
  return { cluster, faults };
}

function manifestOf({ replicas, strategy, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, versions: [first] }: RandomRollout) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      minReadySeconds,
      progressDeadlineSeconds,
      revisionHistoryLimit,
      strategy: strategyOf(strategy),
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name }, annotations: first!.annotations }, spec: podSpec(first!) },
    },
  };
}

const podSpec = ({ image }: Version) => ({ containers: [{ name: 'web', image }] });

const strategyOf = ({ type, surge, unavailable }: Strategy) =>
  type === 'Recreate' ? { type, rollingUpdate: null } : { type, rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable } };

type Request = Omit<ApiRequest, 'namespace' | 'group'> & { group?: string };

function requestFor(action: Action, { versions }: RandomRollout, { store }: Cluster): Request | undefined {
  const deployment = store.get<Deployment>('deployments.apps', namespace, name);
  if (!deployment) return undefined;
  const patch = (body: unknown): Request => ({ verb: 'patch', patchType: 'merge', group: 'apps', resource: 'deployments', name, body });
  const sets = setsOf(store, deployment);
  const pods = sets.flatMap((set) => podsOf(store, set)).filter(isActive);
  const choose = <T>(from: readonly T[], pick: number): T | undefined => from[pick % from.length];
  switch (action.do) {
    case 'template':
      return patch(templatePatch(deployment, versions[action.version]!));
    case 'restart':
      return patch({ spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': String(action.nonce) } } } } });
    case 'scale':
      return patch({ spec: { replicas: action.replicas } });
    case 'pause':
    case 'resume':
      return patch({ spec: { paused: action.do === 'pause' } });
    case 'strategy':
      return patch({ spec: { strategy: strategyOf(action.strategy) } });
    case 'min-ready':
      return patch({ spec: { minReadySeconds: action.seconds } });
    case 'history-limit':
      return patch({ spec: { revisionHistoryLimit: action.limit } });
    case 'annotate':
      return patch({ metadata: { annotations: { 'kubernetes.io/change-cause': action.text } } });
    case 'undo': {
      const set = choose(sets, action.pick);
      return set && !deployment.spec.paused ? patch(undoPatch(deployment, set)) : undefined;
    }
    case 'delete-pod': {
      const pod = choose(pods, action.pick);
      return pod && { verb: 'delete', resource: 'pods', name: pod.metadata.name, ...(action.force && { options: { gracePeriodSeconds: 0 } }) };
    }
    case 'relabel-pod': {
      const pod = choose(pods, action.pick);
      return pod && { verb: 'patch', patchType: 'merge', resource: 'pods', name: pod.metadata.name, body: { metadata: { labels: { app: 'free' } } } };
    }
    case 'delete-set': {
      const set = choose(sets, action.pick);
      return set && { verb: 'delete', group: 'apps', resource: 'replicasets', name: set.metadata.name };
    }
  }
}

/** Replaces what a merge patch would keep: annotations of the version before. */
function templatePatch({ spec }: Deployment, version: Version) {
  const gone = Object.fromEntries(Object.keys(spec.template.metadata?.annotations ?? {}).map((key) => [key, null]));
  return { spec: { template: { metadata: { annotations: { ...gone, ...version.annotations } }, spec: podSpec(version) } } };
}

/** As `kubectl rollout undo` does it: the old template, and the annotations of its revision. */
function undoPatch(deployment: Deployment, set: ReplicaSet) {
  const { annotations = {} } = set.spec.template.metadata ?? {};
  const { spec } = templatePatch(deployment, { image: set.spec.template.spec.containers[0]!.image!, annotations });
  return { spec };
}
