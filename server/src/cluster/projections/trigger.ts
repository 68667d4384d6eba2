// What made a controller look: the first commit up the chain of causes that a person would call an event.
import type { Deployment, Pod } from '../../schema/generated/types.ts';
import type { Cause, Commit, Reason } from '../store/commit.ts';
import type { CommitLog } from '../store/commit-log.ts';
import { isReady } from './rows/pod-row.ts';
import { isEqual } from '../../kube/equal.ts';

/** A chain is longer than this only if components answer each other, which tells a person nothing. */
const longestChain = 12;

/**
 * Example: a pod became ready → the ReplicaSet's status counts it → the Deployment scales the old ReplicaSet down.
 * The trigger of the last is the first: `{ code: 'pod-ready', args: { pod: 'web-b87cd9dd8-x4k2p' } }`.
 */
export function triggerOf(cause: Cause, log: CommitLog): Reason | undefined {
  let because = cause.because;
  for (let steps = 0; steps < longestChain && because !== 0; steps++) {
    const commit = log.at(because);
    if (!commit) return undefined;
    const trigger = nameOf(commit);
    if (trigger) return trigger;
    because = commit.cause.because;
  }
  return undefined;
}

function nameOf(commit: Commit): Reason | undefined {
  if (commit.resource === 'pods') return podTrigger(commit.before as Pod | undefined, commit.after as Pod | undefined);
  if (commit.resource === 'deployments.apps') return deploymentTrigger(commit.before as Deployment | undefined, commit.after as Deployment | undefined);
  return undefined;
}

function podTrigger(before: Pod | undefined, after: Pod | undefined): Reason | undefined {
  const pod = (after ?? before)!.metadata.name;
  if (!after) return { code: 'pod-gone', args: { pod } };
  if (after.metadata.deletionTimestamp && !before?.metadata.deletionTimestamp) return { code: 'pod-deleted', args: { pod } };
  if (before && isReady(before) !== isReady(after)) return { code: isReady(after) ? 'pod-ready' : 'pod-not-ready', args: { pod } };
  return undefined;
}

function deploymentTrigger(before: Deployment | undefined, after: Deployment | undefined): Reason | undefined {
  if (!after) return undefined;
  if (!before) return { code: 'created', args: {} };
  if (before.metadata.generation === after.metadata.generation) return undefined;
  if (!isEqual(before.spec.template, after.spec.template)) return { code: 'template-changed', args: {} };
  if (before.spec.replicas !== after.spec.replicas)
    return { code: 'replicas-changed', args: { from: before.spec.replicas ?? 1, to: after.spec.replicas ?? 1 } };
  if (before.spec.paused !== after.spec.paused) return { code: after.spec.paused ? 'paused' : 'resumed', args: {} };
  return { code: 'spec-changed', args: {} };
}
